using System.Buffers.Binary;
using Riad.Core;

namespace Riad.Images.Disks;

/// <summary>A disk for firmware that knows no GUID partition table, such as a Raspberry Pi's.</summary>
public static class MasterBootRecord
{
    /// <summary>Puts partitions on a disk, one behind the other.</summary>
    /// <param name="identifier">The disk's number.</param>
    /// <param name="partitions">At most four.</param>
    public static Disk Write(uint identifier, Seq<Partition> partitions)
    {
        var start = new byte[Disk.Sector];
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(440), identifier);
        var pieces = new List<DiskPiece> { new(0, start) };
        var offset = (long)Disk.Mebibyte;
        for (var index = 0; index < partitions.Count; index++)
        {
            var partition = partitions[index];
            WriteEntry(start.AsSpan(446 + (16 * index)), TypeOf(partition.Kind), partition.Kind is PartitionKind.Boot, (uint)(offset / Disk.Sector), (uint)(partition.Length / Disk.Sector));
            pieces.Add(new(offset, partition.Content));
            offset += partition.Length;
        }
        (start[510], start[511]) = (0x55, 0xAA);
        return new(offset, [.. pieces]);
    }

    /// <summary>Writes one of the four entries. Cylinders, heads and sectors say that they cannot say it.</summary>
    internal static void WriteEntry(Span<byte> entry, byte type, bool active, uint first, uint count)
    {
        ReadOnlySpan<byte> beyond = [0xFE, 0xFF, 0xFF];
        entry[0] = active ? (byte)0x80 : (byte)0;
        beyond.CopyTo(entry[1..]);
        entry[4] = type;
        beyond.CopyTo(entry[5..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], count);
    }

    private static byte TypeOf(PartitionKind kind) => kind switch
    {
        PartitionKind.Boot => 0x0C,
        PartitionKind.Data => 0x83,
    };
}
