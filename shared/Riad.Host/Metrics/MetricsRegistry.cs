using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Riad.Host.Metrics;

/// <summary>What <c>/metrics</c> shows. Safe from any thread.</summary>
/// <remarks>
/// Two doors. Whoever counts in a hot loop increments a number of its own and registers how to read it: the reading
/// costs the scrape, the counting nothing more than the increment. Whoever has an event now and then uses an instrument
/// of a <see cref="Meter"/>, whose observations are added up here; meters that are not named <c>Riad.</c> (Kestrel's,
/// the runtime's) are not listened to.
/// </remarks>
public sealed class MetricsRegistry : IDisposable
{
    private readonly MeterCollector collector;
    private readonly List<Meter> meters = [];
    private ImmutableArray<Func<MetricFamily>> sources = [];

    internal MetricsRegistry() => collector = new(this);

    /// <summary>A meter whose instruments show here and in no other registry of the process.</summary>
    /// <param name="name">Begins with <c>Riad.</c></param>
    public Meter CreateMeter(string name)
    {
        if (!name.StartsWith(MeterCollector.Prefix, StringComparison.Ordinal))
            throw new ArgumentException($"The name of a meter of ours begins with {MeterCollector.Prefix}", nameof(name));
        var meter = new Meter(new MeterOptions(name) { Scope = this });
        lock (meters)
            meters.Add(meter);
        return meter;
    }

    /// <summary>A counter that is read for each scrape.</summary>
    /// <param name="name">As Prometheus shows it, ending in <c>_total</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="read">Called by the thread of the scrape.</param>
    public void AddCounter(string name, string help, Func<long> read) => AddCounters(name, help, () => [new(read())]);

    /// <summary>A counter with labels that is read for each scrape.</summary>
    /// <inheritdoc cref="AddCounter" path="/param"/>
    public void AddCounters(string name, string help, Func<IEnumerable<MetricSample>> read) =>
        Add(() => new(name, MetricKind.Counter, help) { Samples = [.. read()] });

    /// <summary>A number that goes up and down and is read for each scrape.</summary>
    /// <param name="name">As Prometheus shows it, with its unit.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="read">Called by the thread of the scrape.</param>
    public void AddGauge(string name, string help, Func<double> read) => AddGauges(name, help, () => [new(read())]);

    /// <summary>Numbers with labels that go up and down and are read for each scrape.</summary>
    /// <inheritdoc cref="AddGauge" path="/param"/>
    public void AddGauges(string name, string help, Func<IEnumerable<MetricSample>> read) =>
        Add(() => new(name, MetricKind.Gauge, help) { Samples = [.. read()] });

    /// <summary>A histogram that somebody else counts and that is read for each scrape.</summary>
    /// <param name="name">As Prometheus shows it, with its unit.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="bounds">The upper bounds of the buckets, rising, without infinity.</param>
    /// <param name="read">Called by the thread of the scrape.</param>
    public void AddHistogram(string name, string help, ImmutableArray<double> bounds, Func<IEnumerable<HistogramSample>> read) =>
        Add(() => new(name, MetricKind.Histogram, help) { Bounds = bounds, Histograms = [.. read()] });

    /// <summary>The whole page in Prometheus' text format.</summary>
    public string Scrape() => PrometheusText.Write(sources.Select(read => read()).Concat(collector.Collect()));

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        collector.Dispose();
        lock (meters)
            meters.ForEach(meter => meter.Dispose());
    }

    private void Add(Func<MetricFamily> read) => ImmutableInterlocked.Update(ref sources, (all, one) => all.Add(one), read);
}
