using System.Buffers.Binary;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>One line of an index: an object, where it begins in the pack, and the CRC-32 of its entry.</summary>
public readonly record struct PackIndexEntry(ObjectId Id, long Offset, uint Checksum);

/// <summary>Writes index files of version 2.</summary>
/// <remarks>Pure. Source: gitformat-pack(5).</remarks>
public static class PackIndexWriter
{
    private const int HeaderOctets = 8 + (256 * 4);
    private const long LargestSmallOffset = 0x7FFF_FFFF;

    /// <summary>Makes the whole file.</summary>
    /// <param name="entries">In any order, no id twice. Sorted in place.</param>
    /// <param name="packChecksum">What the pack ends with.</param>
    public static byte[] Write(PackIndexEntry[] entries, ObjectId packChecksum)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Array.Sort(entries, static (left, right) => left.Id.CompareTo(right.Id));
        var large = entries.Count(entry => entry.Offset > LargestSmallOffset);
        var file = new byte[HeaderOctets + ((ObjectId.OctetCount + 8) * entries.Length) + (8 * large) + (2 * ObjectId.OctetCount)];
        ((ReadOnlySpan<byte>)[0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]).CopyTo(file);
        WriteFanOut(entries, file.AsSpan(8));
        WriteTables(entries, file);
        var trailer = file.AsSpan(file.Length - (2 * ObjectId.OctetCount));
        packChecksum.WriteTo(trailer);
        using var hash = new ObjectHash();
        hash.Append(file.AsSpan(0, file.Length - ObjectId.OctetCount));
        hash.Finish().WriteTo(trailer[ObjectId.OctetCount..]);
        return file;
    }

    private static void WriteFanOut(PackIndexEntry[] entries, Span<byte> table)
    {
        var count = 0;
        for (var octet = 0; octet < 256; octet++)
        {
            while (count < entries.Length && entries[count].Id.FirstOctet == octet)
                count++;
            BinaryPrimitives.WriteInt32BigEndian(table[(4 * octet)..], count);
        }
    }

    private static void WriteTables(PackIndexEntry[] entries, Span<byte> file)
    {
        var ids = file[HeaderOctets..];
        var checksums = ids[(ObjectId.OctetCount * entries.Length)..];
        var offsets = checksums[(4 * entries.Length)..];
        var largeOffsets = offsets[(4 * entries.Length)..];
        var large = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index].Id.WriteTo(ids[(ObjectId.OctetCount * index)..]);
            BinaryPrimitives.WriteUInt32BigEndian(checksums[(4 * index)..], entries[index].Checksum);
            if (entries[index].Offset <= LargestSmallOffset)
            {
                BinaryPrimitives.WriteUInt32BigEndian(offsets[(4 * index)..], (uint)entries[index].Offset);
                continue;
            }
            BinaryPrimitives.WriteUInt32BigEndian(offsets[(4 * index)..], 0x8000_0000 | (uint)large);
            BinaryPrimitives.WriteInt64BigEndian(largeOffsets[(8 * large)..], entries[index].Offset);
            large++;
        }
    }
}
