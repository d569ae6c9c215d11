using System.Text;
using Riad.Git.Io.Files;

namespace Riad.Git.Io.References;

/// <summary>Says which locks a process of ours is about to take, so that they can be removed when it was killed with them.</summary>
/// <remarks>
/// git's own locks name no owner and are not touched. The marker exists before its locks and goes after them, and lies in the
/// folder of the repository as <c>riad-locks-NAME</c>. While its process lives it holds the marker with a lock of the system, for
/// a process's number tells nothing in a container and after a restart. It is not made durable, which would cost every change
/// two more waits for the disk: when the power fails, <see cref="Upkeep.Takeover"/> needs no names.
/// </remarks>
internal sealed class LockMarker : IDisposable
{
    private const string Prefix = "riad-locks-";

    private readonly IFileSystem files;
    private readonly string path;
    private readonly IWritableFile held;
    private readonly Action releaseLocks;

    private LockMarker(IFileSystem files, string path, Action releaseLocks)
    {
        (this.files, this.path, this.releaseLocks) = (files, path, releaseLocks);
        held = files.CreateHeld(path);
    }

    public static LockMarker Create(string gitFolder, IFileSystem files, IEnumerable<string> locks, Action releaseLocks)
    {
        var created = new LockMarker(files, Path.Combine(gitFolder, Prefix + Path.GetRandomFileName()), releaseLocks);
        try
        {
            created.held.Append(Encoding.UTF8.GetBytes(string.Join('\n', locks.Select(taken => Path.GetRelativePath(gitFolder, taken)))));
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
            if (ReadAbandoned(marker) is not { } names)
                continue;
            foreach (var name in names.Where(IsLock))
                files.Delete(Path.Combine(gitFolder, name));
            files.Delete(marker);
        }
    }

    public void Dispose()
    {
        releaseLocks();
        held.Dispose();
        files.Delete(path);
    }

    /// <summary>The names in a marker; null while its process lives.</summary>
    private static string[]? ReadAbandoned(string marker)
    {
        try
        {
            using var text = new StreamReader(new FileStream(marker, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            return text.ReadToEnd().Split('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>After a crash the file may hold anything; it must not lead elsewhere.</summary>
    private static bool IsLock(string name) =>
        name.EndsWith(".lock", StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal)
        && (name.StartsWith("refs/", StringComparison.Ordinal) || string.Equals(name, "packed-refs.lock", StringComparison.Ordinal));
}
