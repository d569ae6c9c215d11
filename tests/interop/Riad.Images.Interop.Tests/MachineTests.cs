using System.Text.RegularExpressions;
using Riad.Images.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>What the first process of a machine does when something is not as it should be.</summary>
[Collection(ImageTests.Name)]
public sealed class MachineTests(BuiltImages images)
{
    private const string Primary = "dns-primary-git", Settings = "listen=0.0.0.0:53\nhttp=0.0.0.0:80\nexample=true\n";

    [NeedsFact("qemu-system-x86_64", "dig", "debugfs", Long = true)]
    public void A_service_that_is_ended_starts_again_later_and_later_and_its_end_is_kept()
    {
        var disk = Disk("crash", Settings);
        using (var machine = Boot(disk, "sysrq_always_enabled=1"))
        {
            for (var ends = 0; ends < 3; ends++)
            {
                machine.Until($"ready {ends + 1} times", () => Regex.Count(machine.Console, "^ready: ", RegexOptions.Multiline) > ends);
                // The kernel ends every process but the first.
                machine.Tell("sendkey alt-sysrq-i");
                machine.Until($"ended {ends + 1} times", () => Regex.Count(machine.Console, "the service was ended by signal 9") > ends);
            }
            machine.UntilDigSays("192.0.2.10", "www.example.org", "A");
            Assert.Equal(["0", "1", "2"], Regex.Matches(machine.Console, @"starts again in (\d+) s").Select(match => match.Groups[1].Value));

            machine.Tell("sendkey ctrl-alt-delete");
            machine.UntilOff();
            Assert.Contains("stopping: ctrl-alt-del", machine.Console, StringComparison.Ordinal);
            Assert.Contains("the end", machine.Console, StringComparison.Ordinal);
        }
        Assert.True(disk.Check().Succeeded);
        var kept = disk.FilesIn("crashes");
        Assert.Equal(3, kept.Count);
        var text = disk.Read("crashes/" + kept[0]);
        Assert.StartsWith("the service was ended by signal 9 after ", text, StringComparison.Ordinal);
        Assert.Contains("\nready: ", text, StringComparison.Ordinal);
    }

    [NeedsFact("qemu-system-x86_64", "debugfs", Long = true)]
    public void What_was_set_wrongly_is_said_on_the_console_and_the_page_and_the_machine_waits()
    {
        // Two of the machine, two of the service.
        using var machine = Boot(Disk("mistakes", Settings + "ntp=tomorrow\nipv4=here\nspeed=9\nlog-level=loud\n"));
        machine.UntilConsoleShows("waiting: http://");
        var (status, text) = machine.Get("/");
        Assert.Equal(503, status);
        foreach (var mistake in (string[])["riad.ntp: 'tomorrow' will not do", "riad.ipv4: 'here' will not do", "riad.speed sets nothing here", "riad.log-level: 'loud' will not do"])
        {
            Assert.Contains("dns-primary-git does not run: " + mistake, text, StringComparison.Ordinal);
            Assert.Contains("dns-primary-git does not run: " + mistake, machine.Console, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("starts again", machine.Console, StringComparison.Ordinal);

        machine.Tell("system_powerdown");
        machine.UntilOff();
    }

    [NeedsFact("qemu-system-x86_64", "dig", "debugfs", Long = true)]
    public void Each_of_several_interfaces_gets_a_lease_and_options_may_come_from_the_command_line()
    {
        using var machine = Boot(Disk("interfaces", "example=true\n"), "riad.listen=0.0.0.0:53 riad.http=0.0.0.0:80 riad.hostname=ns7", "-netdev", "user,id=second,net=10.0.3.0/24", "-device", "virtio-net-pci,netdev=second,romfile=");

        machine.UntilDigSays("192.0.2.10", "www.example.org", "A");
        Assert.Contains("eth0: 10.0.2.15/24 by 10.0.2.2 from DHCP", machine.Console, StringComparison.Ordinal);
        Assert.Contains("eth1: 10.0.3.15/24 by 10.0.3.2 from DHCP", machine.Console, StringComparison.Ordinal);
        machine.Tell("system_powerdown");
        machine.UntilOff();
    }

    [NeedsFact("qemu-system-x86_64", "debugfs", Long = true)]
    public void A_card_that_is_plugged_in_later_gets_its_module_and_a_lease()
    {
        using var machine = Boot(Disk("plugged", Settings), "", "-device", "pcie-root-port,id=socket,chassis=1", "-netdev", "user,id=second,net=10.0.3.0/24");
        machine.UntilConsoleShows("ready: ");
        // One that Debian's kernel for clouds has a module for, and that no device there from the start has loaded.
        machine.Tell("device_add vmxnet3,netdev=second,bus=socket,romfile=");
        machine.UntilConsoleShows("eth1: 10.0.3.15/24 by 10.0.3.2 from DHCP");

        machine.Tell("system_powerdown");
        machine.UntilOff();
        Assert.Contains("the end", machine.Console, StringComparison.Ordinal);
    }

    [NeedsFact("qemu-system-x86_64", "dig", "debugfs", Long = true)]
    public void A_watchdog_that_hears_nothing_resets_the_machine_and_one_that_is_fed_does_not()
    {
        using var fed = Boot(Disk("fed", Settings));
        fed.UntilConsoleShows("the watchdog (Software Watchdog) resets the machine after 60 s");
        using (var unfed = Boot(Disk("unfed", Settings), "riad.watchdog=test"))
        {
            unfed.UntilConsoleShows("nothing will be said to it");
            unfed.UntilConsoleShows("ready: ");
            unfed.UntilOff();
            Assert.DoesNotContain("the end", unfed.Console, StringComparison.Ordinal);
        }
        // It began before, and has been awake for longer.
        Assert.Equal("192.0.2.10", fed.Dig("www.example.org", "A"));
        fed.Tell("system_powerdown");
        fed.UntilOff();
        Assert.DoesNotContain("did not stop", fed.Console, StringComparison.Ordinal);
    }

    private DataDisk Disk(string name, string settings)
    {
        var disk = new DataDisk(Path.Combine(images.Folder, "machine-" + name), Path.Combine(images.Of(Primary), "data.img"));
        disk.AddText("riad.conf", settings);
        return disk;
    }

    private VirtualMachine Boot(DataDisk disk, string line = "", params string[] arguments)
    {
        var folder = images.Of(Primary);
        return VirtualMachine.StartPc(images.Folder,
            ["-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"), "-append", $"{File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim()} {line}", .. disk.Drive, .. arguments]);
    }
}
