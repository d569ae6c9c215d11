using System.Buffers.Binary;
using Riad.Core;
using Riad.Net.Arp;

namespace Riad.Host.Init;

/// <summary>Hears and sends ARP on one interface. The kernel answers for the machine's own addresses as ever.</summary>
/// <remarks>Source: Linux, packet(7).</remarks>
internal sealed class ArpSocket : IDisposable
{
    private const int AddressOctets = 20, MaxFrames = 1000, MaxFrameOctets = 64;
    private const ushort ArpType = 0x0806;

    private readonly int descriptor;

    private ArpSocket(int descriptor) => this.descriptor = descriptor;

    /// <summary>Opens one; null, and a line on the console, when that cannot be done.</summary>
    public static unsafe ArpSocket? Open(EthernetInterface card, MachineLog log)
    {
        var opened = Native.Socket(Native.AF_PACKET, Native.SOCK_RAW | Native.SOCK_CLOEXEC | Native.SOCK_NONBLOCK, 0);
        // struct sockaddr_ll: family, protocol as it goes on the wire, interface; the rest is for sending.
        var address = stackalloc byte[AddressOctets];
        var fields = new Span<byte>(address, AddressOctets);
        fields.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(fields, Native.AF_PACKET);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], ArpType);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[4..], card.Index);
        if (opened >= 0 && Native.Bind(opened, address, AddressOctets) == 0)
            return new(opened);
        log.Say($"{card.Name}: whether an address is in use cannot be found out: {Native.Reason}");
        if (opened >= 0)
            _ = Native.Close(opened);
        return null;
    }

    /// <summary>Sends a frame. One that is lost is no fault: that is why there is more than one probe.</summary>
    public unsafe void Send(ArpPacket packet)
    {
        var frame = stackalloc byte[ArpPacket.FrameOctets];
        var writer = new WireWriter(new Span<byte>(frame, ArpPacket.FrameOctets));
        packet.Write(ref writer);
        _ = Native.Send(descriptor, frame, ArpPacket.FrameOctets, 0);
    }

    /// <summary>What has come since, a thousand frames at most; waits for nothing.</summary>
    public List<ArpPacket> Receive()
    {
        var heard = new List<ArpPacket>();
        for (var count = 0; count < MaxFrames && TryReceive(out var packet); count++)
        {
            if (packet is not null)
                heard.Add(packet);
        }
        return heard;
    }

    public void Dispose() => _ = Native.Close(descriptor);

    private unsafe bool TryReceive(out ArpPacket? packet)
    {
        packet = null;
        var frame = stackalloc byte[MaxFrameOctets];
        var length = Native.Receive(descriptor, frame, MaxFrameOctets, 0);
        if (length > 0)
            ArpPacket.TryRead(new(frame, (int)length), out packet, out _);
        return length > 0;
    }
}
