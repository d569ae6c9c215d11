using System.Collections.Immutable;
using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Io.References;
using Riad.Git.Io.Storage;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io;

/// <summary>A bare repository on disk, which real git may use at the same time.</summary>
/// <remarks>
/// Safe for many threads. Reading looks at the disk again when something is missing, so what git fetched, packed or deleted
/// meanwhile is noticed. Source: gitrepository-layout(5).
/// </remarks>
public sealed class Repository : IPackSource
{
    private const string UnfinishedHead = "HEAD.new";
    private const int RefsOctets = 1 << 16; // what refs and their locks may need

    private readonly ObjectDatabase database;
    private readonly RefStore refs;

    private Repository(string path, IFileSystem files)
    {
        (Path, Files) = (path, files);
        database = new(ObjectsFolder);
        refs = new(path);
        Installer = new(database.Own, files);
    }

    /// <summary>The folder of the repository, absolute.</summary>
    public string Path { get; }

    internal string ObjectsFolder => System.IO.Path.Combine(Path, "objects");

    internal IFileSystem Files { get; }

    internal ObjectDatabase Database => database;

    internal PackInstaller Installer { get; }

    /// <summary>Opens a repository. Changes nothing in it, so a tool may do it while a server is at work.</summary>
    /// <param name="path">A bare repository.</param>
    /// <exception cref="RepositoryRefusedException">It is none, or of a kind that cannot be served; the message says which.</exception>
    public static Repository Open(string path) => Open(path, DiskFileSystem.Instance);

    internal static Repository Open(string path, IFileSystem files)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, "HEAD")) || !Directory.Exists(System.IO.Path.Combine(full, "objects")))
        {
            throw new RepositoryRefusedException(Directory.Exists(System.IO.Path.Combine(full, ".git"))
                ? $"{full} has a work tree; use a bare repository ('git clone --bare {full}')"
                : $"{full} is not a git repository");
        }
        var configuration = System.IO.Path.Combine(full, "config");
        if (File.Exists(configuration) && RepositoryConfiguration.FindObstacle(File.ReadLines(configuration)) is { } obstacle)
            throw new RepositoryRefusedException($"{full} cannot be served: {obstacle}");
        return new(full, files);
    }

    /// <summary>Opens a repository for the one process that serves it, and removes the locks of earlier lives of that process.</summary>
    /// <param name="path">A bare repository. The caller sees to it that no other process of Riad serves it.</param>
    /// <exception cref="RepositoryRefusedException">It is none, or of a kind that cannot be served; the message says which.</exception>
    public static Repository TakeOver(string path) => TakeOver(path, DiskFileSystem.Instance, MachineStart.Find());

    internal static Repository TakeOver(string path, IFileSystem files, MachineStart? start)
    {
        var repository = Open(path, files);
        Takeover.Run(repository.Path, files, start);
        return repository;
    }

    /// <summary>Creates an empty repository, and opens it for the one process that serves it.</summary>
    /// <param name="path">A folder that does not exist, is empty, or holds no more than what a crash left of this.</param>
    /// <param name="branch">What HEAD names, without <c>refs/heads/</c>.</param>
    /// <exception cref="RepositoryRefusedException">There is something at the path, or the branch cannot be named so.</exception>
    public static Repository Create(string path, string branch) => Create(path, branch, DiskFileSystem.Instance);

    internal static Repository Create(string path, string branch, IFileSystem files)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!RefName.IsValid($"refs/heads/{branch}"))
            throw new RepositoryRefusedException($"git allows no branch to be named {branch}");
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any() && !IsBegun(full)))
            throw new RepositoryRefusedException($"{full} exists and is not empty");
        foreach (var begun in (ReadOnlySpan<string>)["config", UnfinishedHead])
            files.Delete(System.IO.Path.Combine(full, begun));
        foreach (var folder in (ReadOnlySpan<string>)["objects/info", "objects/pack", "refs/heads", "refs/tags", "info"])
            files.CreateDirectory(System.IO.Path.Combine(full, folder));
        WriteFile(files, System.IO.Path.Combine(full, "config"), "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n");
        // Last: a folder without HEAD is no repository, so one that was half made is not taken for whole.
        WriteFile(files, System.IO.Path.Combine(full, UnfinishedHead), $"ref: refs/heads/{branch}\n");
        files.Rename(System.IO.Path.Combine(full, UnfinishedHead), System.IO.Path.Combine(full, "HEAD"));
        foreach (var folder in (ReadOnlySpan<string>)["objects", "refs", ".", ".."])
            files.SyncDirectory(System.IO.Path.GetFullPath(folder, full));
        return TakeOver(full, files, MachineStart.Find());
    }

    /// <summary>What HEAD names.</summary>
    /// <returns>The branch (null when HEAD names a commit itself), and the commit (the zero id while the branch is unborn, or damaged).</returns>
    public (string? Target, ObjectId Id) ReadHead() => refs.ReadHead();

    /// <summary>Reads a ref, following symbolic ones.</summary>
    /// <param name="name">The whole name, such as <c>refs/heads/main</c>.</param>
    /// <param name="id">The zero id when false is returned.</param>
    /// <exception cref="RepositoryDamagedException">Its file holds no id, or cannot be read.</exception>
    public bool TryReadRef(string name, out ObjectId id) => refs.TryRead(name, out id);

    /// <summary>All refs below <c>refs/</c> at this moment, in octet order of their names; damaged ones are left out.</summary>
    public ImmutableArray<Ref> ReadRefs() => refs.List();

    /// <summary>Changes refs, all or none. On disk when true is returned.</summary>
    /// <param name="updates">Each with the value that it must have now. HEAD stays as it is.</param>
    /// <param name="error">Which ref was not as expected, and why.</param>
    /// <exception cref="DiskFullException">Nothing was changed.</exception>
    public bool TryUpdateRefs(IReadOnlyCollection<RefUpdate> updates, out RefUpdateError error)
    {
        ArgumentNullException.ThrowIfNull(updates);
        using var transaction = new RefTransaction(Path, refs, Files);
        return transaction.TryRun(updates, out error);
    }

    /// <summary>Begins to receive objects that may be refused.</summary>
    /// <param name="limits">What the pack may cost once it is unpacked.</param>
    /// <param name="packOctets">How long the pack may be as it comes.</param>
    public Quarantine BeginQuarantine(PackLimits limits, long packOctets) => new(this, limits, packOctets);

    /// <summary>Stores objects of our own, durable when it returns, as one small pack.</summary>
    /// <param name="objects">Well-formed; those that exist already are made recent instead.</param>
    /// <returns>Holds the objects against a concurrent <c>git gc --prune=now</c>; dispose it once a ref names them.</returns>
    /// <exception cref="DiskFullException">Nothing was stored.</exception>
    public PackHold WriteObjects(IReadOnlyCollection<GitObject> objects) => WriteObjects(new NewObjects([.. objects], []));

    /// <inheritdoc cref="WriteObjects(IReadOnlyCollection{GitObject})"/>
    /// <exception cref="RepositoryDamagedException">The base of a difference is not in the repository.</exception>
    public PackHold WriteObjects(NewObjects objects) => WriteObjects(objects, []);

    /// <summary>Stores objects of our own and lets refs name them, all or nothing, durable when true is returned.</summary>
    /// <param name="objects">Those that exist already are made recent instead.</param>
    /// <param name="updates">Each with the value that it must have now. HEAD stays as it is.</param>
    /// <param name="error">Which ref was not as expected, and why. Then nothing was stored.</param>
    /// <exception cref="DiskFullException">No ref was changed.</exception>
    /// <exception cref="RepositoryDamagedException">The base of a difference is not in the repository. No ref was changed.</exception>
    /// <remarks>The same as the two calls, in fewer waits for the disk.</remarks>
    public bool TryStore(NewObjects objects, IReadOnlyCollection<RefUpdate> updates, out RefUpdateError error)
    {
        ArgumentNullException.ThrowIfNull(updates);
        using var transaction = new RefTransaction(Path, refs, Files);
        PackHold? hold = null;
        try
        {
            return transaction.TryRun(updates, out error, locks => hold = WriteObjects(objects, locks));
        }
        finally
        {
            hold?.Dispose();
        }
    }

    /// <summary>Makes sure that objects can be stored soon, and refs be updated; leaves nothing behind.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public void EnsureRoom(NewObjects objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var bases = objects.Deltas.Select(delta => delta.Base).Distinct().Sum(id => database.Known.TryReadHeader(id, out _, out var octets) ? octets : 0);
        EnsureRoom(bases + objects.Deltas.Sum(delta => (long)delta.Delta.Length) + objects.Whole.Sum(added => (long)added.Content.Length));
    }

    /// <summary>Makes sure that so much can be written soon, and refs be updated; leaves nothing behind.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public void EnsureRoom(long octets)
    {
        Files.CreateDirectory(database.Own.PackFolder);
        EnsureRoom(System.IO.Path.Combine(database.Own.PackFolder, $"{PackInstaller.TemporaryPrefix}room-{System.IO.Path.GetRandomFileName()}"), octets);
    }

    internal void EnsureRoom(string path, long octets)
    {
        try
        {
            using var file = Files.Create(path);
            var zeros = new byte[1 << 17];
            for (octets += RefsOctets; octets > 0; octets -= zeros.Length)
                file.Append(zeros.AsSpan(0, (int)Math.Min(octets, zeros.Length)));
        }
        finally
        {
            Files.Delete(path);
        }
    }

    /// <summary>Makes an object recent, so that a concurrent git gc does not prune it.</summary>
    /// <returns>False when there is no such object.</returns>
    public bool TryFreshen(ObjectId id) => database.TryFreshen(id, Files);

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) => database.TryRead(id, out kind, out content);

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) => database.TryReadHeader(id, out kind, out octets);

    /// <inheritdoc/>
    public bool TryReadStored(ObjectId id, out StoredObject stored) => database.TryReadStored(id, out stored);

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => database.Contains(id);

    private PackHold WriteObjects(NewObjects objects, IReadOnlyList<IWritableFile> alongside)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var incoming = new MemoryPackSource();
        foreach (var added in objects.Whole)
        {
            if (!IsFreshened(added.Id))
                incoming.Add(added);
        }
        // One of them may be the base of the next, so they are written together or not at all.
        if (!objects.Deltas.All(delta => IsFreshened(delta.Id)))
        {
            foreach (var delta in objects.Deltas)
                AddDelta(incoming, delta);
        }
        if (incoming.Ids.Count == 0)
        {
            Files.Sync(alongside);
            return PackHold.Nothing;
        }
        using var writer = new PackWriter(incoming, new() { EarlierVersions = objects.EarlierVersions });
        var folder = database.Own.PackFolder;
        Files.CreateDirectory(folder);
        return Installer.WriteHeld(writer, incoming.Ids, folder, alongside);
    }

    private bool IsFreshened(ObjectId id) => database.Known.Contains(id) && database.TryFreshen(id, Files);

    /// <summary>A pack stands alone, so the base goes into it again, as it lies in another where it can be had so.</summary>
    private void AddDelta(MemoryPackSource incoming, ObjectDelta delta)
    {
        if (!incoming.Contains(delta.Base))
        {
            if (database.TryReadWhole(delta.Base, out var whole))
                incoming.Add(delta.Base, whole);
            else if (TryRead(delta.Base, out var kind, out var content))
                incoming.Add(GitObject.Create(kind, content));
            else
                throw new RepositoryDamagedException($"object {delta.Base} vanished while a change was based on it");
        }
        incoming.Add(delta.Id, new(default, delta.Base, delta.Delta.Length, Compression.Compress(delta.Delta.Span)));
    }

    /// <summary>A name that <see cref="Upkeep.Leftovers"/> knows, and git's own garbage collector does not: with <c>--prune=now</c> it takes away what is in use.</summary>
    internal static string NewQuarantineName() =>
        $"{PackInstaller.TemporaryPrefix}incoming-{System.IO.Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";

    // The folders come first, so whoever's file lies in a folder without them is not ours.
    private static bool IsBegun(string folder) =>
        Directory.Exists(System.IO.Path.Combine(folder, "objects", "info")) &&
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).All(file => System.IO.Path.GetRelativePath(folder, file) is "config" or UnfinishedHead);

    private static void WriteFile(IFileSystem files, string path, string content)
    {
        using var file = files.Create(path);
        file.Append(Encoding.UTF8.GetBytes(content));
        file.Sync();
    }
}
