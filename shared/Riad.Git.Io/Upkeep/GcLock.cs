using System.Diagnostics;
using System.Globalization;
using System.Text;
using Riad.Git.Io.Files;

namespace Riad.Git.Io.Upkeep;

/// <summary>git's own lock against two collections at once: the file <c>gc.pid</c> with a process and a host.</summary>
/// <remarks>Source: git-gc(1); git takes a lock older than twelve hours for left over.</remarks>
internal sealed class GcLock : IDisposable
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(12);

    private readonly IFileSystem files;
    private readonly string path;

    private GcLock(IFileSystem files, string path) => (this.files, this.path) = (files, path);

    /// <summary>Takes the lock; null when another process has it.</summary>
    public static GcLock? TryTake(string gitFolder, IFileSystem files)
    {
        var pidPath = Path.Combine(gitFolder, "gc.pid");
        var lockPath = pidPath + ".lock";
        // Taken for moments only: whoever left it for so long was killed with it.
        if (IsOld(lockPath))
            files.Delete(lockPath);
        try
        {
            using var file = files.Create(lockPath);
            file.Append(Encoding.UTF8.GetBytes($"{Environment.ProcessId} {HostName()}"));
        }
        catch (IOException error) when (error is not DiskFullException)
        {
            return null;
        }
        if (IsHeld(pidPath))
        {
            files.Delete(lockPath);
            return null;
        }
        files.Rename(lockPath, pidPath);
        return new(files, pidPath);
    }

    /// <summary>Tells whether a process of this machine lives.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Tells whether the process that wrote a file lives, and is not an earlier one of our own number, as in a container.</summary>
    public static bool IsAlive(int process, string writtenBy)
    {
        if (process != Environment.ProcessId)
            return IsAlive(process);
        using var self = Process.GetCurrentProcess();
        return File.GetLastWriteTimeUtc(writtenBy) >= self.StartTime.ToUniversalTime();
    }

    public void Dispose() => files.Delete(path);

    private static bool IsHeld(string path)
    {
        string[] parts;
        try
        {
            if (IsOld(path))
                return false;
            parts = File.ReadAllText(path).Trim().Split(' ', 2);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            return true;
        return !string.Equals(parts[1], HostName(), StringComparison.Ordinal) || IsAlive(process, path);
    }

    /// <summary>False when there is no such file: its date would be an old one, and what another process takes just then would go.</summary>
    private static bool IsOld(string path) => new FileInfo(path) is { Exists: true, LastWriteTimeUtc: var written } && DateTime.UtcNow - written > Stale;

    // Environment.MachineName ends at the first dot; git compares the whole name.
    private static string HostName()
    {
        const string kernel = "/proc/sys/kernel/hostname";
        return File.Exists(kernel) ? File.ReadAllText(kernel).Trim() : Environment.MachineName;
    }
}
