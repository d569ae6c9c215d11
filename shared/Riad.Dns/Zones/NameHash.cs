using System.Buffers.Binary;

namespace Riad.Dns.Zones;

/// <summary>The hash of a name, computed label by label from the root, so that one pass gives the hash of every ancestor too.</summary>
/// <remarks>
/// Not keyed: it places names in the tables of a zone, whose names their operator chose. What strangers choose (rate
/// limiting) is hashed again with a key.
/// </remarks>
internal static class NameHash
{
    /// <summary>Octets that must be readable after the start of any label that is hashed.</summary>
    public const int Padding = 72;

    /// <summary>The hash of the root.</summary>
    public const ulong Root = 0x9e37_79b9_7f4a_7c15;

    private const ulong Multiplier = 0xff51_afd7_ed55_8ccd;

    /// <summary>The hash of the name that has one more label in front of a name whose hash is known.</summary>
    /// <param name="above">The hash of the name without the label.</param>
    /// <param name="label">The label in lower case: its length octet, its octets, and any octets up to the padding.</param>
    public static ulong Prepend(ulong above, ReadOnlySpan<byte> label)
    {
        var hash = above;
        var left = label[0] + 1;
        while (left > 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(label));
            label = label[8..];
            left -= 8;
        }
        return Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(label) & (ulong.MaxValue >> (64 - (8 * left))));
    }

    /// <summary>The hash of a whole name.</summary>
    /// <param name="name">Uncompressed, in any case.</param>
    public static ulong Of(ReadOnlySpan<byte> name) => new NamePath().Set(name).Hash(0);

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = unchecked((hash ^ word) * Multiplier);
        return hash ^ hash >> 32;
    }
}
