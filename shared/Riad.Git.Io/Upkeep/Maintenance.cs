using Riad.Git.History;
using Riad.Git.Io.Storage;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Git.Trees;

namespace Riad.Git.Io.Upkeep;

/// <summary>Keeps a repository small and fast: joins short packs and loose objects into one pack, with deltas.</summary>
/// <remarks>
/// Drops no object, reachable or not: that is left to the operator's <c>git gc</c>. Packs with a <c>.keep</c> file stay as they
/// are. Like <c>git repack --geometric</c>, it leaves a long pack alone until the short ones together come near it, so a year
/// of small pushes is copied only a few times.
/// </remarks>
public sealed class Maintenance(Repository repository, MaintenanceOptions options)
{
    private TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ObjectFolder Folder => repository.Database.Own;

    /// <summary>Ends the pause of <see cref="RunAsync"/>: for whoever wrote many packs in a short time.</summary>
    public void Call() => Volatile.Read(ref called).TrySetResult();

    /// <summary>Tells whether there is enough to tidy up. Looks at the disk.</summary>
    public bool IsNeeded()
    {
        _ = Folder.Rescan();
        return FreePacks().Count > options.Packs || Folder.Loose.List().Take(options.LooseObjects + 1).Count() > options.LooseObjects;
    }

    /// <summary>Looks at the repository again and again, and tidies up when that is needed.</summary>
    /// <param name="interval">The pause between two looks.</param>
    /// <param name="clock">Whose pauses they are.</param>
    /// <param name="log">Takes one line for each time that something was done or failed.</param>
    /// <param name="cancellation">Stops soon, also in the middle of a pack.</param>
    public async Task RunAsync(TimeSpan interval, TimeProvider clock, Action<string> log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(log);
        while (true)
        {
            await PauseAsync(interval, clock, cancellation);
            try
            {
                // Also where nothing is to be joined: a killed push may have left as much as a pack may hold.
                new Leftovers(repository, options.LeftoverAge).Remove();
                if (IsNeeded() && await RunApart(cancellation) is { Objects: > 0 } report)
                    log($"repository tidied up: packs={report.PacksBefore} loose={report.LooseBefore} objects={report.Objects} octets-before={report.OctetsBefore} octets-after={report.OctetsAfter}");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log($"repository not tidied up: {error.Message}");
            }
        }
    }

    /// <summary>On a thread of its own: it is at work for long, and those of the pool are few.</summary>
    private Task<MaintenanceReport> RunApart(CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task PauseAsync(TimeSpan interval, TimeProvider clock, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Task.Delay(interval, clock, ended.Token), called.Task);
        await ended.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (called.Task.IsCompleted)
            Volatile.Write(ref called, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Tidies up once, needed or not.</summary>
    /// <param name="cancellation">Stops soon; nothing is lost and nothing half-done stays.</param>
    /// <returns>What was done; nothing when another process is collecting garbage, or there is nothing to join.</returns>
    /// <exception cref="Files.DiskFullException">There was no room for the new pack; all is as before.</exception>
    public MaintenanceReport Run(CancellationToken cancellation)
    {
        using var held = GcLock.TryTake(repository.Path, repository.Files);
        if (held is null)
            return MaintenanceReport.Nothing;
        new Leftovers(repository, options.LeftoverAge).Remove();
        _ = Folder.Rescan();
        var packs = ChoosePacks();
        var loose = Folder.Loose.List().Order().ToArray();
        if (packs.Count < 2 && loose.Length == 0)
            return MaintenanceReport.Nothing;
        return Join(packs, loose, cancellation);
    }

    private List<PackFile> FreePacks() => [.. Folder.Packs.Where(pack => !IsKept(pack))];

    /// <summary>Also left alone: packs of a partial clone, and git's own packs of unreachable objects, whose age it keeps beside them.</summary>
    private static bool IsKept(PackFile pack) =>
        Array.Exists([".keep", ".promisor", ".mtimes"], extension => File.Exists(Path.ChangeExtension(pack.Path, extension)));

    /// <summary>The shortest packs, as many as keep what remains in geometric progression.</summary>
    private List<PackFile> ChoosePacks()
    {
        var packs = FreePacks().OrderBy(pack => pack.Octets).ThenBy(pack => pack.Path, StringComparer.Ordinal).ToList();
        var total = packs.Sum(pack => pack.Octets);
        var count = packs.Count;
        while (count > 0 && packs[count - 1].Octets >= options.GeometricFactor * (total - packs[count - 1].Octets))
            total -= packs[--count].Octets;
        // A progression that is merely too long: join the shorter half of it.
        if (count == 0 && packs.Count > options.Packs)
            count = packs.Count / 2;
        return packs[..count];
    }

    private MaintenanceReport Join(List<PackFile> packs, ObjectId[] loose, CancellationToken cancellation)
    {
        var ids = new SortedSet<ObjectId>(loose);
        foreach (var pack in packs)
        {
            for (var position = 0; position < pack.Index.Count; position++)
                _ = ids.Add(pack.Index.IdAt(position));
        }
        var source = new PackSet(repository, packs);
        using var writer = new PackWriter(source, new() { DeltaDepth = options.DeltaDepth, EarlierVersions = FindEarlierVersions(source, ids, cancellation) });
        using (repository.Installer.WriteHeld(writer, ids, Folder.PackFolder, [], cancellation))
        {
            if (!PackFile.TryOpen(Path.Combine(Folder.PackFolder, $"pack-{writer.Checksum}.pack"), new(), out var joined) || joined.Index.Count != ids.Count)
                throw new IOException($"pack-{writer.Checksum}.pack is not what was written");
            RemoveJoined(packs.Where(pack => !string.Equals(pack.Path, joined.Path, StringComparison.Ordinal)), loose);
            return new(packs.Count, loose.Length, ids.Count, packs.Sum(pack => pack.Octets), joined.Octets);
        }
    }

    /// <summary>
    /// For each content that a commit of the set changed, the content before: successive versions of a path differ little, and
    /// a commit tells them exactly where git must guess by name and size.
    /// </summary>
    private static Dictionary<ObjectId, ObjectId> FindEarlierVersions(PackSet source, SortedSet<ObjectId> ids, CancellationToken cancellation)
    {
        var earlier = new Dictionary<ObjectId, ObjectId>();
        foreach (var id in ids)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!source.TryReadHeader(id, out var kind, out _) || kind is not ObjectKind.Commit)
                continue;
            if (CommitHistory.TryReadCommit(source, id) is not { Parents: [var parent, ..] } commit || CommitHistory.TryReadCommit(source, parent) is not { } before)
                continue;
            AddPair(commit.Tree, before.Tree);
            foreach (var change in TreeDiff.Compare(source, before.Tree, commit.Tree))
                AddPair(change.After?.Id ?? default, change.Before?.Id ?? default);
        }
        return earlier;

        void AddPair(ObjectId after, ObjectId before)
        {
            if (after != before && ids.Contains(after) && ids.Contains(before))
                _ = earlier.TryAdd(after, before);
        }
    }

    /// <summary>The new pack is durable and visible; what it holds may go elsewhere.</summary>
    private void RemoveJoined(IEnumerable<PackFile> packs, ObjectId[] loose)
    {
        // git would look for the old packs through it; it makes another one when it wants to.
        repository.Files.Delete(Path.Combine(Folder.PackFolder, "multi-pack-index"));
        foreach (var pack in packs.Where(pack => !IsKept(pack)))
        {
            // The index first: without it, a pack is not a pack.
            foreach (var extension in (ReadOnlySpan<string>)[".idx", ".rev", ".bitmap", ".pack"])
                repository.Files.Delete(Path.ChangeExtension(pack.Path, extension));
        }
        foreach (var id in loose)
            repository.Files.Delete(Folder.Loose.PathOf(id));
        _ = Folder.Rescan();
    }
}
