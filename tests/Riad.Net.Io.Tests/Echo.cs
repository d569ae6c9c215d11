using System.Collections.Concurrent;

namespace Riad.Net.Io.Tests;

/// <summary>Answers every datagram with its own octets; an empty one not at all.</summary>
internal sealed class Echo : IDatagramHandler
{
    private long datagrams;
    private long allocated;
    private long allocatedBefore = -1;

    internal ConcurrentQueue<string> Asked { get; } = new();

    internal long Datagrams => Volatile.Read(ref datagrams);

    /// <summary>Octets that the thread allocated from the first batch's end to the last batch's end.</summary>
    internal long Allocated => Volatile.Read(ref allocated);

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
        var now = GC.GetAllocatedBytesForCurrentThread();
        if (allocatedBefore < 0)
            allocatedBefore = now;
        Volatile.Write(ref allocated, now - allocatedBefore);
        Volatile.Write(ref datagrams, datagrams + batch.Count);
    }

    public bool TryShorten(DatagramBatch batch, int index)
    {
        batch.SetAnswer(index, 12);
        return true;
    }
}
