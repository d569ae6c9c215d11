using Microsoft.Win32.SafeHandles;

namespace Riad.Host.Init;

/// <summary>The consoles that the kernel writes to. Standard output is the last of them alone, and a person may sit before another.</summary>
/// <remarks>Source: Linux, Documentation/ABI/testing/sysfs-tty: the last name in the file is the one behind /dev/console.</remarks>
internal static class MachineConsoles
{
    private const string Active = "/sys/class/tty/console/active";

    /// <summary>Opens those besides standard output.</summary>
    /// <remarks>Nobody waits for them: a screen that a person has stopped must not stop the machine.</remarks>
    public static TextWriter[] OpenOthers()
    {
        if (!File.Exists(Active))
            return [];
        var names = File.ReadAllText(Active).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return [.. names.SkipLast(1).Select(name => Native.Open("/dev/" + name, Native.O_WRONLY | Native.O_NOCTTY | Native.O_NONBLOCK | Native.O_CLOEXEC)).Where(descriptor => descriptor >= 0)
            .Select(descriptor => new StreamWriter(new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0)))];
    }
}
