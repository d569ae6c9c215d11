using System.Formats.Tar;
using System.Text;
using Riad.Images.Boot;
using Riad.Images.Packages;
using Riad.Images.Trees;
using Xunit;

namespace Riad.Images.Tests.Boot;

public sealed class RaspberryPiTests
{
    private static readonly string[] Firmware =
    [
        "usr/lib/raspi-firmware/bootcode.bin", "usr/lib/raspi-firmware/start.elf", "usr/lib/raspi-firmware/fixup.dat", "usr/lib/raspi-firmware/start4.elf", "usr/lib/raspi-firmware/fixup4.dat",
        "usr/share/doc/raspi-firmware/copyright",
    ];

    private static readonly string[] Boards =
    [
        "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2711-rpi-4-b.dtb", "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2711-rpi-400.dtb", "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2711-rpi-cm4-io.dtb",
        "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2837-rpi-3-a-plus.dtb", "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2837-rpi-3-b-plus.dtb", "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2837-rpi-3-b.dtb",
        "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2837-rpi-cm3-io3.dtb", "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm2837-rpi-zero-2-w.dtb",
    ];

    [Fact]
    public void The_card_holds_firmware_kernel_boards_and_what_tells_them_of_each_other()
    {
        Assert.True(RaspberryPi.TryBuild(Package([.. Firmware, "usr/lib/raspi-firmware/start_x.elf"]), Package([.. Boards, "usr/lib/linux-image-6.1.0-56-arm64/broadcom/bcm4908-x.dtb"]), "kernel"u8.ToArray(), "files"u8.ToArray(), out var tree, out _));

        Assert.Equal(
            [
                "LICENCE.txt", "bcm2711-rpi-4-b.dtb", "bcm2711-rpi-400.dtb", "bcm2711-rpi-cm4-io.dtb", "bcm2837-rpi-3-a-plus.dtb", "bcm2837-rpi-3-b-plus.dtb", "bcm2837-rpi-3-b.dtb", "bcm2837-rpi-cm3-io3.dtb", "bcm2837-rpi-zero-2-w.dtb",
                "bootcode.bin", "cmdline.txt", "config.txt", "fixup.dat", "fixup4.dat", "initrd.img", "kernel8.img", "start.elf", "start4.elf",
            ], tree.Nodes.Keys);
        Assert.Equal("upstream_kernel=1\narm_64bit=1\nenable_uart=1\nkernel=kernel8.img\ninitramfs initrd.img followkernel\n", Text(tree, "config.txt"));
        Assert.Equal("console=tty0 console=ttyS1,115200 quiet panic=10 lockdown=confidentiality debugfs=off DOTNET_GCgen0size=80000 DOTNET_EnableDiagnostics=0\n", Text(tree, "cmdline.txt"));
        Assert.Equal(("kernel", "files", "copyright", "bcm2837-rpi-3-b.dtb"), (Text(tree, "kernel8.img"), Text(tree, "initrd.img"), Text(tree, "LICENCE.txt"), Text(tree, "bcm2837-rpi-3-b.dtb")));
    }

    [Fact]
    public void A_card_without_a_file_that_a_board_starts_from_is_none()
    {
        foreach (var file in Firmware)
        {
            Assert.False(RaspberryPi.TryBuild(Package([.. Firmware.Where(other => other != file)]), Package(Boards), default, default, out _, out var missing));
            Assert.Equal(file, missing);
        }
        foreach (var board in Boards)
        {
            Assert.False(RaspberryPi.TryBuild(Package(Firmware), Package([.. Boards.Where(other => other != board)]), default, default, out _, out var missing));
            Assert.Equal(board.Split('/')[^1], missing);
        }
    }

    // Every file says its own name.
    private static PackageFiles Package(string[] paths)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var path in paths)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + path) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(path.Split('/')[^1])) });
        }
        tar.Position = 0;
        return PackageFiles.Read(tar);
    }

    private static string Text(FileTree tree, string path) => Encoding.ASCII.GetString(((Node.File)tree.Nodes[path]).Content.Span);
}
