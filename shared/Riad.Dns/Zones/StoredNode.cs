using System.Buffers.Binary;

namespace Riad.Dns.Zones;

/// <summary>One name of a zone as it is stored: flags (1), length of the name (1), number of sets (2), number of children (4), the name, the sets.</summary>
/// <remarks>Numbers are little-endian. The name is relative to the apex, without a final zero, in the case in which it was first written.</remarks>
internal readonly ref struct StoredNode(ReadOnlySpan<byte> octets)
{
    /// <summary>Octets before the name.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> octets = octets;

    /// <summary>True when this is no node: the name does not exist.</summary>
    public bool IsNone => octets.IsEmpty;

    /// <summary>What answering must know first.</summary>
    public NodeFlags Flags => (NodeFlags)octets[0];

    /// <summary>How many sets, a prepared referral counted.</summary>
    public int SetCount => BinaryPrimitives.ReadUInt16LittleEndian(octets[2..]);

    /// <summary>How many names exist exactly one label below: an empty non-terminal goes with the last of them.</summary>
    public int Children => BinaryPrimitives.ReadInt32LittleEndian(octets[4..]);

    /// <summary>The labels below the apex; none for the apex.</summary>
    public ReadOnlySpan<byte> RelativeName => octets.Slice(HeaderLength, octets[1]);

    /// <summary>The first set and all octets after it.</summary>
    public ReadOnlySpan<byte> Sets => octets[(HeaderLength + octets[1])..];

    /// <summary>Octets that the node takes.</summary>
    public int StoredLength
    {
        get
        {
            var sets = Sets;
            for (var left = SetCount; left > 0; left--)
                sets = sets[new StoredSet(sets).StoredLength..];
            return octets.Length - sets.Length;
        }
    }

    /// <summary>The octets of the node and no more.</summary>
    public ReadOnlySpan<byte> Stored => octets[..StoredLength];

    /// <summary>The set of a type, or none.</summary>
    public StoredSet Find(ushort type)
    {
        var sets = Sets;
        for (var left = SetCount; left > 0; left--)
        {
            var set = new StoredSet(sets);
            if (set.Type == type)
                return set;
            sets = sets[set.StoredLength..];
        }
        return default;
    }

    /// <summary>Writes everything before the name.</summary>
    public static void WriteHead(Span<byte> octets, NodeFlags flags, int nameLength, int setCount, int children)
    {
        octets[0] = unchecked((byte)flags);
        octets[1] = (byte)nameLength;
        BinaryPrimitives.WriteUInt16LittleEndian(octets[2..], (ushort)setCount);
        BinaryPrimitives.WriteInt32LittleEndian(octets[4..], children);
    }
}
