using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Riad.Host.Metrics;

/// <summary>The numbers of one instrument, one for each combination of its tags.</summary>
/// <param name="name">As Prometheus shows it.</param>
/// <param name="kind">What the numbers mean.</param>
/// <param name="help">One sentence.</param>
/// <param name="replaces">True when an observation takes the place of the one before, false when it is added.</param>
/// <param name="isAsked">True when every scrape asks the instrument: what it does not name any more is gone.</param>
/// <param name="bounds">A histogram's bounds.</param>
internal sealed class InstrumentSeries(
    string name, MetricKind kind, string help, bool replaces, bool isAsked, ImmutableArray<double> bounds)
{
    // A tag whose values an attacker chooses must not fill the memory: further combinations are counted together.
    private const int MostCombinations = 1000;

    private readonly Lock writing = new();
    private readonly SortedDictionary<string, Series> combinations = new(StringComparer.Ordinal);

    /// <summary>Forgets what an asked instrument said at the scrape before.</summary>
    public void BeginScrape()
    {
        if (!isAsked)
            return;
        lock (writing)
        {
            foreach (var series in combinations.Values)
                series.IsStale = true;
        }
    }

    public void Observe(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = Key(tags);
        lock (writing)
        {
            if (!combinations.TryGetValue(key, out var series))
                series = Add(key, tags);
            series.IsStale = false;
            series.Sum = replaces ? value : series.Sum + value;
            if (kind is MetricKind.Histogram)
                series.Counts[Bucket(value)]++;
        }
    }

    public MetricFamily Read()
    {
        lock (writing)
        {
            var alive = combinations.Values.Where(series => !series.IsStale).ToList();
            return kind is MetricKind.Histogram
                ? new(name, kind, help) { Bounds = bounds, Histograms = [.. alive.Select(series => new HistogramSample([.. series.Counts], series.Sum, series.Labels))] }
                : new(name, kind, help) { Samples = [.. alive.Select(series => new MetricSample(series.Sum, series.Labels))] };
        }
    }

    private Series Add(string key, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (combinations.Count >= MostCombinations)
        {
            key = "(other)";
            if (combinations.TryGetValue(key, out var other))
                return other;
        }
        var labels = ImmutableArray.CreateBuilder<(string, string)>(tags.Length);
        foreach (var (tag, value) in tags)
            labels.Add((MetricName.Of(tag, unit: null, MetricKind.Gauge), key is "(other)" ? "(other)" : Text(value)));
        var series = new Series(labels.DrainToImmutable(), bounds.Length + 1);
        combinations.Add(key, series);
        return series;
    }

    private int Bucket(double value)
    {
        var index = bounds.BinarySearch(value);
        return index >= 0 ? index : ~index;
    }

    private static string Key(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var key = new StringBuilder();
        foreach (var (tag, value) in tags)
            key.Append(tag).Append('\0').Append(Text(value)).Append('\0');
        return key.ToString();
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private sealed class Series(ImmutableArray<(string, string)> labels, int buckets)
    {
        public ImmutableArray<(string, string)> Labels { get; } = labels;

        public long[] Counts { get; } = new long[buckets];

        public double Sum { get; set; }

        public bool IsStale { get; set; }
    }
}
