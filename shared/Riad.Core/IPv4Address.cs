using System.Buffers.Binary;

namespace Riad.Core;

/// <summary>An IPv4 address.</summary>
/// <param name="Value">The 32 bits, the first octet most significant. The default is 0.0.0.0.</param>
public readonly record struct IPv4Address(uint Value) : IComparable<IPv4Address>
{
    /// <summary>Reads four octets in network order.</summary>
    public static IPv4Address Read(ref WireReader reader) => new(reader.ReadUInt32());

    /// <summary>Writes four octets in network order.</summary>
    public void Write(ref WireWriter writer) => writer.WriteUInt32(Value);

    /// <summary>Reads dotted decimal: four numbers of 0 to 255, without leading zeros.</summary>
    /// <remarks>Source: RFC 1035 §3.4.1; leading zeros are refused because some systems read them as octal (RFC 6943 §3.1.1).</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out IPv4Address address)
    {
        address = default;
        uint value = 0;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0)
            {
                if (text is not [(byte)'.', ..])
                    return false;
                text = text[1..];
            }
            if (!TryTakeOctet(ref text, out var octet))
                return false;
            value = value << 8 | octet;
        }
        address = new(value);
        return text.IsEmpty;
    }

    /// <inheritdoc/>
    public int CompareTo(IPv4Address other) => Value.CompareTo(other.Value);

    /// <summary>Dotted decimal.</summary>
    public override string ToString() => $"{Value >> 24}.{Value >> 16 & 255}.{Value >> 8 & 255}.{Value & 255}";

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(IPv4Address left, IPv4Address right) => left.Value < right.Value;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(IPv4Address left, IPv4Address right) => left.Value > right.Value;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(IPv4Address left, IPv4Address right) => left.Value <= right.Value;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(IPv4Address left, IPv4Address right) => left.Value >= right.Value;

    private static bool TryTakeOctet(ref ReadOnlySpan<byte> text, out uint octet)
    {
        octet = 0;
        var digits = 0;
        while (digits < text.Length && digits < 3 && text[digits] is >= (byte)'0' and <= (byte)'9')
            octet = (octet * 10) + (uint)(text[digits++] - '0');
        if (digits == 0 || octet > 255 || (digits > 1 && text[0] == '0'))
            return false;
        text = text[digits..];
        return true;
    }
}
