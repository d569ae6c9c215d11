using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Objects;

namespace Riad.Git.Io.References;

/// <summary>Changes several refs together, the way git does: lock all, compare all, write all.</summary>
/// <remarks>
/// Everything that can be refused is refused before the first ref changes. What is new is on disk before it is renamed into
/// place, and the folders are synced before success is reported.
/// </remarks>
internal sealed class RefTransaction(string gitFolder, RefStore refs, IFileSystem files) : IDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);   // a busy disk makes git hold a lock for longer than its own usual second
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    private readonly List<string> locks = [];
    private readonly List<IWritableFile> prepared = []; // written into locks, and not durable yet
    private readonly SortedSet<string> foldersToSync = new(StringComparer.Ordinal);

    /// <summary>Changes the refs.</summary>
    /// <param name="updates">Each with the value that it must have now.</param>
    /// <param name="error">Which was not as expected.</param>
    /// <param name="makeDurable">Makes what the refs shall name durable, and these files with it; null when it is durable already.</param>
    public bool TryRun(IReadOnlyCollection<RefUpdate> updates, out RefUpdateError error, Action<IReadOnlyList<IWritableFile>>? makeDurable = null)
    {
        error = Check(updates);
        if (error.Fault is not RefUpdateFault.None)
            return false;
        using var marker = LockMarker.Create(gitFolder, files, [.. updates.Select(update => refs.PathOf(update.Name) + ".lock"), refs.PackedPath + ".lock"], ReleaseLocks);
        foreach (var update in updates.OrderBy(update => update.Name, StringComparer.Ordinal))
        {
            if (!TryPrepare(update, out error))
                return false;
        }
        (makeDurable ?? files.Sync)(prepared);
        ClosePrepared();
        var deletions = updates.Where(update => update.New.IsZero).ToArray();
        if (deletions.Length > 0 && !TryDelete(deletions, out error))
            return false;
        foreach (var update in updates.Where(update => !update.New.IsZero))
            Commit(update);
        files.SyncDirectories([.. foldersToSync.Where(Directory.Exists)]);
        return true;
    }

    public void Dispose()
    {
        ClosePrepared();
        ReleaseLocks();
    }

    private void ClosePrepared()
    {
        prepared.ForEach(file => file.Dispose());
        prepared.Clear();
    }

    private void ReleaseLocks()
    {
        foreach (var path in locks)
            files.Delete(path);
        locks.Clear();
    }

    private RefUpdateError Check(IReadOnlyCollection<RefUpdate> updates)
    {
        var existing = refs.List().Select(found => found.Name).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var update in updates)
        {
            if (!RefName.IsValid(update.Name))
                return new(RefUpdateFault.BadName, update.Name, $"git allows no ref to be named {update.Name}");
            if (refs.IsSymbolic(update.Name))
                return new(RefUpdateFault.BadName, update.Name, $"{update.Name} is symbolic; update what it names instead");
            if (!names.Add(update.Name))
                return new(RefUpdateFault.Repeated, update.Name, $"{update.Name} is updated twice");
            _ = update.New.IsZero ? existing.Remove(update.Name) : existing.Add(update.Name);
        }
        foreach (var update in updates.Where(update => !update.New.IsZero))
        {
            if (FindConflict(update.Name, existing) is { } other)
                return new(RefUpdateFault.NameConflict, update.Name, $"{update.Name} cannot exist beside {other}");
        }
        return RefUpdateError.None;
    }

    private static string? FindConflict(string name, HashSet<string> existing)
    {
        for (var slash = name.LastIndexOf('/'); slash > "refs".Length; slash = name.LastIndexOf('/', slash - 1))
        {
            if (existing.Contains(name[..slash]))
                return name[..slash];
        }
        return existing.FirstOrDefault(other => other.Length > name.Length && other[name.Length] == '/' && other.StartsWith(name, StringComparison.Ordinal));
    }

    /// <summary>Locks a ref, compares it, and writes what it shall name into the lock.</summary>
    private bool TryPrepare(RefUpdate update, out RefUpdateError error)
    {
        var path = refs.PathOf(update.Name);
        if (!TryLock(path, update.Name, update.New.IsZero ? [] : Encoding.ASCII.GetBytes($"{update.New}\n"), out error))
            return false;
        var exists = refs.TryRead(update.Name, out var current);
        if (update.Old is not { } old || old == current)
            return true;
        error = new(RefUpdateFault.Stale, update.Name, (exists, old.IsZero) switch
        {
            (true, true) => $"{update.Name} exists already; fetch first",
            (true, false) => $"{update.Name} is at {current} but was expected at {old}; fetch first",
            (false, _) => $"{update.Name} does not exist any more; fetch first",
        });
        return false;
    }

    private bool TryLock(string path, string name, byte[] content, out RefUpdateError error)
    {
        var lockPath = path + ".lock";
        var giveUp = Environment.TickCount64 + (long)LockPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                EnsureFolder(Path.GetDirectoryName(path)!);
                var file = files.Create(lockPath);
                locks.Add(lockPath);
                prepared.Add(file);
                file.Append(content);
                error = RefUpdateError.None;
                return true;
            }
            catch (DirectoryNotFoundException) when (Environment.TickCount64 < giveUp)
            {
                // Another process removed the empty folder in between.
            }
            catch (IOException taken) when (taken is not DiskFullException && !locks.Contains(lockPath) && Environment.TickCount64 < giveUp)
            {
                // Taken, and perhaps given free again already.
                Thread.Sleep(LockPause);
            }
            catch (IOException) when (File.Exists(lockPath) && !locks.Contains(lockPath))
            {
                error = new(RefUpdateFault.Locked, name, $"{lockPath} exists: another git process is at work, or one was killed; if none is, delete this file");
                return false;
            }
        }
    }

    private void EnsureFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder)!;
        EnsureFolder(parent);
        // An old empty file cannot be here: Check would have found a ref of that name.
        files.CreateDirectory(folder);
        _ = foldersToSync.Add(parent);
    }

    private bool TryDelete(RefUpdate[] deletions, out RefUpdateError error)
    {
        error = RefUpdateError.None;
        var packed = PackedRefs.Read(refs.PackedPath);
        if (deletions.Any(deletion => packed.ContainsKey(deletion.Name)))
        {
            if (!TryLock(refs.PackedPath, "packed-refs", [], out error))
                return false;
            packed = PackedRefs.Read(refs.PackedPath);
            foreach (var deletion in deletions)
                _ = packed.Remove(deletion.Name);
            // The lock itself stays empty; git writes the new file beside it, too. On disk before a loose file goes, or the ref
            // would come back after a crash with the packed value.
            files.Replace(refs.PackedPath, PackedRefs.Write(packed));
        }
        foreach (var deletion in deletions)
        {
            files.Delete(refs.PathOf(deletion.Name));
            // Also the lock, or the folder could not give way to a ref of its name.
            files.Delete(refs.PathOf(deletion.Name) + ".lock");
            _ = locks.Remove(refs.PathOf(deletion.Name) + ".lock");
            _ = foldersToSync.Add(Path.GetDirectoryName(refs.PathOf(deletion.Name))!);
        }
        return true;
    }

    private void Commit(RefUpdate update)
    {
        var path = refs.PathOf(update.Name);
        if (Directory.Exists(path))
            RemoveEmptyFolders(path);
        files.Rename(path + ".lock", path);
        _ = locks.Remove(path + ".lock");
        _ = foldersToSync.Add(Path.GetDirectoryName(path)!);
    }

    private void RemoveEmptyFolders(string folder)
    {
        foreach (var inner in Directory.GetDirectories(folder))
            RemoveEmptyFolders(inner);
        _ = files.TryDeleteEmptyDirectory(folder);
    }
}
