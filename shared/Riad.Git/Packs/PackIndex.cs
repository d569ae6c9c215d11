using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>Where the objects of a pack stand: an index file of version 2.</summary>
/// <remarks>Immutable, reads the octets as they lie. Never throws, whatever they are. Source: gitformat-pack(5).</remarks>
public sealed class PackIndex
{
    private const int HeaderOctets = 8;
    private const int FanOutOctets = 256 * 4;
    private const int TableStart = HeaderOctets + FanOutOctets;

    private readonly ReadOnlyMemory<byte> octets;
    private readonly int largeOffsets;

    private PackIndex(ReadOnlyMemory<byte> octets, int count, int largeOffsets) => (this.octets, Count, this.largeOffsets) = (octets, count, largeOffsets);

    /// <summary>How many objects the pack has.</summary>
    public int Count { get; }

    /// <summary>The checksum that the pack ends with.</summary>
    public ObjectId PackChecksum => ObjectId.FromOctets(octets.Span[^(2 * ObjectId.OctetCount)..]);

    /// <summary>Opens an index.</summary>
    /// <param name="octets">The whole file, kept. At most 2 GiB.</param>
    /// <param name="index">Null when false is returned.</param>
    /// <returns>False when the lengths do not fit together or the version is another. The checksum is not computed.</returns>
    public static bool TryOpen(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out PackIndex? index)
    {
        index = null;
        var span = octets.Span;
        if (span.Length < TableStart + (2 * ObjectId.OctetCount) || !span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]))
            return false;
        uint count = 0;
        for (var octet = 0; octet < 256; octet++)
        {
            var upTo = BinaryPrimitives.ReadUInt32BigEndian(span[(HeaderOctets + (4 * octet))..]);
            if (upTo < count)
                return false;
            count = upTo;
        }
        var rest = span.Length - (TableStart + ((ObjectId.OctetCount + 8L) * count) + (2 * ObjectId.OctetCount));
        if (rest < 0 || rest % 8 != 0 || rest / 8 > count)
            return false;
        index = new(octets, (int)count, (int)(rest / 8));
        return true;
    }

    /// <summary>Finds an object.</summary>
    /// <param name="id">The object's name.</param>
    /// <param name="position">Its place in the order of ids, 0 to <see cref="Count"/> - 1.</param>
    public bool TryFind(ObjectId id, out int position)
    {
        var span = octets.Span;
        var low = id.FirstOctet == 0 ? 0 : FanOut(span, id.FirstOctet - 1);
        var high = FanOut(span, id.FirstOctet);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = id.CompareTo(IdAt(middle));
            if (order == 0)
            {
                position = middle;
                return true;
            }
            if (order < 0)
                high = middle;
            else
                low = middle + 1;
        }
        position = -1;
        return false;
    }

    /// <summary>The object at a place in the order of ids.</summary>
    public ObjectId IdAt(int position) => ObjectId.FromOctets(octets.Span[(TableStart + (ObjectId.OctetCount * position))..]);

    /// <summary>CRC-32 of the entry at a place in the order of ids.</summary>
    public uint ChecksumAt(int position) => BinaryPrimitives.ReadUInt32BigEndian(octets.Span[(TableStart + (ObjectId.OctetCount * Count) + (4 * position))..]);

    /// <summary>Where in the pack the object at a place in the order of ids begins; -1 when the index is broken there.</summary>
    public long OffsetAt(int position)
    {
        var span = octets.Span;
        var table = TableStart + ((ObjectId.OctetCount + 4) * Count);
        var offset = BinaryPrimitives.ReadUInt32BigEndian(span[(table + (4 * position))..]);
        if ((offset & 0x8000_0000) == 0)
            return offset;
        var large = (int)(offset & 0x7FFF_FFFF);
        return large < largeOffsets ? Math.Max(-1, BinaryPrimitives.ReadInt64BigEndian(span[(table + (4 * Count) + (8 * large))..])) : -1;
    }

    private static int FanOut(ReadOnlySpan<byte> span, int octet) => (int)BinaryPrimitives.ReadUInt32BigEndian(span[(HeaderOctets + (4 * octet))..]);
}
