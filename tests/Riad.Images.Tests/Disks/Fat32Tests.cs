using System.Buffers.Binary;
using Riad.Images.Disks;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Disks;

public sealed class Fat32Tests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 16, 45, 30, TimeSpan.Zero);

    [Fact]
    public void Files_are_read_back_by_their_names()
    {
        var large = new byte[100_000];
        new Random(1).NextBytes(large);
        var tree = FileTree.Empty
            .With("EFI/BOOT/BOOTX64.EFI", new Node.File(large, Modes.Text)).WithText("config.txt", "").WithText("bcm2711-rpi-4-b.dtb", "4").WithText("bcm2711-rpi-400.dtb", "400").WithText("a+b", "plus");

        var files = new FatReader(Write(tree)).ReadAll();

        Assert.Equal(
            ["EFI/BOOT/BOOTX64.EFI (BOOTX64.EFI)", "a+b (A_B~1)", "bcm2711-rpi-4-b.dtb (BCM271~1.DTB)", "bcm2711-rpi-400.dtb (BCM271~2.DTB)", "config.txt (CONFIG.TXT)"], files.Keys);
        Assert.Equal(large, files["EFI/BOOT/BOOTX64.EFI (BOOTX64.EFI)"]);
        Assert.Equal("400"u8.ToArray(), files["bcm2711-rpi-400.dtb (BCM271~2.DTB)"]);
        Assert.Empty(files["config.txt (CONFIG.TXT)"]);
    }

    [Fact]
    public void A_folder_may_need_many_clusters()
    {
        var tree = Enumerable.Range(0, 100).Aggregate(FileTree.Empty, (tree, number) => tree.WithText($"F{number:D3}", $"{number}"));

        Assert.Equal(100, new FatReader(Write(tree)).ReadAll().Count);
    }

    [Fact]
    public void The_first_sector_says_what_it_is()
    {
        var volume = Write(FileTree.Empty.WithText("A", "x"));

        Assert.Equal("RIAD       FAT32   "u8.ToArray(), volume[71..90]);
        Assert.Equal(0x01020304u, BinaryPrimitives.ReadUInt32LittleEndian(volume.AsSpan(67)));
        Assert.Equal([0x55, 0xAA], volume[510..512]);
        Assert.Equal(volume[..1024], volume[(6 * 512)..((6 * 512) + 1024)]);
        // 16:45:30 on 2026-11-21, as the entry of the file has it behind the label's.
        var data = (BinaryPrimitives.ReadUInt16LittleEndian(volume.AsSpan(14)) + (2 * BinaryPrimitives.ReadInt32LittleEndian(volume.AsSpan(36)))) * 512;
        Assert.Equal((ushort)((16 << 11) | (45 << 5) | 15), BinaryPrimitives.ReadUInt16LittleEndian(volume.AsSpan(data + 32 + 22)));
        Assert.Equal((ushort)((46 << 9) | (11 << 5) | 21), BinaryPrimitives.ReadUInt16LittleEndian(volume.AsSpan(data + 32 + 24)));
    }

    [Fact]
    public void There_are_enough_clusters_for_FAT32()
    {
        var volume = Write(FileTree.Empty);
        var sectors = BinaryPrimitives.ReadInt32LittleEndian(volume.AsSpan(32));
        var clusters = sectors - 32 - (2 * BinaryPrimitives.ReadInt32LittleEndian(volume.AsSpan(36)));

        Assert.Equal(Fat32.Smallest / 512, sectors);
        // The table has an entry for each, and two that stand for none.
        Assert.InRange(clusters + 2, 65525 + 2, 128 * BinaryPrimitives.ReadInt32LittleEndian(volume.AsSpan(36)));
    }

    [Fact]
    public void What_does_not_fit_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => Write(FileTree.Empty.With("A", new Node.File(new byte[Fat32.Smallest], Modes.Text))));
        Assert.Throws<ArgumentException>(() => Write(FileTree.Empty.With("A", new Node.Link("B"))));
        Assert.Throws<ArgumentException>(() => Fat32.Write("RIAD", 1, Fat32.Smallest - 1, FileTree.Empty, Time));
        Assert.Throws<ArgumentException>(() => Fat32.Write("RIAD", 1, Fat32.Smallest, FileTree.Empty, DateTimeOffset.UnixEpoch));
    }

    private static byte[] Write(FileTree tree) => Fat32.Write("RIAD", 0x01020304, Fat32.Smallest, tree, Time);
}
