using Riad.Images.Packages;
using Riad.Images.Trees;

namespace Riad.Images.Boot;

/// <summary>The boot partition of a Raspberry Pi's card.</summary>
/// <remarks>
/// Models 3, 3 B+, Zero 2 W, 4, 400 and CM4: Linux 6.1 does not know the Pi 5. The firmware files are Broadcom's and
/// not free: they may be copied for use with a Raspberry Pi.
/// </remarks>
public static class RaspberryPi
{
    private const string Firmware = "usr/lib/raspi-firmware/";

    private const string Line = "console=ttyS1,115200 console=tty0 quiet panic=10 rootfstype=ramfs";

    /// <summary>The files.</summary>
    /// <param name="firmware">Of the package raspi-firmware among others.</param>
    /// <param name="kernel">Of the kernel's package: it has the descriptions of the boards.</param>
    /// <param name="image">The kernel.</param>
    /// <param name="initramfs">What it unpacks.</param>
    public static FileTree Volume(PackageFiles firmware, PackageFiles kernel, ReadOnlyMemory<byte> image, ReadOnlyMemory<byte> initramfs)
    {
        var tree = FileTree.Empty
            .With("kernel8.img", new Node.File(image, Modes.Text))
            .With("initrd.img", new Node.File(initramfs, Modes.Text))
            .WithText("config.txt", "arm_64bit=1\nenable_uart=1\nkernel=kernel8.img\ninitramfs initrd.img followkernel\n")
            .WithText("cmdline.txt", Line + "\n");
        string[] wanted = ["bootcode.bin", "start.elf", "start4.elf", "fixup.dat", "fixup4.dat"];
        foreach (var name in wanted)
            tree = Add(tree, firmware, Firmware + name);
        foreach (var path in kernel.Paths.Where(path => path.Contains("/broadcom/bcm2", StringComparison.Ordinal) && path.EndsWith(".dtb", StringComparison.Ordinal)))
            tree = Add(tree, kernel, path);
        return tree;
    }

    private static FileTree Add(FileTree tree, PackageFiles files, string path) =>
        files.TryFind(path, out var content) ? tree.With(path[(path.LastIndexOf('/') + 1)..], new Node.File(content, Modes.Text)) : tree;
}
