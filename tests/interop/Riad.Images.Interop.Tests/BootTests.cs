using Riad.Images.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>Images as machines of their own, in QEMU without the help of a processor.</summary>
[Collection(ImageTests.Name)]
public sealed class BootTests(BuiltImages images)
{
    [NeedsFact("qemu-system-x86_64")]
    public void The_primary_boots_and_is_ready()
    {
        var folder = images.Of("dns-primary-git");
        var line = File.ReadAllText(Path.Combine(folder, "cmdline.txt")).Trim();

        using var machine = VirtualMachine.StartPc(images.Folder,
            "-kernel", Path.Combine(folder, "vmlinuz"), "-initrd", Path.Combine(folder, "initramfs.zst"), "-append", line);

        machine.UntilConsoleShows("ready: dns ");
    }

    [NeedsFact("qemu-system-x86_64", "/usr/share/OVMF/OVMF_CODE.fd", Long = true)]
    public void The_disk_boots_by_UEFI()
    {
        var disk = Path.Combine(images.Folder, "uefi.img");
        File.Copy(Path.Combine(images.Of("dns-primary-git"), "disk.img"), disk, overwrite: true);

        using var machine = VirtualMachine.StartPc(images.Folder,
            "-drive", "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE.fd", "-drive", $"file={disk},format=raw,if=virtio");

        machine.UntilConsoleShows("ready: dns ");
    }
}
