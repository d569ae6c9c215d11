using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Riad.Git.Objects;

/// <summary>The name of an object: the SHA-1 of its header and content.</summary>
/// <remarks>
/// The default is the zero id, which the protocol uses for "no object". Ids are ordered by octets, as in pack indexes.
/// Allocates nothing but its text. Source: gitformat-pack(5).
/// </remarks>
public readonly record struct ObjectId : IComparable<ObjectId>
{
    /// <summary>Octets of an id.</summary>
    public const int OctetCount = 20;

    /// <summary>Characters of an id in hexadecimal.</summary>
    public const int HexLength = 2 * OctetCount;

    private readonly ulong first;
    private readonly ulong second;
    private readonly uint third;

    private ObjectId(ulong first, ulong second, uint third) => (this.first, this.second, this.third) = (first, second, third);

    /// <summary>The id that names no object: forty zeros.</summary>
    public static ObjectId Zero => default;

    /// <summary>True for the id that names no object.</summary>
    public bool IsZero => this == default;

    /// <summary>The first octet, by which stores and indexes fan out.</summary>
    public byte FirstOctet => (byte)(first >> 56);

    /// <summary>Takes an id from its 20 octets.</summary>
    /// <param name="octets">At least 20 octets, of which the first 20 are read.</param>
    public static ObjectId FromOctets(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt64BigEndian(octets),
        BinaryPrimitives.ReadUInt64BigEndian(octets[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(octets[16..]));

    /// <summary>Reads an id from exactly forty hexadecimal digits, upper or lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectId id) => TryParse(text.AsSpan(), out id);

    /// <inheritdoc cref="TryParse(string?, out ObjectId)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out ObjectId id)
    {
        Span<byte> ascii = stackalloc byte[HexLength];
        id = default;
        if (text.Length != HexLength || text.ContainsAnyExceptInRange('\0', '\x7f'))
            return false;
        for (var index = 0; index < HexLength; index++)
            ascii[index] = (byte)text[index];
        return TryParse(ascii, out id);
    }

    /// <summary>Reads an id from exactly forty hexadecimal digits in ASCII, upper or lower case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ObjectId id)
    {
        Span<byte> octets = stackalloc byte[OctetCount];
        id = default;
        if (text.Length != HexLength)
            return false;
        for (var index = 0; index < OctetCount; index++)
        {
            var (high, low) = (HexValue(text[2 * index]), HexValue(text[(2 * index) + 1]));
            if ((high | low) < 0)
                return false;
            octets[index] = (byte)((high << 4) | low);
        }
        id = FromOctets(octets);
        return true;
    }

    /// <summary>Writes the 20 octets of this id.</summary>
    /// <param name="destination">At least 20 octets.</param>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], third);
    }

    /// <summary>Writes this id as forty lower-case hexadecimal digits in ASCII.</summary>
    /// <param name="destination">At least 40 octets.</param>
    public void WriteHexTo(Span<byte> destination)
    {
        Span<byte> octets = stackalloc byte[OctetCount];
        WriteTo(octets);
        for (var index = 0; index < OctetCount; index++)
        {
            destination[2 * index] = HexDigit(octets[index] >> 4);
            destination[(2 * index) + 1] = HexDigit(octets[index] & 15);
        }
    }

    /// <summary>Compares by octets, first octet first.</summary>
    public int CompareTo(ObjectId other)
    {
        if (first != other.first)
            return first < other.first ? -1 : 1;
        return second != other.second ? second.CompareTo(other.second) : third.CompareTo(other.third);
    }

    /// <summary>The first octets as they are: an id is already evenly spread, and the same in every process.</summary>
    public override int GetHashCode() => (int)first;

    /// <summary>Forty lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(HexLength, this, static (text, id) =>
    {
        Span<byte> hex = stackalloc byte[HexLength];
        id.WriteHexTo(hex);
        for (var index = 0; index < HexLength; index++)
            text[index] = (char)hex[index];
    });

    /// <summary>Tells whether <paramref name="left"/> comes first in octet order.</summary>
    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    /// <summary>Tells whether <paramref name="left"/> comes last in octet order.</summary>
    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    /// <summary>Tells whether <paramref name="left"/> does not come last in octet order.</summary>
    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    /// <summary>Tells whether <paramref name="left"/> does not come first in octet order.</summary>
    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
