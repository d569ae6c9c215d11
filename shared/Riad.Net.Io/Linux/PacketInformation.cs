using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>
/// The control message that tells which of our addresses was asked. What was received is sent back with the answer, which makes the
/// answer leave from that address.
/// </summary>
/// <remarks>
/// struct cmsghdr (length 8 octets, level 4, type 4), then struct in_pktinfo (interface 4, local address 4, destination 4) or
/// struct in6_pktinfo (destination 16, interface 4). Source: ip(7), RFC 3542 §6.1.
/// </remarks>
internal sealed class PacketInformation
{
    /// <summary>Space for either form, rounded up as the kernel wants it.</summary>
    internal const int SpaceOctets = 40;

    private const int HeaderOctets = 16;
    private static readonly PacketInformation Version4 = new(Native.IPPROTO_IP, Native.IP_PKTINFO, HeaderOctets + 12);
    private static readonly PacketInformation Version6 = new(Native.IPPROTO_IPV6, Native.IPV6_PKTINFO, HeaderOctets + 20);

    private readonly ulong levelAndType;
    private readonly int octets;
    private readonly bool isIPv6;

    private PacketInformation(int level, int type, int octets)
    {
        levelAndType = (uint)level | (ulong)(uint)type << 32;
        this.octets = octets;
        isIPv6 = level == Native.IPPROTO_IPV6;
    }

    internal static PacketInformation For(bool isIPv6) => isIPv6 ? Version6 : Version4;

    /// <summary>Reads the address that was asked, and frees the answer from the interface that the question came by.</summary>
    internal bool TryRead(Span<byte> control, out IpAddress local)
    {
        local = default;
        if (control.Length < octets
            || BinaryPrimitives.ReadUInt64LittleEndian(control) != (ulong)octets
            || BinaryPrimitives.ReadUInt64LittleEndian(control[8..]) != levelAndType)
        {
            return false;
        }
        var body = control[HeaderOctets..];
        if (!isIPv6)
        {
            local = new(new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(body[4..])));
            body[..4].Clear();   // routing chooses the interface: the way back need not be the way here
            return true;
        }
        local = new(IPv6Address.Read(body));
        if ((body[0], body[1] & 0xc0) is not (0xfe, 0x80))   // a link-local address means nothing without its link
            body[16..20].Clear();
        return true;
    }
}
