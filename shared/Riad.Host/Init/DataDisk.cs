using System.Globalization;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>The disk that becomes <c>/data</c>: found by the label of its file system, and grown to the size of its device.</summary>
internal static class DataDisk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // Where they are, a disk may follow: a memory card answers a second after its slot.
    private static readonly string[] Controllers = ["/sys/class/mmc_host", "/sys/class/scsi_host", "/sys/class/nvme"];

    /// <summary>Mounts it; false when there is none, and then nothing outlives a restart.</summary>
    /// <param name="choice">A label, a device, or <c>none</c>.</param>
    /// <param name="isAsked">True when the operator named it: a slow disk is waited for then.</param>
    /// <param name="modules">Looked for again before each further look at disks, since those behind slow buses need their modules first; null where there are none.</param>
    /// <param name="log">The console.</param>
    public static bool TryMount(string choice, bool isAsked, KernelModules? modules, MachineLog log)
    {
        if (choice is "none")
            return false;
        var patience = isAsked || Devices().Any() || Controllers.Any(HasAny) ? Patience : TimeSpan.Zero;
        var since = Environment.TickCount64;
        (string Device, Ext4Superblock Superblock)? found;
        while ((found = Find(choice)) is null && Environment.TickCount64 - since < patience.TotalMilliseconds)
        {
            Thread.Sleep(LookEvery);
            modules?.Load();
        }
        if (found is not var (device, superblock))
        {
            log.Say($"no disk with the label {choice}: what is kept is lost when the machine stops; attach an ext4 file system with this label, or name another one with riad.disk");
            return false;
        }
        // Debian builds it into its kernel for virtual PCs only.
        modules?.LoadNamed("ext4");
        if (Native.Mount(device, "/data", "ext4", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC | Native.MS_NOATIME, options: null) != 0)
        {
            log.Say($"{device} cannot be mounted: {Native.Reason}");
            return false;
        }
        log.Say($"/data is {device}, {superblock.Size >> 20} MiB");
        Grow(device, superblock, log);
        return true;
    }

    private static bool HasAny(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static (string, Ext4Superblock)? Find(string choice)
    {
        foreach (var device in choice.StartsWith("/dev/", StringComparison.Ordinal) ? [choice] : Devices())
        {
            if (TryRead(device) is { } superblock && (choice == device || superblock.Label == choice))
                return (device, superblock);
        }
        return null;
    }

    private static IEnumerable<string> Devices() => Directory.Exists("/sys/class/block")
        ? Directory.EnumerateFileSystemEntries("/sys/class/block").Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("ram", StringComparison.Ordinal) && !name.StartsWith("loop", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => "/dev/" + name)
        : [];

    private static Ext4Superblock? TryRead(string device)
    {
        try
        {
            using var file = File.OpenHandle(device);
            var octets = new byte[Ext4Superblock.Octets];
            return RandomAccess.Read(file, octets, Ext4Superblock.Offset) == octets.Length && Ext4Superblock.TryRead(octets, out var superblock) ? superblock : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A drive without a medium, or a partition that is in use.
            return null;
        }
    }

    private static unsafe void Grow(string device, Ext4Superblock superblock, MachineLog log)
    {
        var size = $"/sys/class/block/{Path.GetFileName(device)}/size";
        if (!File.Exists(size) || !ulong.TryParse(File.ReadAllText(size).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sectors))
            return;
        var blocks = superblock.BlocksOn(sectors * 512);
        if (blocks <= superblock.Blocks)
            return;
        var descriptor = Native.Open("/data", Native.O_RDONLY | Native.O_CLOEXEC);
        if (Native.Control(descriptor, Native.EXT4_IOC_RESIZE_FS, &blocks) == 0)
            log.Say($"/data has grown to {blocks * (ulong)superblock.BlockOctets >> 20} MiB");
        else
            log.Say($"/data cannot grow: {Native.Reason}");
        _ = Native.Close(descriptor);
    }
}
