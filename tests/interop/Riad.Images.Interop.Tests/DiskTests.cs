using System.Text.Json;
using Riad.Images.Disks;
using Riad.Images.Interop.Tests.Running;
using Riad.Images.Trees;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Disks as other people's programs read them.</summary>
[Collection(ImageTests.Name)]
public sealed class DiskTests(BuiltImages images)
{
    private const string Appliance = "dns-primary-git";

    private string Folder => Directory.CreateDirectory(Path.Combine(images.Folder, "disks")).FullName;

    [NeedsFact("sfdisk", "fsck.fat", "mcopy", Long = true)]
    public void The_disk_for_UEFI_is_sound_and_holds_the_program_that_lies_beside_it()
    {
        var disk = Path.Combine(images.Of(Appliance), "disk.img");

        Assert.Equal(["C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "0FC63DAF-8483-4772-8E79-3D69D8477DE4"], Check(disk));
        Assert.Equal(File.ReadAllBytes(Path.Combine(images.Of(Appliance), $"{Appliance}.efi")), Read(disk, "EFI/BOOT/BOOTX64.EFI"));
    }

    [NeedsFact("sfdisk", "fsck.fat", "mcopy", Long = true)]
    public void The_program_of_a_disk_is_replaced_as_the_manual_says()
    {
        var disk = Path.Combine(Folder, "running.img");
        File.Copy(Path.Combine(images.Of(Appliance), "disk.img"), disk, overwrite: true);
        var program = Enumerable.Range(0, 20_000_000).Select(number => (byte)number).ToArray();
        File.WriteAllBytes(Path.Combine(Folder, "newer.efi"), program);

        Tool.Run("mcopy", ["-o", "-i", $"{disk}@@1M", "newer.efi", "::EFI/BOOT/BOOTX64.EFI"], Folder).MustSucceed();

        Assert.Equal(2, Check(disk).Count);
        Assert.Equal(program, Read(disk, "EFI/BOOT/BOOTX64.EFI"));
    }

    [NeedsFact("sfdisk", "fsck.fat", "mcopy", Long = true)]
    public void A_card_is_sound_and_its_files_have_their_names()
    {
        var tree = FileTree.Empty.WithText("config.txt", "a").WithText("bcm2711-rpi-4-b.dtb", "four").WithText("bcm2711-rpi-400.dtb", "four hundred").WithText("overlays/vc4-kms-v3d.dtbo", "")
            .With("kernel8.img", new Node.File(new byte[3_000_001], Modes.Text));
        var volume = Fat32.Write("RIAD", 1, 64 * Disk.Mebibyte, tree, new(2026, 11, 21, 16, 45, 30, TimeSpan.Zero));
        var disk = Write(MasterBootRecord.Write(0x12345678, [new(PartitionKind.Boot, "riad-boot", volume), new(PartitionKind.Data, "riad-data", new byte[Disk.Mebibyte])]), "card.img");

        Assert.Equal(["c", "83"], Check(disk));
        Assert.Equal("four hundred"u8.ToArray(), Read(disk, "bcm2711-rpi-400.dtb"));
        Assert.Equal("four"u8.ToArray(), Read(disk, "bcm2711-rpi-4-b.dtb"));
        Assert.Empty(Read(disk, "overlays/vc4-kms-v3d.dtbo"));
        Assert.Equal(3_000_001, Read(disk, "kernel8.img").Length);
    }

    // The types of its partitions. Both programs find nothing wrong, in the table and in the first partition.
    private List<string> Check(string disk)
    {
        var verified = Sbin("sfdisk", "--verify", disk).MustSucceed();
        Assert.Contains("No errors detected.", verified.Output + verified.Error, StringComparison.Ordinal);
        using var table = JsonDocument.Parse(Sbin("sfdisk", "--json", disk).MustSucceed().Output);
        var partitions = table.RootElement.GetProperty("partitiontable").GetProperty("partitions").EnumerateArray().ToList();

        var volume = Path.Combine(Folder, "volume");
        var content = new byte[partitions[0].GetProperty("size").GetInt64() * Disk.Sector];
        using (var file = File.OpenRead(disk))
        {
            file.Position = partitions[0].GetProperty("start").GetInt64() * Disk.Sector;
            file.ReadExactly(content);
        }
        File.WriteAllBytes(volume, content);
        Sbin("fsck.fat", "-n", "-v", volume).MustSucceed();
        return [.. partitions.Select(partition => partition.GetProperty("type").GetString()!)];
    }

    private byte[] Read(string disk, string path)
    {
        var read = Path.Combine(Folder, "read");
        Tool.Run("mcopy", ["-n", "-o", "-i", $"{disk}@@1M", $"::{path}", read], Folder).MustSucceed();
        return File.ReadAllBytes(read);
    }

    private string Write(Disk disk, string name)
    {
        var path = Path.Combine(Folder, name);
        using var file = File.Create(path);
        file.SetLength(disk.Length);
        foreach (var piece in disk.Pieces)
        {
            file.Position = piece.Offset;
            file.Write(piece.Content.Span);
        }
        return path;
    }

    private ToolResult Sbin(params string[] words) => Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin exec \"$@\"", "sh", .. words], Folder);
}
