using System.Collections.Concurrent;

namespace Riad.Net.Io.Tests;

/// <summary>Answers every datagram with its own octets; an empty one not at all.</summary>
internal sealed class Echo : IDatagramHandler
{
    private const int Window = 1000;

    private long datagrams;
    private long leastAllocated = long.MaxValue;
    private long allocatedBefore = -1;
    private int batches;

    internal ConcurrentQueue<string> Asked { get; } = new();

    internal long Datagrams => Volatile.Read(ref datagrams);

    /// <summary>Octets that the thread allocated in every thousand batches: the least of all thousands.</summary>
    /// <remarks>What the runtime allocates for itself, once and at any moment, is in some of them; what a batch costs is in each.</remarks>
    internal long AllocatedInEveryThousand => Volatile.Read(ref leastAllocated);

    internal bool Remembers { get; init; } = true;

    public void Handle(DatagramBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (Remembers)
                Asked.Enqueue($"{batch.Local(i)} from {batch.Source(i)}");
            batch.Received(i).CopyTo(batch.AnswerSpace(i));
            batch.SetAnswer(i, batch.Received(i).Length);
        }
        Measure();
        Volatile.Write(ref datagrams, datagrams + batch.Count);
    }

    private void Measure()
    {
        if (batches++ % Window != 0)
            return;
        var now = GC.GetAllocatedBytesForCurrentThread();
        if (allocatedBefore >= 0)
            Volatile.Write(ref leastAllocated, Math.Min(leastAllocated, now - allocatedBefore));
        allocatedBefore = now;
    }

    public bool TryShorten(DatagramBatch batch, int index)
    {
        batch.SetAnswer(index, 12);
        return true;
    }
}
