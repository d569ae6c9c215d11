using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Net.Arp;

namespace Riad.Net.Tests.Arp;

public sealed class ArpPacketTests
{
    private static readonly Octets Hardware = new(Hex.Octets("525400123456"));

    public static TheoryData<string, ArpPacket, string> Packets => new()
    {
        // what              packet                                                                                                   destination source type, then hardware protocol lengths operation, sender, target
        { "a probe",         ArpPacket.Probe(Hardware, new(0xc0000207)),                                                              "ffffffffffff 525400123456 0806  0001 0800 06 04 0001  525400123456 00000000  000000000000 c0000207" },
        { "an announcement", ArpPacket.Announcement(Hardware, new(0xc0000207)),                                                       "ffffffffffff 525400123456 0806  0001 0800 06 04 0001  525400123456 c0000207  000000000000 c0000207" },
        { "a reply",         new(IsReply: true, Hardware, new(0xc0000207), new(Hex.Octets("525400aaaaaa")), new(0xc0000201)),         "ffffffffffff 525400123456 0806  0001 0800 06 04 0002  525400123456 c0000207  525400aaaaaa c0000201" },
    };

    [Theory, MemberData(nameof(Packets))]
    public void A_packet_is_written_as_RFC_826_has_it_and_read_back(string what, ArpPacket packet, string octets)
    {
        var writer = new WireWriter(new byte[ArpPacket.FrameOctets]);
        packet.Write(ref writer);

        Assert.Equal((what, Convert.ToHexStringLower(Hex.Octets(octets))), (what, Convert.ToHexStringLower(writer.Written)));
        Assert.True(ArpPacket.TryRead([.. writer.Written, .. new byte[18]], out var read, out _));
        Assert.Equal(packet, read);
    }

    public static TheoryData<string, string> Strangers => new()
    {
        // why                    frame
        { "IPv4",                 "ffffffffffff 525400123456 0800  0001 0800 06 04 0001  525400123456 00000000  000000000000 c0000207" },
        { "of other hardware",    "ffffffffffff 525400123456 0806  0006 0800 06 04 0001  525400123456 00000000  000000000000 c0000207" },
        { "of other addresses",   "ffffffffffff 525400123456 0806  0001 86dd 06 10 0001  525400123456 00000000  000000000000 c0000207" },
        { "neither of both",      "ffffffffffff 525400123456 0806  0001 0800 06 04 0003  525400123456 00000000  000000000000 c0000207" },
        { "cut short",            "ffffffffffff 525400123456 0806  0001 0800 06 04 0001  525400123456 00000000  000000000000 c00002" },
        { "nothing",              "" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public void What_is_no_ARP_is_not_read(string why, string frame) =>
        Assert.Equal((why, false), (why, ArpPacket.TryRead(Hex.Octets(frame), out _, out _)));

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
        ArpPacket.TryRead(octets, out _, out var error) || error.Offset <= octets.Length).QuickCheckThrowOnFailure();
}
