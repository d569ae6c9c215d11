using Riad.Images.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>What a machine does when its console or its disk will not do.</summary>
[Collection(ImageTests.Name)]
public sealed class MachineFaultTests(BuiltImages images)
{
    private const string Primary = "dns-primary-git", Line = "riad.listen=0.0.0.0:53 riad.http=0.0.0.0:80 riad.example=true";

    // Where a superblock says which features it needs, among them one that no kernel knows.
    private const int FeaturesOffset = 1024 + 0x60;

    [NeedsFact("qemu-system-x86_64", "dig", "debugfs", Long = true)]
    public void A_console_that_somebody_stops_stops_neither_the_service_nor_the_power_button()
    {
        const string stop = "\x13";
        using var machine = Boot(NewDisk("stopped"));
        machine.UntilDigSays("192.0.2.10", "www.example.org", "A");
        machine.Type(stop);
        Assert.Equal("192.0.2.10", machine.Dig("www.example.org", "A"));
        machine.Tell("system_powerdown");
        machine.UntilOff();
        Assert.Contains("the end", machine.Console, StringComparison.Ordinal);
    }

    [NeedsFact("qemu-system-x86_64", "debugfs", Long = true)]
    public void A_disk_that_cannot_be_mounted_is_no_reason_to_keep_things_in_memory()
    {
        var disk = NewDisk("damaged");
        using (var file = File.OpenWrite(disk.Path))
        {
            file.Position = FeaturesOffset;
            file.Write([0xff, 0xff, 0xff, 0xff]);
        }
        using var machine = Boot(disk);
        machine.UntilConsoleShows("does not run: riad.disk: /dev/vda cannot be mounted");
        machine.UntilConsoleShows("waiting: http://");
        machine.Tell("system_powerdown");
        machine.UntilOff();
    }

    [NeedsFact("qemu-system-x86_64", "debugfs", Long = true)]
    public void Two_disks_with_the_label_are_not_chosen_from()
    {
        var (first, second) = (NewDisk("first"), NewDisk("second"));
        using var machine = Boot(first, second.Drive);
        machine.UntilConsoleShows("does not run: riad.disk: the label riad-data is on /dev/vda and /dev/vdb; write riad.disk=/dev/vda");
        machine.UntilConsoleShows("waiting: http://");
        machine.Tell("system_powerdown");
        machine.UntilOff();
    }

    private DataDisk NewDisk(string name) => new(Path.Combine(images.Folder, name), Path.Combine(images.Of(Primary), "data.img"));

    private VirtualMachine Boot(DataDisk disk, params string[] arguments)
    {
        var folder = images.Of(Primary);
        return VirtualMachine.StartPc(images.Folder,
            ["-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"), "-append", $"{File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim()} {Line}", .. disk.Drive, .. arguments]);
    }
}
