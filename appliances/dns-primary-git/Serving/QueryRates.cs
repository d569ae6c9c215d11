using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Queries a second over the last minute, of each zone and of all.</summary>
/// <remarks>One thread samples, any thread reads.</remarks>
internal sealed class QueryRates
{
    /// <summary>How often a sample is taken.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int Kept = 13; // a minute between the oldest and the newest

    private ImmutableQueue<QueryCounts> samples = [];
    private Rates rates = new(0, ImmutableDictionary<DomainName, double>.Empty);

    /// <summary>Of all queries, those for no zone of ours counted.</summary>
    public double Total => Volatile.Read(ref rates).Total;

    /// <summary>Of one zone.</summary>
    public double Of(DomainName apex) => Volatile.Read(ref rates).Zones.GetValueOrDefault(apex);

    /// <summary>Takes a sample of counters that only grow.</summary>
    public void Sample(QueryCounts counts)
    {
        samples = samples.Enqueue(counts);
        if (samples.Count() > Kept)
            samples = samples.Dequeue();
        var oldest = samples.Peek();
        var seconds = (counts.At - oldest.At).TotalSeconds;
        if (seconds <= 0)
            return;
        Volatile.Write(ref rates, new(
            (counts.Total - oldest.Total) / seconds,
            counts.Zones.ToImmutableDictionary(zone => zone.Key, zone => Grown(zone.Value, oldest.Zones.GetValueOrDefault(zone.Key)) / seconds)));
    }

    // A zone that was removed and came back counts from zero again.
    private static long Grown(long now, long before) => now < before ? now : now - before;

    private sealed record Rates(double Total, ImmutableDictionary<DomainName, double> Zones);
}

/// <summary>How many queries were answered until a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Total">All of them.</param>
/// <param name="Zones">Those answered from each zone.</param>
internal sealed record QueryCounts(Elapsed At, long Total, ImmutableDictionary<DomainName, long> Zones);
