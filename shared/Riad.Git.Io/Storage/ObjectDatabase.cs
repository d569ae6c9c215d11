using System.Collections.Immutable;
using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>The objects of a repository and of its alternates.</summary>
internal sealed class ObjectDatabase : IPackSource
{
    private const int DeepestAlternate = 5;

    private readonly ImmutableArray<ObjectFolder> folders;

    public ObjectDatabase(string objectsFolder)
    {
        var cache = new ContentCache();
        var found = ImmutableArray.CreateBuilder<ObjectFolder>();
        Collect(Path.GetFullPath(objectsFolder), found, cache, depth: 0);
        folders = found.DrainToImmutable();
        Known = new WithoutRescan(this);
    }

    /// <summary>The repository's own folder; what is written goes there.</summary>
    public ObjectFolder Own => folders[0];

    /// <summary>The same objects without a second look at the disk for those that are not here.</summary>
    public IObjectStore Known { get; }

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) =>
        Known.TryRead(id, out kind, out content) || (Rescan() && Known.TryRead(id, out kind, out content));

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) =>
        Known.TryReadHeader(id, out kind, out octets) || (Rescan() && Known.TryReadHeader(id, out kind, out octets));

    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        foreach (var folder in folders)
        {
            if (folder.TryReadStored(id, out stored))
                return true;
        }
        stored = default;
        return false;
    }

    /// <summary>Finds an object as it lies in a pack, in one in which it is whole.</summary>
    public bool TryReadWhole(ObjectId id, out StoredObject stored)
    {
        foreach (var pack in folders.SelectMany(folder => folder.Packs))
        {
            if (pack.TryReadStored(id, out stored) && !stored.IsDelta)
                return true;
        }
        stored = default;
        return false;
    }

    public bool Contains(ObjectId id) => Known.Contains(id) || (Rescan() && Known.Contains(id));

    /// <summary>Makes an object recent, so that a concurrent git gc does not prune it. False when there is none.</summary>
    public bool TryFreshen(ObjectId id, IFileSystem files)
    {
        foreach (var folder in folders)
        {
            if (folder.TryFreshen(id, files))
                return true;
        }
        return false;
    }

    public bool Rescan()
    {
        var changed = false;
        foreach (var folder in folders)
            changed |= folder.Rescan();
        // Also true without other packs: an object may have become loose between two looks.
        return changed || !folders.IsEmpty;
    }

    private static void Collect(string folder, ImmutableArray<ObjectFolder>.Builder found, ContentCache cache, int depth)
    {
        if (depth > DeepestAlternate || found.Any(known => string.Equals(known.Folder, folder, StringComparison.Ordinal)))
            return;
        found.Add(new(folder, cache));
        var alternates = Path.Combine(folder, "info", "alternates");
        if (!File.Exists(alternates))
            return;
        foreach (var line in File.ReadLines(alternates))
        {
            if (line.Length > 0 && line[0] != '#')
                Collect(Path.GetFullPath(line, folder), found, cache, depth + 1);
        }
    }

    private sealed class WithoutRescan(ObjectDatabase database) : IObjectStore
    {
        public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
        {
            foreach (var folder in database.folders)
            {
                if (folder.TryRead(id, out kind, out content))
                    return true;
            }
            (kind, content) = (default, default);
            return false;
        }

        public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
        {
            foreach (var folder in database.folders)
            {
                if (folder.TryReadHeader(id, out kind, out octets))
                    return true;
            }
            (kind, octets) = (default, 0);
            return false;
        }

        public bool Contains(ObjectId id)
        {
            foreach (var folder in database.folders)
            {
                if (folder.Contains(id))
                    return true;
            }
            return false;
        }
    }
}
