using System.Net;

namespace Riad.Core;

/// <summary>An IPv6 address, without a zone.</summary>
/// <param name="Value">The 128 bits, the first octet most significant. The default is ::.</param>
public readonly record struct IPv6Address(UInt128 Value) : IComparable<IPv6Address>
{
    /// <summary>Reads sixteen octets in network order.</summary>
    public static IPv6Address Read(ref WireReader reader)
    {
        var upper = reader.ReadUInt64();
        return new(new UInt128(upper, reader.ReadUInt64()));
    }

    /// <summary>Writes sixteen octets in network order.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteUInt64((ulong)(Value >> 64));
        writer.WriteUInt64((ulong)Value);
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
        address = new(Assemble(groups[..count], gap));
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(IPv6Address other) => Value.CompareTo(other.Value);

    /// <summary>The canonical text form of RFC 5952.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        var writer = new WireWriter(octets);
        Write(ref writer);
        return new IPAddress(octets).ToString();
    }

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(IPv6Address left, IPv6Address right) => left.Value < right.Value;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(IPv6Address left, IPv6Address right) => left.Value > right.Value;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(IPv6Address left, IPv6Address right) => left.Value <= right.Value;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(IPv6Address left, IPv6Address right) => left.Value >= right.Value;

    private static bool TryTakeGroup(ref ReadOnlySpan<byte> text, out ushort group)
    {
        var (digits, value) = (0, 0);
        for (; digits < text.Length && digits < 4 && char.IsAsciiHexDigit((char)text[digits]); digits++)
            value = value << 4 | ((text[digits] & 15) + (text[digits] > '9' ? 9 : 0));
        group = (ushort)value;
        text = text[digits..];
        return digits > 0;
    }

    private static UInt128 Assemble(ReadOnlySpan<ushort> groups, int gap)
    {
        UInt128 value = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var place = gap < 0 || i < gap ? i : i + 8 - groups.Length;
            value |= (UInt128)groups[i] << (16 * (7 - place));
        }
        return value;
    }
}
