using Riad.Core;

namespace Riad.Net;

/// <summary>One end of a simulated connection. Whoever writes more than the other end's window waits until it has read.</summary>
internal sealed class MemoryFlow : TcpFlow
{
    private const int WindowOctets = 65_536;

    private readonly MemoryNetwork network;
    private readonly Queue<ReadOnlyMemory<byte>> arrived = new();
    private MemoryFlow peer = null!;
    private TaskCompletionSource? reader;
    private TaskCompletionSource? writer;
    private int unread;   // octets on their way to us or waiting for us
    private bool ended;   // the peer writes no more, and we have got all of it
    private bool reset;
    private bool disposed;
    private bool finished;

    private MemoryFlow(MemoryNetwork network, IpEndpoint local, IpEndpoint remote) => (this.network, Local, Remote) = (network, local, remote);

    public override IpEndpoint Local { get; }

    public override IpEndpoint Remote { get; }

    private MemoryLink Link => network.LinkBetween(Local.Address, Remote.Address);

    internal static (MemoryFlow One, MemoryFlow Other) Pair(MemoryNetwork network, IpEndpoint one, IpEndpoint other)
    {
        var (left, right) = (new MemoryFlow(network, one, other), new MemoryFlow(network, other, one));
        (left.peer, right.peer) = (right, left);
        return (left, right);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (arrived.Count == 0 && !ended)
        {
            ThrowIfOver();
            reader = new();
            await reader.Task.WaitAsync(cancellationToken);
        }
        ThrowIfOver();
        if (arrived.Count == 0 || buffer.IsEmpty)
            return 0;
        return Take(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            ThrowIfOver();
            var room = Math.Min(WindowOctets - peer.unread, buffer.Length);
            if (room <= 0)
            {
                writer = new();
                await writer.Task.WaitAsync(cancellationToken);
                continue;
            }
            var octets = buffer[..room].ToArray();
            peer.unread += room;
            Carry(() => peer.Arrive(octets));
            buffer = buffer[room..];
        }
    }

    public override void CompleteWriting()
    {
        if (finished)
            return;
        finished = true;
        Carry(() => peer.End());
    }

    public override void Abort()
    {
        if (reset)
            return;
        Reset();
        Carry(() => peer.Reset());
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposed)
        {
            disposed = true;
            if (arrived.Count > 0)
                Carry(() => peer.Reset());   // as a kernel does when octets were never read
            else
                CompleteWriting();
            Wake();
        }
        base.Dispose(disposing);
    }

    private int Take(Memory<byte> buffer)
    {
        var first = arrived.Peek();
        var count = Math.Min(first.Length, buffer.Length);
        first[..count].CopyTo(buffer);
        unread -= count;
        arrived.Dequeue();
        if (count < first.Length)
            PutBack(first[count..]);
        peer.writer?.TrySetResult();
        return count;
    }

    private void PutBack(ReadOnlyMemory<byte> rest)
    {
        arrived.Enqueue(rest);
        for (var turns = arrived.Count - 1; turns > 0; turns--)
            arrived.Enqueue(arrived.Dequeue());
    }

    private void Arrive(ReadOnlyMemory<byte> octets)
    {
        if (disposed)
        {
            peer.Reset();
            return;
        }
        arrived.Enqueue(octets);
        reader?.TrySetResult();
    }

    private void End()
    {
        ended = true;
        reader?.TrySetResult();
    }

    private void Reset()
    {
        reset = true;
        Wake();
    }

    private void Wake()
    {
        reader?.TrySetResult();
        writer?.TrySetResult();
    }

    /// <summary>Streams keep their order: each part leaves with the same latency, and the clock keeps the order of equal times.</summary>
    private void Carry(Action arrival)
    {
        if (!Link.IsCut)
            network.After(Link.Latency, arrival);
    }

    private void ThrowIfOver()
    {
        if (reset || disposed)
            throw new NetworkException(NetworkFault.Reset, $"the connection with {Remote} has ended");
    }
}
