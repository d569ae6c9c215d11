using Riad.Core;

namespace Riad.Net;

/// <summary>A socket for questions of a simulated host.</summary>
internal sealed class MemoryUdpSocket(MemoryHost host, IpEndpoint local) : MemoryUdpPort(host, local), IUdpSocket
{
    private readonly Queue<(IpEndpoint From, byte[] Octets)> arrived = new();
    private TaskCompletionSource? waiting;

    public ValueTask SendAsync(ReadOnlyMemory<byte> octets, IpEndpoint destination, CancellationToken cancellation)
    {
        var source = Local.Address.IsAny ? Local with { Address = Host.SourceFor(destination.Address) } : Local;
        Host.Network.Send(source, destination, octets.Span);
        return default;
    }

    public async ValueTask<ReceivedDatagram> ReceiveAsync(Memory<byte> space, CancellationToken cancellation)
    {
        while (arrived.Count == 0)
        {
            waiting = new();
            await waiting.Task.WaitAsync(cancellation);
        }
        var (from, octets) = arrived.Dequeue();
        var length = Math.Min(octets.Length, space.Length);
        octets.AsSpan(0, length).CopyTo(space.Span);
        return new(length, from);
    }

    internal override void Deliver(IpEndpoint from, IpAddress to, byte[] octets)
    {
        arrived.Enqueue((from, octets));
        waiting?.TrySetResult();
    }
}
