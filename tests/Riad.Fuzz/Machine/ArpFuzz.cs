using Riad.Core;
using Riad.Net.Arp;

namespace Riad.Fuzz.Machine;

/// <summary>Frames of ARP: what is read is written back as it was, but for who it goes to.</summary>
internal sealed class ArpFuzz : IFuzzTarget
{
    private static readonly Octets Hardware = new([0x52, 0x54, 0, 0x12, 0x34, 0x56]);

    public string Name => "arp";

    public IEnumerable<byte[]> Seeds => [Write(ArpPacket.Probe(Hardware, new(0xc0000207))), Write(new(IsReply: true, Hardware, new(0xc0000207), Hardware, new(0xc0000201)))];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!ArpPacket.TryRead(octets, out var packet, out var error))
        {
            if (error.Fault is WireFault.None || error.Offset > octets.Length)
                throw new InvalidOperationException("a fault without a place");
            return;
        }
        if (!Write(packet).AsSpan(12).SequenceEqual(octets[12..ArpPacket.FrameOctets]))
            throw new InvalidOperationException("what was read is not what was written");
    }

    private static byte[] Write(ArpPacket packet)
    {
        var writer = new WireWriter(new byte[ArpPacket.FrameOctets]);
        packet.Write(ref writer);
        return writer.Written.ToArray();
    }
}
