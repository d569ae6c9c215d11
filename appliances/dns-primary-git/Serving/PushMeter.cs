using System.Collections.Immutable;
using Riad.Host.Metrics;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Counts pushes, and how long each took from the last octet of its pack until it was served.</summary>
/// <remarks>Every series is there from the start with 0, so that the first event is an increase and not a beginning.</remarks>
internal sealed class PushMeter
{
    private static readonly ImmutableArray<double> Seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    private readonly Lock counting = new();
    private readonly long[] buckets = new long[Seconds.Length + 1];
    private double sumSeconds;
    private long accepted;
    private long refused;
    private long checkedOnly;

    public PushMeter(MetricsRegistry metrics)
    {
        metrics.AddCounters("riad_pushes_total", "Pushes by outcome: accepted, refused or checked.", Outcomes);
        metrics.AddHistogram("riad_push_to_serving_seconds", "From the last octet of an accepted push until its zones were served.", Seconds, Durations);
    }

    /// <summary>Counts a push.</summary>
    public void Count(bool isAccepted, bool checkOnly)
    {
        lock (counting)
            ++(checkOnly ? ref checkedOnly : ref isAccepted ? ref accepted : ref refused);
    }

    /// <summary>Remembers how long one took whose zones are served.</summary>
    public void Served(TimeSpan took)
    {
        var bucket = Seconds.BinarySearch(took.TotalSeconds);
        lock (counting)
        {
            buckets[bucket >= 0 ? bucket : ~bucket]++;
            sumSeconds += took.TotalSeconds;
        }
    }

    private IEnumerable<MetricSample> Outcomes()
    {
        lock (counting)
            return [new(accepted, ("outcome", "accepted")), new(refused, ("outcome", "refused")), new(checkedOnly, ("outcome", "checked"))];
    }

    private IEnumerable<HistogramSample> Durations()
    {
        lock (counting)
            return [new([.. buckets], sumSeconds)];
    }
}
