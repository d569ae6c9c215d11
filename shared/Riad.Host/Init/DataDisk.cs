using System.Diagnostics;
using System.Globalization;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>The disk that becomes <c>/data</c>: found by the label of its file system, and grown to the size of its device.</summary>
internal static class DataDisk
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // Where they are, a disk may follow: a memory card answers a second after its slot.
    private static readonly string[] Controllers = ["/sys/class/mmc_host", "/sys/class/scsi_host", "/sys/class/nvme"];
    private const string Usb = "/sys/bus/usb/devices";

    /// <summary>Mounts it.</summary>
    /// <param name="choice">A label, a device, or <c>none</c>.</param>
    /// <param name="isAsked">True when the operator named it: it has to be there then, and a slow one is waited for.</param>
    /// <param name="modules">Looked for again before each further look at disks, since those behind slow buses need their modules first; null where there are none.</param>
    /// <param name="log">The console.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="fault">Why a disk that is there, or that was named, is not used. Null with false: there is none, and nothing outlives a restart.</param>
    public static bool TryMount(string choice, bool isAsked, KernelModules? modules, MachineLog log, CancellationToken stop, out string? fault)
    {
        fault = null;
        if (choice is "none")
            return false;
        var since = Environment.TickCount64;
        DiskChoice found;
        while ((found = Look(choice)) is DiskChoice.Missing && Environment.TickCount64 - since < Wait(isAsked).TotalMilliseconds && !stop.WaitHandle.WaitOne(LookEvery))
        {
            modules?.Load();
        }
        switch (found)
        {
            case DiskChoice.Missing when isAsked:
                fault = $"riad.disk: there is no ext4 file system {choice}; attach it and restart, or write riad.disk=none to keep everything in memory";
                return false;
            case DiskChoice.Missing:
                log.Say($"no disk with the label {choice}: what is kept is lost when the machine stops; attach an ext4 file system with this label, or name another one with riad.disk");
                return false;
            case DiskChoice.Several(var devices):
                fault = $"riad.disk: the label {choice} is on {string.Join(" and ", devices)}; write riad.disk={devices[0]} or take the others away, and restart";
                return false;
            case DiskChoice.Found(var device, var superblock):
                // Debian builds it into its kernel for virtual PCs only.
                modules?.LoadNamed("ext4");
                return TryMount(device, superblock, log, out fault);
            default:
                throw new UnreachableException();
        }
    }

    private static TimeSpan Wait(bool isAsked) => DiskChoice.WaitFor(isAsked, Devices().Any() || Controllers.Any(HasAny), HasAny(Usb));

    private static bool TryMount(string device, Ext4Superblock superblock, MachineLog log, out string? fault)
    {
        // One that finds itself damaged is written no more.
        if (Native.Mount(device, "/data", "ext4", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC | Native.MS_NOATIME, "errors=remount-ro") != 0)
        {
            // Memory in its place would take what is pushed and lose it.
            fault = $"riad.disk: {device} cannot be mounted ({Native.Reason}); check it with fsck.ext4 on another machine, or write riad.disk=none to keep everything in memory";
            return false;
        }
        fault = null;
        log.Say($"/data is {device}, {superblock.Size >> 20} MiB");
        Grow(device, superblock, log);
        return true;
    }

    private static bool HasAny(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static DiskChoice Look(string choice) =>
        DiskChoice.Of(choice, (choice.StartsWith("/dev/", StringComparison.Ordinal) ? [choice] : Devices()).Select(device => (device, TryRead(device)!)).Where(each => each.Item2 is not null));

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
