using System.Collections.Immutable;
using System.Numerics;

namespace Riad.Dns.Io;

/// <summary>How long batches took from their arrival to their answers, in buckets that double. Written by many, read by anyone.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>The upper bounds of all buckets but the last: 1 us, 2 us, 4 us to 4.2 s.</summary>
    internal const int Bounds = 23;

    private readonly long[] counts = new long[Bounds + 1];
    private long totalMicroseconds;

    internal void Add(TimeSpan latency)
    {
        var microseconds = Math.Max(0, (long)latency.TotalMicroseconds);
        var bucket = Math.Min(Bounds, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, microseconds - 1)));
        Interlocked.Increment(ref counts[bucket]);
        Interlocked.Add(ref totalMicroseconds, microseconds);
    }

    internal LatencySnapshot Read() =>
        new([.. counts.Select((_, bucket) => Volatile.Read(ref counts[bucket]))], TimeSpan.FromMicroseconds(Volatile.Read(ref totalMicroseconds)));
}

/// <summary>Samples of how long an answer took inside the server.</summary>
/// <param name="Counts">Samples per bucket: bucket n holds those of at most 2^n microseconds, the last one all that were longer.</param>
/// <param name="Total">The sum of all samples.</param>
public sealed record LatencySnapshot(ImmutableArray<long> Counts, TimeSpan Total)
{
    /// <summary>The upper bound of a bucket but the last.</summary>
    public static TimeSpan BoundOf(int bucket) => TimeSpan.FromMicroseconds(1L << bucket);

    /// <summary>Both together.</summary>
    public static LatencySnapshot operator +(LatencySnapshot left, LatencySnapshot right) =>
        new([.. left.Counts.Zip(right.Counts, (one, other) => one + other)], left.Total + right.Total);
}
