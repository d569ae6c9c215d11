using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Net.Dhcp;
using IPv4Address = Riad.Core.IPv4Address;

namespace Riad.Net.Tests.Dhcp;

public sealed class DhcpMessageTests
{
    // RFC 2131 figure 1 up to the options: a reply, Ethernet, six octets, no hops; then xid, secs, flags, four addresses, chaddr.
    private const string Head = "02 01 06 00 deadbeef 0003 8000 00000000 c0000207 c0000201 00000000 525400123456 00000000000000000000";
    private static readonly string Empty = new('0', 2 * (64 + 128));
    private const string Cookie = "63825363";

    [Fact]
    public void An_offer_is_read_field_by_field()
    {
        Assert.True(DhcpMessage.TryRead(Hex.Octets(Head + Empty + Cookie + "350102 00 3304 00000e10 ff 0101"), out var message, out var error), error.ToString());

        Assert.True(message.IsReply);
        Assert.Equal(0xdeadbeef, message.TransactionId);
        Assert.Equal(3, message.SecondsElapsed);
        Assert.True(message.Broadcast);
        Assert.Equal("192.0.2.7", message.YourAddress.ToString());
        Assert.Equal("192.0.2.1", message.NextServer.ToString());
        Assert.Equal("525400123456", message.HardwareAddress.ToString());
        Assert.Equal(DhcpMessageType.Offer, message.Type);
        Assert.Equal(Hex.Octets("00000e10"), message.Find(DhcpOptionCode.LeaseTime).ToArray());
        Assert.True(message.Find(DhcpOptionCode.SubnetMask).IsEmpty);
        Assert.Equal(2, message.Options.Count);
    }

    [Fact]
    public void An_option_in_parts_and_in_overloaded_fields_is_joined()
    {
        var serverName = ("0f036f7267ff" + new string('0', 128))[..128];
        var bootFile = ("0f08 6578616d706c652e 00" + new string('0', 256)).Replace(" ", "", StringComparison.Ordinal)[..256];

        Assert.True(DhcpMessage.TryRead(Hex.Octets(Head + serverName + bootFile + Cookie + "340103 0f04 7777772e"), out var message, out _));
        Assert.Equal("www.example.org"u8.ToArray(), message.Find(DhcpOptionCode.DomainName).ToArray());
        Assert.Single(message.Options);
    }

    public static TheoryData<string, string, WireFault> Faults => new()
    {
        // why                          octets                                     fault
        { "nothing",                    "",                                        WireFault.Truncated },
        { "neither asked nor answered", "03" + Head[2..] + Empty + Cookie,          WireFault.Malformed },
        { "no Ethernet",                "02 06" + Head[5..] + Empty + Cookie,       WireFault.Malformed },
        { "address of 17 octets",       "02 01 11" + Head[8..] + Empty + Cookie,    WireFault.Malformed },
        { "no cookie",                  Head + Empty,                              WireFault.Truncated },
        { "another cookie",             Head + Empty + "63825364",                 WireFault.Malformed },
        { "option without a length",    Head + Empty + Cookie + "35",              WireFault.Truncated },
        { "option cut short",           Head + Empty + Cookie + "3304000000",      WireFault.Truncated },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_malformed_message_is_refused_with_its_fault(string why, string octets, WireFault fault)
    {
        Assert.False(DhcpMessage.TryRead(Hex.Octets(octets), out _, out var error), why);
        Assert.Equal((why, fault), (why, error.Fault));
    }

    [Fact]
    public void Read_undoes_write() => Prop.ForAll<uint, byte[], bool>((number, value, flag) =>
    {
        var message = new DhcpMessage
        {
            IsReply = flag,
            TransactionId = number,
            SecondsElapsed = (ushort)number,
            Broadcast = !flag,
            ClientAddress = new(number * 3),
            YourAddress = new(number * 5),
            NextServer = new(number * 7),
            Relay = new(number * 11),
            HardwareAddress = new(value.AsSpan()[..Math.Min(value.Length, 16)]),
            Options = [new(53, new([5])), new(15, new(value)), new(12, new([.. Enumerable.Repeat(value, 40).SelectMany(part => part)]))],
        };
        var writer = new WireWriter(new byte[20_000]);
        message.Write(ref writer);

        return !writer.Overflowed && writer.Position >= 300 && DhcpMessage.TryRead(writer.Written, out var read, out _) && read == message;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
        DhcpMessage.TryRead([.. Hex.Octets(Head + Empty + Cookie), .. octets], out var message, out var error) ? message.Options.Count <= octets.Length : error.Offset <= 240 + octets.Length).QuickCheckThrowOnFailure();
}
