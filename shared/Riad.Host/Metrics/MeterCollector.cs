using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Riad.Host.Metrics;

/// <summary>Adds up what the instruments of our meters observe.</summary>
internal sealed class MeterCollector : IDisposable
{
    public const string Prefix = "Riad.";

    // Seconds, from a hundredth of a millisecond up: what instruments without advice of their own get.
    private static readonly ImmutableArray<double> UsualBounds =
        [0.00001, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly MeterListener listener = new();
    private readonly Lock listing = new();
    private readonly List<InstrumentSeries> all = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="scope">Meters of another scope belong to another registry of this process, as in tests.</param>
    public MeterCollector(object scope)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal) && (instrument.Meter.Scope is null || instrument.Meter.Scope == scope))
                listening.EnableMeasurementEvents(instrument, Open(instrument));
        };
        Listen<byte>(value => value);
        Listen<short>(value => value);
        Listen<int>(value => value);
        Listen<long>(value => value);
        Listen<float>(value => value);
        Listen<double>(value => value);
        Listen<decimal>(value => (double)value);
        listener.Start();
    }

    public IEnumerable<MetricFamily> Collect()
    {
        InstrumentSeries[] series;
        lock (listing)
            series = [.. all];
        foreach (var each in series)
            each.BeginScrape();
        listener.RecordObservableInstruments();
        return series.Select(each => each.Read());
    }

    public void Dispose() => listener.Dispose();

    private InstrumentSeries Open(Instrument instrument)
    {
        var kind = Kind(instrument);
        var series = new InstrumentSeries(
            MetricName.Of(instrument.Name, instrument.Unit, kind),
            kind,
            instrument.Description ?? instrument.Name,
            replaces: instrument.IsObservable || IsOf(instrument, typeof(Gauge<>)),
            isAsked: instrument.IsObservable,
            kind is MetricKind.Histogram ? Bounds(instrument) : []);
        lock (listing)
            all.Add(series);
        return series;
    }

    private void Listen<T>(Func<T, double> toDouble) where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((InstrumentSeries)state!).Observe(toDouble(value), tags));

    private static MetricKind Kind(Instrument instrument) =>
        IsOf(instrument, typeof(Histogram<>)) ? MetricKind.Histogram
        : IsOf(instrument, typeof(Counter<>)) || IsOf(instrument, typeof(ObservableCounter<>)) ? MetricKind.Counter
        : MetricKind.Gauge;

    private static bool IsOf(Instrument instrument, Type definition) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == definition;

    private static ImmutableArray<double> Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => UsualBounds,
    };
}
