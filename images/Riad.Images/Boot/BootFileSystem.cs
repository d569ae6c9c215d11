using System.Collections.Immutable;
using Riad.Images.Packages;
using Riad.Images.Trees;

namespace Riad.Images.Boot;

/// <summary>What the kernel unpacks at its start: the root file system, the modules, and the first program.</summary>
public static class BootFileSystem
{
    // For virtual machines of every common kind; what a kernel lacks or has built in is left out.
    private static readonly ImmutableArray<string> Wanted =
    [
        // QEMU, KVM, bhyve, Firecracker
        "virtio_pci", "virtio_mmio", "virtio_net", "virtio_blk", "virtio_scsi", "virtio-rng", "virtio_balloon", "virtio_console", "virtio_input", "qemu_fw_cfg", "fuse", "virtiofs", "vmw_vsock_virtio_transport",
        // Xen, Hyper-V, VMware, Amazon
        "xen-netfront", "xen-blkfront", "hv_vmbus", "hv_netvsc", "hv_storvsc", "hv_utils", "vmxnet3", "vmw_pvscsi", "ena",
        // disks, cards and network that a machine may have or pretend to have
        "nvme", "ahci", "sd_mod", "usb-storage", "uas", "xhci-pci", "xhci-hcd", "ehci-pci", "e1000", "e1000e", "igb", "igc", "ixgbe", "r8169", "tg3", "bnxt_en", "mlx5_core",
        // file systems
        "ext4", "vfat", "nls_cp437", "nls_ascii", "nls_utf8", "isofs",
        // buttons, clocks, watchdogs
        "button", "evdev", "gpio_keys", "rtc-cmos", "rtc-efi", "rtc-pl031", "softdog", "wdat_wdt", "iTCO_wdt", "i6300esb", "sp5100_tco", "bcm2835_wdt", "bcm2835_rng", "iproc-rng200",
        // Raspberry Pi, with what it may have at its USB where it has no Ethernet
        "genet", "lan78xx", "smsc95xx", "sdhci-iproc", "bcm2835", "mmc_block", "fixed", "gpio-regulator", "dwc2", "phy-generic", "pcie-brcmstb", "reset-raspberrypi", "raspberrypi-cpufreq",
        "r8152", "cdc_ether", "ax88179_178a", "asix",
        // tunnels
        "tun", "wireguard",
    ];

    // A network driver asks for the one of its transceiver when it finds it, and goes on with less where nobody answers. Here is nobody to ask.
    private static readonly ImmutableDictionary<string, string> Transceivers = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("genet", "broadcom"), KeyValuePair.Create("lan78xx", "microchip"), KeyValuePair.Create("smsc95xx", "smsc"), KeyValuePair.Create("asix", "ax88796b"),
    ]);

    /// <summary>Adds to the root file system what a machine of its own needs.</summary>
    /// <param name="architecture">The machine.</param>
    /// <param name="root">The files of the program.</param>
    /// <param name="kernel">The files of the kernel's package.</param>
    public static FileTree Build(Architecture architecture, FileTree root, PackageFiles kernel)
    {
        var folder = ModulesFolder(kernel);
        var (modules, contents) = (new List<KernelModule>(), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal));
        foreach (var path in kernel.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".ko", StringComparison.Ordinal)))
        {
            if (kernel.TryFind(path, out var content) && KernelModule.TryRead(path[folder.Length..], content.Span, out var module))
            {
                modules.Add(Transceivers.TryGetValue(module.Name, out var transceiver) ? module with { SoftNeeds = [.. module.SoftNeeds, transceiver] } : module);
                contents[module.Path] = content;
            }
        }

        var chosen = ModuleSet.Choose(modules, Wanted);
        var tree = root
            .With("init", new Node.File(InitProgram.For(architecture), Modes.Program))
            .With("dev/console", new Node.Device(5, 1, Modes.Device))
            .With("dev/null", new Node.Device(1, 3, Modes.Device))
            .WithFolder("data")
            .WithText(folder + "modules.dep", chosen.DescribeNeeds())
            .WithText(folder + "modules.alias", chosen.DescribeAliases());
        return chosen.Modules.Aggregate(tree, (whole, module) => whole.With(folder + module.Path, new Node.File(contents[module.Path], Modes.Text)));
    }

    /// <summary>The kernel of its package.</summary>
    /// <exception cref="ArgumentException">The package is no kernel's.</exception>
    public static ReadOnlyMemory<byte> Kernel(PackageFiles kernel) =>
        kernel.Paths.FirstOrDefault(path => path.StartsWith("boot/vmlinuz-", StringComparison.Ordinal)) is { } path && kernel.TryFind(path, out var content)
            ? content
            : throw new ArgumentException("There is no kernel in this package", nameof(kernel));

    private static string ModulesFolder(PackageFiles kernel)
    {
        var path = kernel.Paths.First(path => path.Contains("lib/modules/", StringComparison.Ordinal));
        var version = path[(path.IndexOf("lib/modules/", StringComparison.Ordinal) + "lib/modules/".Length)..].Split('/')[0];
        return $"lib/modules/{version}/";
    }
}
