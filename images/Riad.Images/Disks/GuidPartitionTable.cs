using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Riad.Core;

namespace Riad.Images.Disks;

/// <summary>A disk for UEFI: partitions with a table at the start and its copy at the end.</summary>
/// <remarks>Source: UEFI specification §5.3.</remarks>
public static class GuidPartitionTable
{
    private const int Entries = 128, EntryLength = 128, HeaderLength = 92;

    private const int TableSectors = Entries * EntryLength / Disk.Sector;

    private static readonly Guid SystemPartition = new("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");

    private static readonly Guid LinuxData = new("0FC63DAF-8483-4772-8E79-3D69D8477DE4");

    /// <summary>Puts partitions on a disk, one behind the other.</summary>
    /// <param name="name">Of the disk: identifiers are made of it, so that the same image has the same ones.</param>
    /// <param name="partitions">At most 128.</param>
    public static Disk Write(string name, Seq<Partition> partitions)
    {
        var pieces = new List<DiskPiece>();
        var table = new byte[Entries * EntryLength];
        var offset = (long)Disk.Mebibyte;
        for (var index = 0; index < partitions.Count; index++)
        {
            WriteEntry(table.AsSpan(index * EntryLength, EntryLength), partitions[index], Identify($"{name} {index}"), offset);
            pieces.Add(new(offset, partitions[index].Content));
            offset += partitions[index].Length;
        }

        var length = offset + Disk.Mebibyte;
        var last = (length / Disk.Sector) - 1;
        var start = new byte[(2 + TableSectors) * Disk.Sector];
        WriteProtection(start, last);
        WriteHeader(start.AsSpan(Disk.Sector), Identify(name), table, own: 1, other: last, tableAt: 2);
        table.CopyTo(start, 2 * Disk.Sector);
        var end = new byte[(TableSectors + 1) * Disk.Sector];
        table.CopyTo(end, 0);
        WriteHeader(end.AsSpan(TableSectors * Disk.Sector), Identify(name), table, own: last, other: 1, tableAt: last - TableSectors);
        return new(length, [new(0, start), .. pieces, new(length - end.Length, end)]);
    }

    // One entry of the old kind over the whole disk tells old tools to keep away.
    private static void WriteProtection(Span<byte> sector, long last)
    {
        MasterBootRecord.WriteEntry(sector[446..], type: 0xEE, active: false, first: 1, count: (uint)Math.Min(last, uint.MaxValue));
        (sector[510], sector[511]) = (0x55, 0xAA);
    }

    private static void WriteHeader(Span<byte> header, Guid disk, ReadOnlySpan<byte> table, long own, long other, long tableAt)
    {
        var last = Math.Max(own, other);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], 0x0001_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], own);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], other);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], 2 + TableSectors);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], last - TableSectors - 1);
        disk.TryWriteBytes(header[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], tableAt);
        BinaryPrimitives.WriteInt32LittleEndian(header[80..], Entries);
        BinaryPrimitives.WriteInt32LittleEndian(header[84..], EntryLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], Crc32.Compute(table));
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc32.Compute(header[..HeaderLength]));
    }

    private static void WriteEntry(Span<byte> entry, Partition partition, Guid identifier, long offset)
    {
        TypeOf(partition.Kind).TryWriteBytes(entry);
        identifier.TryWriteBytes(entry[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], offset / Disk.Sector);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], ((offset + partition.Length) / Disk.Sector) - 1);
        Encoding.Unicode.GetBytes(partition.Name, entry[56..]);
    }

    private static Guid TypeOf(PartitionKind kind) => kind switch
    {
        PartitionKind.Boot => SystemPartition,
        PartitionKind.Data => LinuxData,
    };

    private static Guid Identify(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
