using System.Collections.Immutable;
using Riad.Images.Packages;
using Riad.Images.Trees;

namespace Riad.Images.Boot;

/// <summary>The boot partition of a Raspberry Pi's card.</summary>
/// <remarks>
/// Source: Raspberry Pi documentation, "The config.txt file" and "The boot folder contents". Linux 6.1 does not know the
/// Pi 5. The firmware files are Broadcom's and not free: they may be copied for use with a Raspberry Pi, with their licence.
/// </remarks>
public static class RaspberryPi
{
    private const string Firmware = "usr/lib/raspi-firmware/";

    private const string Licence = "usr/share/doc/raspi-firmware/copyright";

    private const string SerialPins = "ttyS1,115200";

    // By the first setting a Pi 3 looks for its description under the name that Linux has for it.
    private const string Configuration = "upstream_kernel=1\narm_64bit=1\nenable_uart=1\nkernel=kernel8.img\ninitramfs initrd.img followkernel\n";

    // Up to the Pi 3, then from the Pi 4 on, whose first stage is in the board.
    private static readonly ImmutableArray<string> FirmwareFiles = ["bootcode.bin", "start.elf", "fixup.dat", "start4.elf", "fixup4.dat"];

    private static readonly ImmutableArray<string> Boards =
    [
        "bcm2837-rpi-3-a-plus.dtb", "bcm2837-rpi-3-b.dtb", "bcm2837-rpi-3-b-plus.dtb", "bcm2837-rpi-cm3-io3.dtb", "bcm2837-rpi-zero-2-w.dtb",
        "bcm2711-rpi-4-b.dtb", "bcm2711-rpi-400.dtb", "bcm2711-rpi-cm4-io.dtb",
    ];

    /// <summary>Puts the files together.</summary>
    /// <param name="firmware">Of the package raspi-firmware among others.</param>
    /// <param name="kernel">Of the kernel's package: it has the descriptions of the boards.</param>
    /// <param name="image">The kernel.</param>
    /// <param name="initramfs">What it unpacks.</param>
    /// <param name="tree">The files.</param>
    /// <param name="missing">What no package has, without which a board would not start.</param>
    public static bool TryBuild(PackageFiles firmware, PackageFiles kernel, ReadOnlyMemory<byte> image, ReadOnlyMemory<byte> initramfs, out FileTree tree, out string missing)
    {
        tree = FileTree.Empty
            .With("kernel8.img", new Node.File(image, Modes.Text))
            .With("initrd.img", new Node.File(initramfs, Modes.Text))
            .WithText("config.txt", Configuration)
            .WithText("cmdline.txt", KernelLine.Write(SerialPins, panic: 10) + "\n");
        if (!firmware.TryFind(missing = Licence, out var licence))
            return false;
        tree = tree.With("LICENCE.txt", new Node.File(licence, Modes.Text));
        foreach (var name in FirmwareFiles)
        {
            if (!firmware.TryFind(missing = Firmware + name, out var content))
                return false;
            tree = tree.With(name, new Node.File(content, Modes.Text));
        }
        foreach (var board in Boards)
        {
            if (kernel.Paths.FirstOrDefault(path => path.EndsWith("/broadcom/" + board, StringComparison.Ordinal)) is not { } path || !kernel.TryFind(path, out var description))
            {
                missing = board;
                return false;
            }
            tree = tree.With(board, new Node.File(description, Modes.Text));
        }
        return true;
    }
}
