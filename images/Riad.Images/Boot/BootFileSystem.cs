using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Images.Packages;
using Riad.Images.Trees;

namespace Riad.Images.Boot;

/// <summary>What a machine starts from: its root file system, and the archive that the kernel unpacks, in which that lies as one compressed file.</summary>
/// <remarks>The root stays compressed (docs/decisions/0013-compressed-root.md): what is read of it is in memory, and can be read again.</remarks>
public static class BootFileSystem
{
    /// <summary>The name of the file with the root, which <see cref="InitProgram"/> knows.</summary>
    public const string RootName = "root.squashfs";

    // What the first program loads, in this order, to read that file. Its sources name them too.
    private static readonly ImmutableArray<string> ForRoot = ["loop", "squashfs"];

    // For virtual machines of every common kind; what a kernel lacks or has built in is left out.
    private static readonly ImmutableArray<string> Wanted =
    [
        // QEMU, KVM, bhyve, Firecracker
        "virtio_pci", "virtio_mmio", "virtio_net", "virtio_blk", "virtio_scsi", "virtio-rng", "virtio_balloon", "virtio_console", "virtio_input", "qemu_fw_cfg",
        // Xen, Hyper-V, VMware, Amazon
        "xen-netfront", "xen-blkfront", "hv_vmbus", "hv_netvsc", "hv_storvsc", "hv_utils", "vmxnet3", "vmw_pvscsi", "ena",
        // disks, cards and network that a machine may have or pretend to have
        "nvme", "ahci", "sd_mod", "usb-storage", "uas", "xhci-pci", "xhci-hcd", "ehci-pci", "e1000", "e1000e", "igb", "igc", "ixgbe", "r8169", "tg3", "bnxt_en", "mlx5_core",
        // the file system of /data
        "ext4",
        // buttons, clocks, watchdogs
        "button", "evdev", "gpio_keys", "rtc-cmos", "rtc-efi", "rtc-pl031", "softdog", "wdat_wdt", "iTCO_wdt", "i6300esb", "sp5100_tco", "bcm2835_wdt", "bcm2835_rng", "iproc-rng200",
        // Raspberry Pi, with what it may have at its USB where it has no Ethernet
        "genet", "lan78xx", "smsc95xx", "sdhci-iproc", "bcm2835", "mmc_block", "fixed", "gpio-regulator", "dwc2", "phy-generic", "pcie-brcmstb", "reset-raspberrypi", "raspberrypi-cpufreq",
        "r8152", "cdc_ether", "ax88179_178a", "asix",
    ];

    // A network driver asks for the one of its transceiver when it finds it, and goes on with less where nobody answers. Here is nobody to ask.
    private static readonly ImmutableDictionary<string, string> Transceivers = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("genet", "broadcom"), KeyValuePair.Create("lan78xx", "microchip"), KeyValuePair.Create("smsc95xx", "smsc"), KeyValuePair.Create("asix", "ax88796b"),
    ]);

    /// <summary>The root file system: the files of the program, and what a machine of its own needs besides.</summary>
    /// <param name="root">The files of the program.</param>
    /// <param name="kernel">The files of the kernel's package.</param>
    public static FileTree BuildRoot(FileTree root, PackageFiles kernel)
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
            .WithFolder("data")
            // Nothing can be written here, and who is asked for names is known later.
            .With("etc/resolv.conf", new Node.Link("/run/riad/resolv.conf"))
            .WithText(folder + "modules.dep", chosen.DescribeNeeds())
            .WithText(folder + "modules.alias", chosen.DescribeAliases());
        return chosen.Modules.Aggregate(tree, (whole, module) => whole.With(folder + module.Path, new Node.File(contents[module.Path], Modes.Text)));
    }

    /// <summary>What the kernel unpacks: the first program, and what that needs to find the root.</summary>
    /// <param name="architecture">The machine.</param>
    /// <param name="kernel">The files of the kernel's package. A module that it does not have is built into the kernel.</param>
    /// <param name="root">The root file system, compressed.</param>
    /// <param name="archive">The files.</param>
    /// <param name="fault">What the first program would not load.</param>
    public static bool TryBuildArchive(Architecture architecture, PackageFiles kernel, ReadOnlyMemory<byte> root, [NotNullWhen(true)] out FileTree? archive, [NotNullWhen(false)] out string? fault)
    {
        (archive, fault) = (null, null);
        var tree = FileTree.Empty
            .With("init", new Node.File(InitProgram.For(architecture), Modes.Program))
            .With("dev/console", new Node.Device(5, 1, Modes.Device))
            .WithFolder("root")
            .With(RootName, new Node.File(root, Modes.Text));
        foreach (var name in ForRoot)
        {
            if (kernel.Paths.FirstOrDefault(path => path.EndsWith($"/{name}.ko", StringComparison.Ordinal)) is not { } path || !kernel.TryFind(path, out var content))
                continue;
            if (!KernelModule.TryRead(path, content.Span, out var module) || module.Needs.Except(ForRoot, StringComparer.Ordinal).Any())
            {
                fault = $"/{path} is no module, or needs another one that /init does not load";
                return false;
            }
            tree = tree.With($"{name}.ko", new Node.File(content, Modes.Text));
        }
        archive = tree;
        return true;
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
