using System.Text.Json;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The configuration on Firecracker's page, by what Firecracker's own description of its interface has (it refuses a file with any other name in it), and in a machine of its kind.</summary>
[Collection(ImageTests.Name)]
public sealed class FirecrackerPageTests(BuiltImages images)
{
    /// <summary>Firecracker 1.8, src/firecracker/swagger/firecracker.yaml: the names of each part, those that must be there with an exclamation mark.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["boot-source"] = "kernel_image_path! initrd_path boot_args",
        ["drives"] = "drive_id! path_on_host is_root_device! is_read_only partuuid cache_type rate_limiter io_engine socket",
        ["network-interfaces"] = "iface_id! host_dev_name! guest_mac rx_rate_limiter tx_rate_limiter",
        ["entropy"] = "rate_limiter",
        ["machine-config"] = "vcpu_count! mem_size_mib! smt track_dirty_pages cpu_template huge_pages",
    };

    [Fact]
    public void Every_name_is_one_that_Firecracker_knows_and_none_is_missing()
    {
        using var file = ReadConfiguration();

        Assert.Empty(file.RootElement.EnumerateObject().Select(part => part.Name).Except(Known.Keys));
        foreach (var part in file.RootElement.EnumerateObject())
        {
            var names = Known[part.Name].Split(' ');
            foreach (var item in part.Value.ValueKind is JsonValueKind.Array ? part.Value.Items() : [part.Value])
            {
                Assert.Empty(item.Members().Keys.Except(names.Select(name => name.TrimEnd('!'))));
                Assert.Empty(names.Where(name => name.EndsWith('!')).Select(name => name.TrimEnd('!')).Except(item.Members().Keys));
            }
        }
    }

    // QEMU's microvm: no PCI, devices of virtio by their registers alone, told of through ACPI; the kernel not compressed. What is emulated has no
    // clock that says how fast it is, so the kernel is told.
    [NeedsFact("qemu-system-x86_64", "lz4", "debugfs", Long = true)]
    public void A_machine_of_its_kind_starts_with_the_kernel_taken_out()
    {
        var (image, folder) = (images.Of("dns-secondary"), Directory.CreateDirectory(Path.Combine(images.Folder, "firecracker")).FullName);
        var kernel = TakeOut(Path.Combine(image, "vmlinuz"), folder);
        var disk = new DataDisk(folder, Path.Combine(image, "data.img"));
        using var file = ReadConfiguration();
        var arguments = file.RootElement.At("boot-source", "boot_args").Text().Replace("192.0.2.7/24", "10.0.2.15/24", StringComparison.Ordinal).Replace("ipv4-gateway=192.0.2.1", "ipv4-gateway=10.0.2.2", StringComparison.Ordinal);

        using var machine = VirtualMachine.Start("qemu-system-x86_64", images.Folder,
            "-M", "microvm,acpi=on,rtc=on,pit=on,pic=on", "-cpu", "max", "-m", "320", "-kernel", kernel, "-initrd", Path.Combine(image, "initramfs.cpio"), "-append", arguments + " tsc_early_khz=2000000",
            "-drive", $"id=state,file={disk.Path},format=raw,if=none", "-device", "virtio-blk-device,drive=state", "-device", "virtio-net-device,netdev=net", "-device", "virtio-rng-device");

        machine.UntilConsoleShows("/data is /dev/vda, ");
        machine.UntilConsoleShows("eth0: 10.0.2.15/24");
        machine.UntilConsoleShows("ready: ");
        // It has no zone yet: the primary of the page is nowhere.
        Assert.Equal(503, machine.Get("/health").Status);
    }

    private static JsonDocument ReadConfiguration() => JsonDocument.Parse(string.Join('\n', Page.BlockWith("firecracker.md", "  \"boot-source\"")));

    // What the kernel's script does for this compression. Source: LZ4's legacy frame format.
    private static string TakeOut(string kernel, string folder)
    {
        var content = File.ReadAllBytes(kernel);
        File.WriteAllBytes(Path.Combine(folder, "vmlinux.lz4"), content[content.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x02, 0x21, 0x4C, 0x18])..]);
        // It complains about what follows in the file, after it has written all.
        _ = Tool.Run("lz4", ["--decompress", "--force", "--quiet", "vmlinux.lz4", "vmlinux"], folder);
        var place = Path.Combine(folder, "vmlinux");
        Assert.True(File.Exists(place) && Elf.IsProgram(File.ReadAllBytes(place)), "no kernel came out");
        return place;
    }
}
