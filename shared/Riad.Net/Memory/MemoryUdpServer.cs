using Riad.Core;

namespace Riad.Net;

/// <summary>Hands what arrives at the same instant to a handler as one batch.</summary>
internal sealed class MemoryUdpServer : MemoryUdpPort, IUdpServer
{
    private const int BatchSize = 32;
    private const int MaxOctets = 4096;

    private readonly IDatagramHandler handler;
    private readonly DatagramBatch batch;
    private readonly Queue<(IpEndpoint From, IpAddress To, byte[] Octets)> arrived = new();

    internal MemoryUdpServer(MemoryHost host, IpEndpoint local, IDatagramHandler handler)
        : base(host, local)
    {
        this.handler = handler;
        batch = new(BatchSize, MaxOctets, MaxOctets, Later);
    }

    internal override void Deliver(IpEndpoint from, IpAddress to, byte[] octets)
    {
        if (octets.Length > MaxOctets)
            return;
        arrived.Enqueue((from, to, octets));
        if (arrived.Count == 1)
            Host.Network.After(TimeSpan.Zero, HandleAll);
    }

    private void HandleAll()
    {
        while (arrived.Count > 0)
        {
            var count = Math.Min(arrived.Count, BatchSize);
            for (var i = 0; i < count; i++)
            {
                var (from, to, octets) = arrived.Dequeue();
                octets.CopyTo(batch.ReceiveSpace(i));
                batch.SetReceived(i, octets.Length, from);
                batch.SetLocal(i, to);
            }
            batch.SetCount(count);
            handler.Handle(batch);
            for (var i = 0; i < count; i++)
                Send(i);
        }
    }

    private void Send(int index)
    {
        if (batch.Answer(index).IsEmpty)
            return;
        var from = new IpEndpoint(batch.Local(index), Local.Port);
        if (!TrySend(from, batch.Source(index), batch.Answer(index)) && handler.TryShorten(batch, index))
            Host.Network.Send(from, batch.Source(index), batch.Answer(index));
    }

    private LateAnswer Later(int index)
    {
        var (from, to) = (new IpEndpoint(batch.Local(index), Local.Port), batch.Source(index));
        return octets => TrySend(from, to, octets);
    }

    private bool TrySend(IpEndpoint from, IpEndpoint to, ReadOnlySpan<byte> octets)
    {
        try
        {
            Host.Network.Send(from, to, octets);
            return true;
        }
        catch (NetworkException exception) when (exception.Fault is NetworkFault.TooLong)
        {
            return false;
        }
    }
}
