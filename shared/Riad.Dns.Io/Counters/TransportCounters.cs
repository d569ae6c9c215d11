using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>What one thread, or all streams of a kind, have done. Counted once per batch.</summary>
internal sealed class TransportCounters
{
    private const int SampleEvery = 16;

    private readonly LatencyHistogram latency = new();
    private long queries;
    private long answers;
    private long truncated;
    private long faults;
    private int batches;

    internal void Add(BatchCount count)
    {
        Interlocked.Add(ref queries, count.Queries);
        Interlocked.Add(ref answers, count.Answers);
        if (count.Truncated > 0)
            Interlocked.Add(ref truncated, count.Truncated);
        if (count.Faults > 0)
            Interlocked.Add(ref faults, count.Faults);
    }

    /// <summary>Counts the answer to a query that was counted before.</summary>
    internal void AddLate(ReadOnlySpan<byte> answer)
    {
        var count = default(BatchCount);
        count.Add(answer);
        count.Queries = 0;
        Add(count);
    }

    /// <summary>Notes the time of one batch in sixteen.</summary>
    internal void Sample(Elapsed began, ServerClock clock)
    {
        if (batches++ % SampleEvery == 0)
            latency.Add(clock.Elapsed - began);
    }

    internal TransportSnapshot Read() => new(
        Volatile.Read(ref queries), Volatile.Read(ref answers), Volatile.Read(ref truncated), Volatile.Read(ref faults), latency.Read());
}

/// <summary>What one batch came to.</summary>
internal struct BatchCount
{
    internal int Queries;
    internal int Answers;
    internal int Truncated;
    internal int Faults;

    /// <summary>Counts one answer, or that there is none.</summary>
    internal void Add(ReadOnlySpan<byte> answer)
    {
        Queries++;
        if (answer.IsEmpty)
            return;
        Answers++;
        if ((answer[2] & 2) != 0)
            Truncated++;
    }
}
