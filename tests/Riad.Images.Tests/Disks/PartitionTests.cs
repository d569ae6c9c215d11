using System.Buffers.Binary;
using System.Text;
using Riad.Images.Disks;
using Xunit;

namespace Riad.Images.Tests.Disks;

public sealed class PartitionTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public void The_checksum_is_that_of_the_standard() =>
        // The check value of CRC-32 in every catalogue.
        Assert.Equal(0xCBF43926, Crc32.Compute("123456789"u8));

    [Fact]
    public void Both_tables_of_a_disk_for_UEFI_agree_and_hold()
    {
        var disk = GuidPartitionTable.Write("x", [new(PartitionKind.Boot, "riad-boot", new byte[3 * MiB]), new(PartitionKind.Data, "riad-data", new byte[MiB + 1])]);
        var octets = Render(disk);
        var (first, last) = (octets[512..1024], octets[^512..]);

        Assert.Equal(7 * MiB, disk.Length);
        foreach (var (header, own, other, table) in new[] { (first, 1L, disk.Length / 512 - 1, 2L), (last, disk.Length / 512 - 1, 1L, disk.Length / 512 - 33) })
        {
            Assert.Equal("EFI PART"u8.ToArray(), header[..8]);
            Assert.Equal((own, other, table), (Long(header, 24), Long(header, 32), Long(header, 72)));
            Assert.Equal((34L, disk.Length / 512 - 34), (Long(header, 40), Long(header, 48)));
            Assert.Equal(Crc32.Compute(octets.AsSpan((int)table * 512, 128 * 128)), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(88)));
            var sum = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16));
            header.AsSpan(16, 4).Clear();
            Assert.Equal(Crc32.Compute(header.AsSpan(0, 92)), sum);
        }
        var entries = octets.AsSpan(1024, 256).ToArray();
        Assert.Equal(new Guid("C12A7328-F81F-11D2-BA4B-00A0C93EC93B"), new Guid(entries.AsSpan(0, 16)));
        Assert.Equal((2048L, 2048L + (3 * 2048) - 1), (Long(entries, 32), Long(entries, 40)));
        Assert.Equal((4 * 2048L, (6 * 2048L) - 1), (Long(entries, 128 + 32), Long(entries, 128 + 40)));
        Assert.Equal("riad-data", Encoding.Unicode.GetString(entries, 128 + 56, 18));
        Assert.Equal((0xEE, 0x55, 0xAA), (octets[450], octets[510], octets[511]));
    }

    [Fact]
    public void A_disk_for_old_firmware_has_four_entries_in_its_first_sector()
    {
        var octets = Render(MasterBootRecord.Write(0x01020304, [new(PartitionKind.Boot, "b", new byte[MiB]), new(PartitionKind.Data, "d", new byte[2 * MiB])]));

        Assert.Equal("04030201" + "0000" + "80FEFFFF0CFEFFFF0008000000080000" + "00FEFFFF83FEFFFF0010000000100000" + new string('0', 64) + "55AA", Convert.ToHexString(octets.AsSpan(440, 72)));
        Assert.Equal(4 * MiB, octets.Length);
    }

    private static byte[] Render(Disk disk)
    {
        var octets = new byte[disk.Length];
        foreach (var piece in disk.Pieces)
            piece.Content.CopyTo(octets.AsMemory((int)piece.Offset));
        return octets;
    }

    private static long Long(byte[] octets, int at) => BinaryPrimitives.ReadInt64LittleEndian(octets.AsSpan(at));
}
