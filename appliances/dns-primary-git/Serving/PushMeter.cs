using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Riad.Host.Metrics;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Counts pushes, and how long each took from the last octet of its pack until it was served.</summary>
internal sealed class PushMeter
{
    private static readonly ImmutableArray<double> Seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    private readonly Counter<long> pushes;
    private readonly Histogram<double> served;

    public PushMeter(MetricsRegistry metrics)
    {
        var meter = metrics.CreateMeter("Riad.DnsPrimaryGit");
        pushes = meter.CreateCounter<long>("riad_pushes_total", description: "Pushes by outcome: accepted, refused or checked.");
        served = meter.CreateHistogram(
            "riad_push_to_serving_seconds", "s", "From the last octet of an accepted push until its zones were served.",
            tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>Counts a push.</summary>
    public void Count(bool accepted, bool checkOnly) =>
        pushes.Add(1, new KeyValuePair<string, object?>("outcome", checkOnly ? "checked" : accepted ? "accepted" : "refused"));

    /// <summary>Remembers how long one took whose zones are served.</summary>
    public void Served(TimeSpan took) => served.Record(took.TotalSeconds);
}
