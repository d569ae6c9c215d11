using System.Buffers.Binary;
using System.Net;

namespace Riad.Core;

/// <summary>An IPv6 address, without a zone.</summary>
/// <param name="Upper">The first eight octets, the first most significant.</param>
/// <param name="Lower">The last eight. The default is ::.</param>
/// <remarks>Two halves and not a UInt128: what holds one is not compiled before it is run.</remarks>
public readonly record struct IPv6Address(ulong Upper, ulong Lower) : IComparable<IPv6Address>
{
    /// <summary>Octets of an address.</summary>
    public const int Octets = 16;

    /// <summary>Reads the first sixteen octets, in network order.</summary>
    public static IPv6Address Read(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    /// <summary>Reads sixteen octets in network order.</summary>
    public static IPv6Address Read(ref WireReader reader)
    {
        var upper = reader.ReadUInt64();
        return new(upper, reader.ReadUInt64());
    }

    /// <summary>Writes sixteen octets in network order.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteUInt64(Upper);
        writer.WriteUInt64(Lower);
    }

    /// <summary>Writes sixteen octets in network order.</summary>
    public void Write(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(octets, Upper);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Lower);
    }

    /// <summary>Reads the text form, with at most one "::" and possibly an IPv4 tail.</summary>
    /// <remarks>Source: RFC 4291 §2.2. A zone ("%eth0"), brackets and prefixes are refused.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out IPv6Address address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[8];
        var (count, gap) = (0, -1);
        if (text is [(byte)':', (byte)':', ..])
        {
            gap = 0;
            text = text[2..];
        }
        while (!text.IsEmpty)
        {
            if (count == 8)
                return false;
            if (count <= 6 && text.Contains((byte)'.') && !text.Contains((byte)':'))
            {
                if (!IPv4Address.TryParse(text, out var tail))
                    return false;
                groups[count++] = (ushort)(tail.Value >> 16);
                groups[count++] = (ushort)tail.Value;
                break;
            }
            if (!TryTakeGroup(ref text, out groups[count]))
                return false;
            count++;
            if (text.IsEmpty)
                break;
            if (text is [(byte)':', (byte)':', ..] && gap < 0)
            {
                gap = count;
                text = text[2..];
            }
            else if (text is [(byte)':', not (byte)':', ..])
            {
                text = text[1..];
            }
            else
            {
                return false;
            }
        }
        if (gap < 0 ? count != 8 : count > 7)
            return false;
        address = Assemble(groups[..count], gap);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(IPv6Address other) => Upper.CompareTo(other.Upper) is var order and not 0 ? order : Lower.CompareTo(other.Lower);

    /// <summary>The canonical text form of RFC 5952.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[Octets];
        Write(octets);
        return new IPAddress(octets).ToString();
    }

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(IPv6Address left, IPv6Address right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(IPv6Address left, IPv6Address right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(IPv6Address left, IPv6Address right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(IPv6Address left, IPv6Address right) => left.CompareTo(right) >= 0;

    private static bool TryTakeGroup(ref ReadOnlySpan<byte> text, out ushort group)
    {
        var (digits, value) = (0, 0);
        for (; digits < text.Length && digits < 4 && char.IsAsciiHexDigit((char)text[digits]); digits++)
            value = value << 4 | ((text[digits] & 15) + (text[digits] > '9' ? 9 : 0));
        group = (ushort)value;
        text = text[digits..];
        return digits > 0;
    }

    private static IPv6Address Assemble(ReadOnlySpan<ushort> groups, int gap)
    {
        var (upper, lower) = (0UL, 0UL);
        for (var i = 0; i < groups.Length; i++)
        {
            var place = gap < 0 || i < gap ? i : i + 8 - groups.Length;
            var bits = (ulong)groups[i] << (16 * (3 - place % 4));
            upper |= place < 4 ? bits : 0;
            lower |= place < 4 ? 0 : bits;
        }
        return new(upper, lower);
    }
}
