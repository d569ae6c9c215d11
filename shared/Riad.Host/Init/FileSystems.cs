namespace Riad.Host.Init;

/// <summary>The file systems of the kernel, and who may write where.</summary>
internal static class FileSystems
{
    /// <summary>What the first process may write that the service only reads: the service's options, resolv.conf.</summary>
    public const string Run = "/run/riad";

    /// <summary>Mounts what is missing; <c>/init</c> mounted the first three. The root can only be read, and has a folder for each.</summary>
    public static void MountKernel(MachineLog log)
    {
        Mount(log, "proc", "/proc", "proc", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC, unless: "/proc/self/stat");
        Mount(log, "sysfs", "/sys", "sysfs", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC, unless: "/sys/class");
        Mount(log, "devtmpfs", "/dev", "devtmpfs", Native.MS_NOSUID, unless: "/dev/null", options: "mode=755");
        Mount(log, "tmpfs", "/run", "tmpfs", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC, options: "mode=755,size=4m");
        Mount(log, "tmpfs", "/tmp", "tmpfs", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC, options: "mode=1777,size=16m");
        Directory.CreateDirectory(Run);
    }

    /// <summary>Without a disk, what is kept is kept in memory.</summary>
    public static void MountVolatileData(MachineLog log) => Mount(log, "tmpfs", "/data", "tmpfs", Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOEXEC, options: "mode=755");

    /// <summary>Writes what is not yet on the disk, and lets go of it.</summary>
    public static void Close(MachineLog log)
    {
        Native.Sync();
        if (Native.Unmount("/data", 0) != 0 && Native.Mount("none", "/data", "none", Native.MS_REMOUNT | Native.MS_RDONLY, options: null) != 0)
            log.Say($"/data is left as it is: {Native.Reason}");
        Native.Sync();
    }

    private static void Mount(MachineLog log, string source, string target, string type, nuint flags, string? unless = null, string? options = null)
    {
        if (unless is not null && Path.Exists(unless))
            return;
        if (Native.Mount(source, target, type, flags, options) != 0)
            log.Say($"{target} cannot be mounted: {Native.Reason}");
    }
}
