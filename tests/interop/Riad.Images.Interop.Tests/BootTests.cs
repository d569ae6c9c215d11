using Riad.Git.Io.Tests.Remotes;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Images as machines of their own, in QEMU without the help of a processor.</summary>
[Collection(ImageTests.Name)]
public sealed class BootTests(BuiltImages images)
{
    private const string Primary = "dns-primary-git";

    [NeedsFact("qemu-system-x86_64", "dig", "git", "openssl", "debugfs")]
    public void What_is_pushed_to_a_machine_is_served_and_survives_a_power_cut_and_the_power_button()
    {
        var disk = PrepareDisk("power");
        using (var machine = Boot(Primary, disk))
        {
            machine.UntilConsoleShows("ready: ");
            machine.UntilConsoleShows("the service is user 65532 with no capabilities, no new privileges, filtered system calls, a root that is read-only");
            Assert.Contains("/data has grown to 512 MiB", machine.Console, StringComparison.Ordinal);
            Push(machine, disk, "www", "192.0.2.1");
            machine.UntilDigSays("192.0.2.1", "www.example.org", "A");
            machine.Kill();
        }
        using (var machine = Boot(Primary, disk))
        {
            machine.UntilDigSays("192.0.2.1", "+tcp", "www.example.org", "A");
            machine.Tell("system_powerdown");
            machine.UntilOff();
            Assert.Contains("the end", machine.Console, StringComparison.Ordinal);
            // The watchdog was told to sleep.
            Assert.DoesNotContain("did not stop", machine.Console, StringComparison.Ordinal);
        }
        var check = disk.Check();
        Assert.True(check.Succeeded, check.ToString());
    }

    [NeedsFact("qemu-system-x86_64", "/usr/share/OVMF/OVMF_CODE.fd", "dig", "debugfs", Long = true)]
    public void The_disk_boots_by_UEFI_with_options_from_outside()
    {
        var (disk, options) = (Path.Combine(images.Folder, "uefi.img"), Path.Combine(images.Folder, "options"));
        File.Copy(Path.Combine(images.Of(Primary), "disk.img"), disk, overwrite: true);
        File.WriteAllText(options, "listen=0.0.0.0:53\nriad.http=0.0.0.0:80\nexample=true\n");

        using var machine = VirtualMachine.StartPc(images.Folder,
            "-drive", "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE.fd", "-drive", $"file={disk},format=raw,if=virtio", "-fw_cfg", $"name=opt/riad/options,file={options}");

        machine.UntilDigSays("192.0.2.10", "www.example.org", "A");
        Assert.Contains("/data is /dev/vda2", machine.Console, StringComparison.Ordinal);
        machine.Tell("system_powerdown");
        machine.UntilOff();
    }

    [NeedsFact("qemu-system-x86_64", "dig", "git", "openssl", "debugfs", Long = true)]
    public void A_zone_goes_from_one_machine_to_another_signed()
    {
        const string key = "secondaries._transfer:hmac-sha256:bWFrZSBpdCBzaG9ydCBhbmQgc3dlZXQgMTIzNDU2Nzg=\n";
        var (first, second) = (PrepareDisk("transfer-primary", "keys=/data/keys\nipv4=dhcp@eth0\nipv4=192.0.2.1/24@eth1\nnotify=192.0.2.2:53\ncatalog=catalog.internal\n"), new DataDisk(Path.Combine(images.Folder, "transfer-secondary"), Path.Combine(images.Of(Primary), "data.img")));
        first.AddText("keys", key);
        second.AddText("keys", key);
        second.AddText("riad.conf", "listen=0.0.0.0:53\nhttp=0.0.0.0:80\nkeys=/data/keys\nipv4=dhcp@eth0\nipv4=192.0.2.2/24@eth1\nprimary=192.0.2.1\ncatalog=catalog.internal\n");
        var wire = Path.Combine(images.Folder, "wire");

        using var primary = Boot(Primary, first, "-netdev", $"stream,id=wire,server=on,addr.type=unix,addr.path={wire}", "-device", "virtio-net-pci,netdev=wire,romfile=,mac=52:54:00:00:00:01");
        primary.UntilConsoleShows("ready: ");
        Push(primary, first, "www", "192.0.2.80");
        using var secondary = Boot("dns-secondary", second, "-netdev", $"stream,id=wire,server=off,addr.type=unix,addr.path={wire}", "-device", "virtio-net-pci,netdev=wire,romfile=,mac=52:54:00:00:00:02");
        secondary.UntilDigSays("192.0.2.80", "www.example.org", "A");

        Push(primary, first, "www", "192.0.2.81");
        secondary.UntilDigSays("192.0.2.81", "www.example.org", "A");
    }

    [NeedsFact("qemu-system-x86_64", "dig", "git", "debugfs", Long = true)]
    public void A_secondary_follows_a_primary_outside_and_serves_without_it_after_the_power_button_and_a_power_cut()
    {
        const string key = "secondaries._transfer:hmac-sha256:bWFrZSBpdCBzaG9ydCBhbmQgc3dlZXQgMTIzNDU2Nzg=\n", soon = "2 2 86400 60";
        var disk = new DataDisk(Path.Combine(images.Folder, "alone"), Path.Combine(images.Of("dns-secondary"), "data.img"));
        disk.AddText("keys", key);
        using (var primary = ReadyProcess.Launch(BuiltImages.ProgramOf(Primary), ["serve", "--state", disk.Outside("primary"), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--keys", disk.Outside("keys")]))
        {
            primary.UntilReady();
            var url = new Uri(primary.Http, "/zones.git").ToString();
            Push(url, disk, "www", "192.0.2.90", soon);
            // On this network 10.0.2.2 is loopback out here.
            disk.AddText("riad.conf", $"listen=0.0.0.0:53\nhttp=0.0.0.0:80\nkeys=/data/keys\nprimary=10.0.2.2:{primary.Dns.Port}\nzone=example.org\n");
            using var machine = Boot("dns-secondary", disk);
            machine.UntilDigSays("192.0.2.90", "www.example.org", "A");
            Push(url, disk, "www", "192.0.2.91", soon);
            machine.UntilDigSays("192.0.2.91", "www.example.org", "A");
            machine.Tell("system_powerdown");
            machine.UntilOff();
        }
        using (var machine = Boot("dns-secondary", disk))
        {
            machine.UntilDigSays("192.0.2.91", "www.example.org", "A");
            machine.Kill();
        }
        using (var machine = Boot("dns-secondary", disk))
            machine.UntilDigSays("192.0.2.91", "+tcp", "www.example.org", "A");
    }

    [NeedsFact("qemu-system-x86_64", Long = true)]
    public void What_a_machine_says_on_its_serial_line_is_on_its_screen_too()
    {
        var (folder, screen) = (images.Of(Primary), Path.Combine(images.Folder, "screen"));
        using var machine = VirtualMachine.StartPc(images.Folder,
            "-vga", "std", "-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"), "-append", File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim());
        machine.UntilConsoleShows("ready: ");

        machine.Until("'ready: ' on the screen", () =>
        {
            // The letters of 25 lines, each followed by its colours.
            machine.Tell($"pmemsave 0xb8000 4000 \"{screen}\"");
            return string.Concat(File.ReadAllBytes(screen).Where((_, index) => index % 2 == 0).Select(octet => (char)octet)).Contains("ready: ", StringComparison.Ordinal);
        });
    }

    [NeedsFact("qemu-system-x86_64", "dig", "git", "sshd", "debugfs", Long = true)]
    public void A_machine_with_ssh_follows_a_remote()
    {
        var disk = new DataDisk(Path.Combine(images.Folder, "remote"), Path.Combine(images.Of("dns-primary-git-ssh"), "data.img"));
        var remote = disk.Outside("remote.git");
        Tool.Git(".", "init", "--quiet", "--bare", "--initial-branch", "main", remote).MustSucceed();
        Push(remote, disk, "www", "192.0.2.60", "60 60 600 60");
        using var server = SshServer.Start(disk.Outside("ssh"), speaksVersion2: true);
        // On this network 10.0.2.2 is loopback out here.
        static string Inside(string text) => text.Replace("127.0.0.1", "10.0.2.2", StringComparison.Ordinal);
        disk.AddText("key", File.ReadAllText(server.Key));
        disk.AddText("known_hosts", Inside(File.ReadAllText(server.KnownHosts)));
        disk.AddText("riad.conf", $"listen=0.0.0.0:53\nhttp=0.0.0.0:80\nremote={Inside(server.Url(remote))}\nremote-key=/data/key\nremote-known-hosts=/data/known_hosts\nfetch-every=1s\n");

        using var machine = Boot("dns-primary-git-ssh", disk);
        machine.UntilDigSays("192.0.2.60", "www.example.org", "A");
        Push(remote, disk, "www", "192.0.2.61", "60 60 600 60");
        machine.UntilDigSays("192.0.2.61", "www.example.org", "A");
    }

    // With the least memory that the manual promises.
    private VirtualMachine Boot(string appliance, DataDisk disk, params string[] arguments)
    {
        var folder = images.Of(appliance);
        return VirtualMachine.StartPc(images.Folder,
            ["-m", "128", "-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.cpio"), "-append", File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim(), .. disk.Drive, .. arguments]);
    }

    // A user who may push, a certificate, and where to find both.
    private DataDisk PrepareDisk(string name, string options = "")
    {
        var disk = new DataDisk(Path.Combine(images.Folder, name), Path.Combine(images.Of(Primary), "data.img"));
        Tool.Run("openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=machine", "-keyout", disk.Outside("tls.key"), "-out", disk.Outside("tls.crt")], ".").MustSucceed();
        Tool.Run(BuiltImages.ProgramOf(Primary), ["user", "add", "ada", "--users", disk.Outside("users")], ".", input: "secret of ada\n").MustSucceed();
        foreach (var file in (string[])["tls.key", "tls.crt", "users"])
            disk.Add(file);
        disk.AddText("riad.conf", $"# of the test\nlisten=0.0.0.0:53\nhttp=0.0.0.0:80\nusers=/data/users\ntls-certificate=/data/tls.crt\ntls-key=/data/tls.key\n{options}");
        return disk;
    }

    private static void Push(VirtualMachine machine, DataDisk disk, string name, string address) => Push($"https://ada:secret%20of%20ada@{machine.Address}:8300/zones.git", disk, name, address, "60 60 600 60");

    private static void Push(string url, DataDisk disk, string name, string address, string timers)
    {
        var folder = disk.Outside("zones");
        if (!Directory.Exists(folder))
            Tool.Git(".", "-c", "http.sslVerify=false", "clone", "--quiet", url, folder).MustSucceed();
        File.WriteAllText(Path.Combine(folder, "example.org"), $"$TTL 60\n@ SOA ns admin 1 {timers}\n@ NS ns\nns A 192.0.2.53\n{name} A {address}\n");
        Tool.Git(folder, "add", "--all").MustSucceed();
        Tool.Git(folder, "commit", "--quiet", "--message", address).MustSucceed();
        Tool.Git(folder, "-c", "http.sslVerify=false", "push", "--quiet", url, "HEAD:main").MustSucceed();
    }
}
