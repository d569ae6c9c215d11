using System.Text;
using System.Text.Json;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>What is built for ARM, with a stand-in for the program.</summary>
[Collection(ImageTests.Name)]
public sealed class ArmTests(BuiltImages images)
{
    private const string Appliance = "dns-secondary";

    /// <summary>What a machine's devices say of themselves in /sys, and the module that must answer.</summary>
    private static readonly (string Device, string Module)[] Devices =
    [
        // a Raspberry Pi 3 and Zero 2 W
        ("of:NmmcT(null)Cbrcm,bcm2835-sdhost", "bcm2835"),
        ("of:NusbT(null)Cbrcm,bcm2835-usb", "dwc2"),
        ("usb:v0424pEC00d0200dcFFdsc00dp01icFFiscFFipFFin00", "smsc95xx"),
        ("usb:v0424p7800d0300dcFFdsc00dpFFicFFisc00ipFFin00", "lan78xx"),
        ("of:NrngT(null)Cbrcm,bcm2835-rng", "bcm2835_rng"),
        ("platform:bcm2835-wdt", "bcm2835_wdt"),
        // a Raspberry Pi 4
        ("of:NmmcT(null)Cbrcm,bcm2711-emmc2", "sdhci_iproc"),
        ("of:Nsd_io_1v8_regT(null)Cregulator-gpio", "gpio_regulator"),
        ("of:Nsd_vcc_regT(null)Cregulator-fixed", "fixed"),
        ("of:NethernetT(null)Cbrcm,bcm2711-genet-v5", "genet"),
        ("of:NrngT(null)Cbrcm,bcm2711-rng200", "iproc_rng200"),
        ("pci:v00001106d00003483sv00001106sd00003483bc0Csc03i30", "xhci_pci"),
        // adapters at a USB, and what QEMU has there
        ("usb:v0BDAp8153d3100dc00dsc00dp00icFFiscFFip00in00", "r8152"),
        ("usb:v0B95p1790d0100dcFFdscFFdp00icFFiscFFip00in00", "ax88179_178a"),
        ("usb:v0525pA4A2d0000dc02dsc00dp00ic02isc06ip00in00", "cdc_ether"),
        // a virtual machine
        ("pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00", "virtio_pci"),
        ("virtio:d00000001v00001AF4", "virtio_net"),
        ("virtio:d00000002v00001AF4", "virtio_blk"),
        ("acpi:QEMU0002:", "qemu_fw_cfg"),
        ("of:Ngpio-keysT(null)Cgpio-keys", "gpio_keys"),
        ("input:b0019v0001p0001e0100-e0,1,k74,ramlsfw", "evdev"),
        // what the kernel asks for by name
        ("fs-ext4", "ext4"),
    ];

    [NeedsFact("git", Long = true)]
    public void Without_the_runtime_for_ARM_a_sentence_says_which_packs_are_missing()
    {
        var clone = Path.Combine(images.Folder, "without-packs");
        Tool.Git(images.Folder, "clone", "--quiet", Checkout.Root, clone).MustSucceed();
        // A registry without any package, and of those that this machine has fetched before none for ARM.
        File.WriteAllText(Path.Combine(clone, "nuget.config"), "<configuration><packageSources><clear /><add key=\"none\" value=\"none\" /></packageSources></configuration>");
        Directory.CreateDirectory(Path.Combine(clone, "none"));
        var (fetched, packages) = (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"), Directory.CreateDirectory(Path.Combine(images.Folder, "packages")).FullName);
        foreach (var package in Directory.EnumerateDirectories(fetched).Where(package => !package.EndsWith("linux-arm64", StringComparison.Ordinal)))
            Directory.CreateSymbolicLink(Path.Combine(packages, Path.GetFileName(package)), package);

        var result = Builder.RunIn(clone, new(StringComparer.Ordinal) { ["NUGET_PACKAGES"] = packages }, "build", Appliance, "--architecture", "arm64");

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Equal(
            "images: dns-secondary for arm64 needs Microsoft.AspNetCore.App.Runtime.linux-arm64, Microsoft.NETCore.App.Host.linux-arm64 and Microsoft.NETCore.App.Runtime.linux-arm64, " +
            "which this machine's NuGet registry does not have; build it where nuget.org is reached whole\n", result.Error);
        Assert.Empty(Directory.CreateDirectory(Path.Combine(clone, "out", "images")).EnumerateFiles("*", SearchOption.AllDirectories));
    }

    [NeedsFact(StandIn.Assembler, "unsquashfs", Long = true)]
    public void Every_program_is_for_ARM_and_every_device_finds_its_module()
    {
        var archive = BootArchive.Read(Path.Combine(images.OfArm(Appliance), "initramfs.cpio"));

        var first = archive.Unpacked.Where(file => Elf.IsProgram(file.Value)).ToList();
        Assert.All(first, file => Assert.True(Elf.IsForArm(file.Value), file.Key));
        Assert.Equal(["init", "loop.ko", "squashfs.ko"], first.Select(file => file.Key));
        Assert.Equal(Images.Boot.InitProgram.For(Architecture.Arm64).ToArray(), archive.Unpacked["init"]);

        var programs = archive.Files.Where(file => Elf.IsProgram(file.Value)).ToList();
        Assert.All(programs, file => Assert.True(Elf.IsForArm(file.Value), file.Key));
        Assert.Equal(
            [
                "lib/aarch64-linux-gnu/libc.so.6", "lib/aarch64-linux-gnu/libcrypto.so.3", "lib/aarch64-linux-gnu/libdl.so.2", "lib/aarch64-linux-gnu/libgcc_s.so.1", "lib/aarch64-linux-gnu/libm.so.6",
                "lib/aarch64-linux-gnu/libpthread.so.0", "lib/aarch64-linux-gnu/librt.so.1", "lib/aarch64-linux-gnu/libssl.so.3", "lib/aarch64-linux-gnu/libstdc++.so.6", "lib/ld-linux-aarch64.so.1", "riad",
            ], programs.Select(file => file.Key).Where(path => !path.EndsWith(".ko", StringComparison.Ordinal)));

        Assert.Equal([], Devices.Where(entry => !archive.Aliases.ModulesFor(entry.Device).Contains(entry.Module, StringComparer.Ordinal)));
        Assert.All(Devices, entry => Assert.All(archive.PlacesOf(entry.Module), place => Assert.True(Elf.IsForArm(archive.Files[place[1..]]), place)));
        // What modprobe would be asked for at run time is loaded before.
        Assert.Contains(archive.PlacesOf("ext4"), place => place.EndsWith("/crc32c_generic.ko", StringComparison.Ordinal));
        Assert.Contains(archive.PlacesOf("genet"), place => place.EndsWith("/phy/broadcom.ko", StringComparison.Ordinal));
        Assert.Contains(archive.PlacesOf("lan78xx"), place => place.EndsWith("/phy/microchip.ko", StringComparison.Ordinal));
    }

    [NeedsFact(StandIn.Assembler, Long = true)]
    public void The_container_says_that_it_is_for_ARM_and_is()
    {
        var layout = Path.Combine(images.OfArm(Appliance), "oci");
        var entry = Json(Path.Combine(layout, "index.json")).GetProperty("manifests")[0];
        var manifest = Json(Blob(layout, entry));
        var configuration = Json(Blob(layout, manifest.GetProperty("config")));

        Assert.Equal(("arm64", "linux"), (entry.GetProperty("platform").GetProperty("architecture").GetString(), entry.GetProperty("platform").GetProperty("os").GetString()));
        Assert.Equal(("arm64", "linux"), (configuration.GetProperty("architecture").GetString(), configuration.GetProperty("os").GetString()));
        var programs = Layer.Read(images.OfArm(Appliance)).Files.Where(file => Elf.IsProgram(file.Value)).ToList();
        Assert.All(programs, file => Assert.True(Elf.IsForArm(file.Value), file.Key));
        Assert.Contains("riad", programs.Select(file => file.Key));
        Assert.Contains("lib/ld-linux-aarch64.so.1", programs.Select(file => file.Key));
    }

    [NeedsFact(StandIn.Assembler, "podman", Long = true, Container = true)]
    public void Podman_loads_the_container_as_one_for_ARM()
    {
        var container = new Container(Path.Combine(images.Folder, "for-arm"));
        container.Podman("load", "--input", Path.Combine(images.OfArm(Appliance), Appliance + ".tar")).MustSucceed();

        var image = container.Podman("images", "--format", "{{.ID}}").MustSucceed().Output.Trim();
        Assert.Equal("arm64 linux", container.Podman("image", "inspect", image, "--format", "{{.Architecture}} {{.Os}}").MustSucceed().Output.Trim());
    }

    [NeedsFact(StandIn.Assembler, "sfdisk", "mcopy", "fsck.vfat", "e2fsck", Long = true)]
    public void The_card_of_a_Raspberry_Pi_has_all_that_it_starts_from_and_room_for_state()
    {
        var folder = images.OfArm(Appliance);
        var card = new MemoryCard(Path.Combine(images.Folder, "card"), Path.Combine(folder, "sd-card.img"));

        var (boot, data) = (card.Partitions[0], card.Partitions[1]);
        Assert.Equal(2, card.Partitions.Count);
        Assert.Equal(("c", true, 2048L), (boot.Type, boot.IsActive, boot.Start));
        Assert.Equal(("83", false, boot.Start + boot.Sectors, new FileInfo(Path.Combine(folder, "data.img")).Length / 512), (data.Type, data.IsActive, data.Start, data.Sectors));
        card.Check();

        var files = card.ReadBootFiles();
        Assert.Equal(
            [
                "LICENCE.txt", "bcm2711-rpi-4-b.dtb", "bcm2711-rpi-400.dtb", "bcm2711-rpi-cm4-io.dtb", "bcm2837-rpi-3-a-plus.dtb", "bcm2837-rpi-3-b-plus.dtb", "bcm2837-rpi-3-b.dtb", "bcm2837-rpi-cm3-io3.dtb",
                "bcm2837-rpi-zero-2-w.dtb", "bootcode.bin", "cmdline.txt", "config.txt", "fixup.dat", "fixup4.dat", "initrd.img", "kernel8.img", "start.elf", "start4.elf",
            ], files.Keys);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "vmlinuz")), files["kernel8.img"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "initramfs.cpio")), files["initrd.img"]);
        // A kernel that is not compressed: the firmware starts no other.
        Assert.Equal("ARMd"u8.ToArray(), files["kernel8.img"][56..60]);
        Assert.All(files.Where(file => file.Key.EndsWith(".dtb", StringComparison.Ordinal)), file => Assert.Equal([0xD0, 0x0D, 0xFE, 0xED], file.Value[..4]));
        Assert.All(["start.elf", "start4.elf"], name => Assert.True(Elf.IsProgram(files[name]), name));
        Assert.All(["bootcode.bin", "fixup.dat", "fixup4.dat"], name => Assert.NotEmpty(files[name]));
        Assert.Contains("Raspberry Pi", Encoding.UTF8.GetString(files["LICENCE.txt"]), StringComparison.Ordinal);
    }

    [NeedsFact(StandIn.Assembler, Long = true)]
    public void Two_builds_for_ARM_in_different_places_are_the_same_to_the_octet()
    {
        var first = images.OfArm(Appliance);
        var (elsewhere, second) = (Directory.CreateDirectory(Path.Combine(images.Folder, "other-home")), Path.Combine(images.Folder, "another", "deeper", "place"));

        images.BuildArm(Appliance, second, new(StringComparer.Ordinal) { ["TZ"] = "Asia/Tokyo", ["LC_ALL"] = "C.UTF-8", ["TMPDIR"] = elsewhere.FullName, ["HOME"] = elsewhere.FullName }, Checkout.PathOf("images")).MustSucceed();

        Assert.Equal(File.ReadLines(Path.Combine(first, "SHA256SUMS")), File.ReadLines(Path.Combine(second, "SHA256SUMS")));
        Assert.Contains(File.ReadLines(Path.Combine(first, "SHA256SUMS")), line => line.EndsWith("  sd-card.img", StringComparison.Ordinal));
    }

    private static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private static string Blob(string layout, JsonElement descriptor) => Path.Combine(layout, "blobs", descriptor.GetProperty("digest").GetString()!.Replace(':', '/'));
}
