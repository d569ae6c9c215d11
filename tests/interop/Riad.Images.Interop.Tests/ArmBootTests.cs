using System.Text.RegularExpressions;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Images for ARM as machines of their own, in QEMU, with a stand-in for the program: kernel, modules, first program, disks and network are those that are shipped.</summary>
[Collection(ImageTests.Name)]
public sealed partial class ArmBootTests(BuiltImages images)
{
    private const string Appliance = "dns-secondary";

    private const string Greeting = "stand-in: started as /init, the first process\n";

    [NeedsFact(StandIn.Assembler, "qemu-system-aarch64", "unsquashfs", "debugfs", Long = true)]
    public void A_machine_starts_the_program_with_its_arguments_mounts_its_disk_and_answers()
    {
        var folder = images.OfArm(Appliance);
        var disk = new DataDisk(Path.Combine(images.Folder, "arm-disk"), Path.Combine(folder, "data.img"));
        disk.AddText("riad.conf", "listen=0.0.0.0:53");
        var modules = BootArchive.Read(Path.Combine(folder, "initramfs.cpio")).PlacesOf("virtio_pci", "virtio_net", "virtio_blk", "ext4");

        using var machine = VirtualMachine.StartArm(images.Folder,
            [
                .. disk.Drive, "-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"),
                "-append", $"{File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim()} riad.hostname=ns2 -- serve {string.Join(' ', modules)} /dev/vda /data/riad.conf =eth0",
            ]);

        machine.UntilConsoleShows("serving\r\n");
        Expect(machine, [Greeting, "stand-in: serve: an argument\n", .. modules.Select(module => $"stand-in: {module}: done\n"), "stand-in: /dev/vda: done\n", "stand-in: /data/riad.conf: listen=0.0.0.0:53\n"]);
        machine.UntilEchoed("are you there?");
    }

    // It is the machine's one program here, so that it is started without anybody who starts programs.
    [NeedsFact(StandIn.Assembler, "qemu-system-aarch64", Long = true)]
    public void Ssh_finds_all_libraries_that_it_is_linked_with()
    {
        var (program, folder) = (Path.Combine(images.Folder, "arm-ssh-program"), Path.Combine(images.Folder, "arm-ssh"));
        File.WriteAllBytes(program, Layer.Read(images.OfArm("dns-primary-git-ssh")).Files["usr/bin/ssh"]);
        images.BuildArm("dns-primary-git-ssh", folder, [], Checkout.Root, program).MustSucceed();

        using var machine = VirtualMachine.StartArm(images.Folder,
            "-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"), "-append", $"{File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim()} -- -V");

        machine.UntilConsoleShows("OpenSSH_");
    }

    [NeedsFact(StandIn.Assembler, "qemu-system-aarch64", "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd", Long = true)]
    public void The_disk_boots_by_UEFI()
    {
        var disk = Path.Combine(images.Folder, "arm-uefi.img");
        File.Copy(Path.Combine(images.OfArm(Appliance), "disk.img"), disk, overwrite: true);

        using var machine = VirtualMachine.StartArm(images.Folder, "-bios", "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd", "-drive", $"file={disk},format=raw,if=virtio");

        machine.UntilOff();
        Expect(machine, [Greeting, "stand-in: the end\n"]);
    }

    [NeedsFact(StandIn.Assembler, "qemu-system-aarch64", "unsquashfs", "debugfs", "sfdisk", "mcopy", Long = true)]
    public void A_Raspberry_Pi_3_starts_what_is_on_its_card_and_mounts_the_grown_second_partition()
    {
        var card = PrepareCard("pi-card");

        using var machine = StartPi(card, ["bcm2835", "bcm2835_wdt", "ext4"], "/dev/mmcblk0p2 /data/riad.conf");

        machine.UntilOff();
        Expect(machine, [Greeting, "stand-in: /dev/mmcblk0p2: done\n", "stand-in: /data/riad.conf: listen=0.0.0.0:53\n", "stand-in: the end\n"]);
    }

    [NeedsFact(StandIn.Assembler, "qemu-system-aarch64", "unsquashfs", "debugfs", "sfdisk", "mcopy", Long = true)]
    public void A_Raspberry_Pi_3_answers_over_Ethernet_at_its_USB()
    {
        var card = PrepareCard("pi-network");

        using var machine = StartPi(card, ["phy-generic", "dwc2", "cdc_ether"], "=usb0", "-device", "usb-net,netdev=net");

        machine.UntilConsoleShows("serving\r\n");
        machine.UntilEchoed("are you there?");
    }

    // As the firmware would: the kernel with the board's description and the line of cmdline.txt. A person may append to the line, and so does this.
    private VirtualMachine StartPi(MemoryCard card, string[] modules, string arguments, params string[] devices)
    {
        var places = BootArchive.Read(card.Outside("initrd.img")).PlacesOf(modules);
        return VirtualMachine.StartPi(images.Folder,
            [
                .. devices, "-drive", $"file={card.Place},format=raw,if=sd", "-kernel", card.Outside("kernel8.img"), "-initrd", card.Outside("initrd.img"), "-dtb", card.Outside("bcm2837-rpi-3-b.dtb"),
                "-append", $"{File.ReadAllText(card.Outside("cmdline.txt")).Trim()} -- {string.Join(' ', places)} {arguments}",
            ]);
    }

    private MemoryCard PrepareCard(string name)
    {
        var card = new MemoryCard(Path.Combine(images.Folder, name), Path.Combine(images.OfArm(Appliance), "sd-card.img"));
        // QEMU takes cards whose size is a power of two only.
        card.Grow(512 << 20);
        card.AddData("riad.conf", "listen=0.0.0.0:53");
        card.ReadBootFiles();
        return card;
    }

    // The kernel writes its lines where it likes.
    private static void Expect(VirtualMachine machine, IEnumerable<string> lines)
    {
        var console = KernelLine().Replace(machine.Console.ReplaceLineEndings("\n"), "");
        Assert.All(lines, line => Assert.True(console.Contains(line, StringComparison.Ordinal), $"not '{line}' on the console:\n{machine.Console}"));
    }

    [GeneratedRegex(@"\[ *\d+\.\d{6}\] [^\n]*\n", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KernelLine();
}
