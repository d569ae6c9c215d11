using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Io.Upkeep;

namespace Riad.Git.Io.References;

/// <summary>Says which locks a process of ours is about to take, so that they can be removed when it was killed with them.</summary>
/// <remarks>
/// git's own locks name no owner and are never touched. The marker exists before its locks and goes after them, and lies in the
/// folder of the repository as <c>riad-locks-PROCESS-NUMBER</c>.
/// </remarks>
internal sealed class LockMarker : IDisposable
{
    private const string Prefix = "riad-locks-";

    // A container gives every life of a process the same number; these are the markers of this life.
    private static readonly ConcurrentDictionary<string, bool> Ours = new(StringComparer.Ordinal);
    private static long lastNumber;

    private readonly IFileSystem files;
    private readonly string path;
    private readonly Action releaseLocks;

    private LockMarker(IFileSystem files, string path, Action releaseLocks) => (this.files, this.path, this.releaseLocks) = (files, path, releaseLocks);

    public static LockMarker Create(string gitFolder, IFileSystem files, IEnumerable<string> locks, Action releaseLocks)
    {
        var marker = Path.Combine(gitFolder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref lastNumber)}"));
        _ = Ours.TryAdd(marker, true);
        // One of an earlier life, which nobody has removed yet.
        files.Delete(marker);
        var created = new LockMarker(files, marker, releaseLocks);
        try
        {
            using var file = files.Create(marker);
            file.Append(Encoding.UTF8.GetBytes(string.Join('\n', locks.Select(taken => Path.GetRelativePath(gitFolder, taken)))));
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Removes the locks of processes that are gone.</summary>
    public static void RemoveAbandoned(string gitFolder, IFileSystem files)
    {
        foreach (var marker in Directory.GetFiles(gitFolder, Prefix + "*"))
        {
            var parts = Path.GetFileName(marker)[Prefix.Length..].Split('-');
            if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process))
                continue;
            if (Ours.ContainsKey(marker) || (process != Environment.ProcessId && GcLock.IsAlive(process)))
                continue;
            foreach (var name in File.ReadAllLines(marker).Where(IsLock))
                files.Delete(Path.Combine(gitFolder, name));
            files.Delete(marker);
        }
    }

    public void Dispose()
    {
        releaseLocks();
        files.Delete(path);
        _ = Ours.TryRemove(path, out _);
    }

    /// <summary>After a crash the file may hold anything; it must not lead elsewhere.</summary>
    private static bool IsLock(string name) =>
        name.EndsWith(".lock", StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal)
        && (name.StartsWith("refs/", StringComparison.Ordinal) || string.Equals(name, "packed-refs.lock", StringComparison.Ordinal));
}
