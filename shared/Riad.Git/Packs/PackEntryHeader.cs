using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>What an entry of a pack is.</summary>
public enum PackEntryKind
{
    /// <summary>A whole commit.</summary>
    Commit = 1,

    /// <summary>A whole tree.</summary>
    Tree = 2,

    /// <summary>A whole blob.</summary>
    Blob = 3,

    /// <summary>A whole tag.</summary>
    Tag = 4,

    /// <summary>A delta on an earlier entry of the same pack.</summary>
    OffsetDelta = 6,

    /// <summary>A delta on an object named by id.</summary>
    ReferenceDelta = 7,
}

/// <summary>What stands before the compressed octets of an entry.</summary>
/// <param name="Kind">What the entry is.</param>
/// <param name="Octets">The length of what is compressed: of the object, or of the delta.</param>
/// <param name="BaseDistance">For <see cref="PackEntryKind.OffsetDelta"/>, by how many octets the base's entry stands before this one; otherwise 0.</param>
/// <param name="BaseId">For <see cref="PackEntryKind.ReferenceDelta"/>, the base; otherwise the zero id.</param>
/// <param name="HeaderOctets">Length of this header.</param>
/// <remarks>Source: gitformat-pack(5).</remarks>
public readonly record struct PackEntryHeader(PackEntryKind Kind, long Octets, long BaseDistance, ObjectId BaseId, int HeaderOctets)
{
    /// <summary>No header is longer.</summary>
    public const int LongestHeader = 10 + ObjectId.OctetCount;

    private const int LongestSizeShift = 4 + (7 * 8);

    /// <summary>True when the entry is a delta.</summary>
    public bool IsDelta => Kind is PackEntryKind.OffsetDelta or PackEntryKind.ReferenceDelta;

    /// <summary>Reads a header.</summary>
    /// <param name="octets">Begins with the entry.</param>
    /// <param name="header">The default when false is returned.</param>
    /// <returns>False when it is cut, of a kind that does not exist, or names a length that does not fit into 60 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out PackEntryHeader header)
    {
        header = default;
        if (octets.IsEmpty)
            return false;
        var kind = (PackEntryKind)((octets[0] >> 4) & 7);
        long length = octets[0] & 15;
        var position = 1;
        for (var shift = 4; (octets[position - 1] & 0x80) != 0; shift += 7)
        {
            if (position == octets.Length || shift > LongestSizeShift - 7)
                return false;
            length |= (long)(octets[position++] & 0x7F) << shift;
        }
        switch (kind)
        {
            case PackEntryKind.Commit or PackEntryKind.Tree or PackEntryKind.Blob or PackEntryKind.Tag:
                header = new(kind, length, 0, default, position);
                return true;
            case PackEntryKind.OffsetDelta:
                if (!TryReadDistance(octets, ref position, out var distance))
                    return false;
                header = new(kind, length, distance, default, position);
                return true;
            case PackEntryKind.ReferenceDelta when octets.Length - position >= ObjectId.OctetCount:
                header = new(kind, length, 0, ObjectId.FromOctets(octets[position..]), position + ObjectId.OctetCount);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes a header.</summary>
    /// <param name="destination">At least <see cref="LongestHeader"/> octets.</param>
    /// <returns>How many octets were written.</returns>
    public int Write(Span<byte> destination)
    {
        var rest = Octets >> 4;
        var position = 0;
        destination[position++] = (byte)(((int)Kind << 4) | (int)(Octets & 15) | (rest > 0 ? 0x80 : 0));
        for (; rest > 0; rest >>= 7)
            destination[position++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0));
        if (Kind is PackEntryKind.ReferenceDelta)
        {
            BaseId.WriteTo(destination[position..]);
            return position + ObjectId.OctetCount;
        }
        return Kind is PackEntryKind.OffsetDelta ? position + WriteDistance(BaseDistance, destination[position..]) : position;
    }

    private static bool TryReadDistance(ReadOnlySpan<byte> octets, ref int position, out long distance)
    {
        distance = -1;
        for (var count = 0; count < 9 && position < octets.Length; count++)
        {
            var octet = octets[position++];
            distance = ((distance + 1) << 7) | (byte)(octet & 0x7F);
            if ((octet & 0x80) == 0)
                return distance > 0;
        }
        return false;
    }

    private static int WriteDistance(long distance, Span<byte> destination)
    {
        Span<byte> reversed = stackalloc byte[10];
        var count = 0;
        reversed[count++] = (byte)(distance & 0x7F);
        while ((distance >>= 7) > 0)
            reversed[count++] = (byte)(0x80 | (--distance & 0x7F));
        for (var index = 0; index < count; index++)
            destination[index] = reversed[count - 1 - index];
        return count;
    }
}
