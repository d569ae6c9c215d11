using System.Buffers.Binary;
using Riad.Core;

namespace Riad.Net.Netlink;

/// <summary>Reads what comes from a netlink socket: several messages in a row, of which we understand some.</summary>
/// <remarks>
/// Source: Linux, netlink(7), rtnetlink(7); include/uapi/linux/if_link.h for the flags of IPv6, net/ipv6/ndisc.c for the
/// options of a router's advertisement that the kernel hands on. What is cut short ends the reading.
/// </remarks>
public static class RouteEventReader
{
    private const int HeaderOctets = 16, MaxServers = 8;
    private const ushort Error = 2, Done = 3, NewLink = 16, DeleteLink = 17, NewAddress = 20, NewUserOption = 68;
    private const uint Running = 0x40;
    private const ushort AddressFamilies = 26, CarrierUpCount = 47, InterNetwork6 = 10, Flags = 1, AttributeMask = 0x3fff;
    private const ushort AddressAttribute = 1;
    private const byte DuplicateFound = 8, Bridge = 7;
    private const uint Managed = 0x40, OtherConfiguration = 0x80;
    private const byte RouterAdvertisement = 134, RecursiveNameServers = 25;

    /// <summary>The messages that mean something to us, in their order.</summary>
    public static Seq<RouteEvent> Read(ReadOnlySpan<byte> datagram)
    {
        var events = new List<RouteEvent>();
        while (datagram.Length >= HeaderOctets)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(datagram);
            if (length < HeaderOctets || length > datagram.Length)
                break;
            var (type, sequence) = (BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]), BinaryPrimitives.ReadUInt32LittleEndian(datagram[8..]));
            if (ReadOne(type, sequence, datagram[HeaderOctets..(int)length]) is { } one)
                events.Add(one);
            datagram = datagram[Math.Min(datagram.Length, Aligned((int)length))..];
        }
        return events.ToSeq();
    }

    private static RouteEvent? ReadOne(ushort type, uint sequence, ReadOnlySpan<byte> body) => type switch
    {
        Error or Done when body.Length >= 4 => new RouteEvent.Answered(sequence, unchecked(-BinaryPrimitives.ReadInt32LittleEndian(body))),
        NewLink when body.Length >= 16 => ReadLink(body),
        // A bridge says the same of a member that leaves it.
        DeleteLink when body.Length >= 16 && body[0] != Bridge => new RouteEvent.LinkGone(BinaryPrimitives.ReadUInt32LittleEndian(body[4..])),
        NewAddress when body.Length >= 8 => ReadAddress(body),
        NewUserOption when body.Length >= 16 => ReadUserOption(body),
        _ => null,
    };

    private static RouteEvent.Link ReadLink(ReadOnlySpan<byte> body)
    {
        var (index, state) = (BinaryPrimitives.ReadUInt32LittleEndian(body[4..]), BinaryPrimitives.ReadUInt32LittleEndian(body[8..]));
        // Several families, each with attributes of its own; a message of IPv6 alone holds that family's at once.
        var families = Find(body[16..], AddressFamilies);
        var own = body[0] == InterNetwork6 ? Find(body[16..], 12 /* IFLA_PROTINFO */) : Find(families, InterNetwork6);
        var flags = Find(own, Flags) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : 0;
        var ups = Find(body[16..], CarrierUpCount) is { Length: 4 } count ? BinaryPrimitives.ReadUInt32LittleEndian(count) : 0;
        return new(index, (state & Running) != 0, (flags & Managed) != 0, (flags & OtherConfiguration) != 0, ups);
    }

    private static RouteEvent.Duplicate? ReadAddress(ReadOnlySpan<byte> body) =>
        body[0] == InterNetwork6 && (body[2] & DuplicateFound) != 0 && Find(body[8..], AddressAttribute) is { Length: 16 } address
            ? new(BinaryPrimitives.ReadUInt32LittleEndian(body[4..]), IPv6Address.Read(address))
            : null;

    private static RouteEvent.NameServers? ReadUserOption(ReadOnlySpan<byte> body)
    {
        var (family, length, index, kind) = (body[0], BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), BinaryPrimitives.ReadUInt32LittleEndian(body[4..]), body[8]);
        var option = body[16..Math.Min(body.Length, 16 + length)];
        if (family != InterNetwork6 || kind != RouterAdvertisement || option.Length < 8 || option[0] != RecursiveNameServers || option[1] * 8 > option.Length)
            return null;
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(option[4..]);
        var servers = new List<IPv6Address>();
        for (var at = 8; at + 16 <= option[1] * 8 && servers.Count < MaxServers; at += 16)
            servers.Add(IPv6Address.Read(option[at..]));
        return servers.Count == 0 ? null : new(index, servers.ToSeq(), seconds == uint.MaxValue ? null : TimeSpan.FromSeconds(seconds));
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ushort wanted)
    {
        while (attributes.Length >= 4)
        {
            var (length, type) = (BinaryPrimitives.ReadUInt16LittleEndian(attributes), BinaryPrimitives.ReadUInt16LittleEndian(attributes[2..]) & AttributeMask);
            if (length < 4 || length > attributes.Length)
                return default;
            if (type == wanted)
                return attributes[4..length];
            attributes = attributes[Math.Min(attributes.Length, Aligned(length))..];
        }
        return default;
    }

    private static int Aligned(int length) => length + 3 & ~3;
}
