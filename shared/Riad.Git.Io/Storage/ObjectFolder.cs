using System.Collections.Immutable;
using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>One <c>objects</c> folder: packs and loose objects. Notices what other processes do when an object is missing.</summary>
internal sealed class ObjectFolder
{
    private static readonly TimeSpan Retirement = TimeSpan.FromMinutes(2);

    private readonly ContentCache cache;
    private readonly Lock scanning = new();
    private readonly Queue<(long Since, PackFile Pack)> retired = [];
    private ImmutableArray<PackFile> packs = [];

    public ObjectFolder(string folder, ContentCache cache)
    {
        (Folder, this.cache) = (folder, cache);
        Loose = new(folder);
        Rescan();
    }

    public string Folder { get; }

    public string PackFolder => Path.Combine(Folder, "pack");

    public LooseObjects Loose { get; }

    public ImmutableArray<PackFile> Packs => packs;

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        foreach (var pack in packs)
        {
            if (pack.TryRead(id, out kind, out content))
                return true;
        }
        return Loose.TryRead(id, out kind, out content);
    }

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        foreach (var pack in packs)
        {
            if (pack.TryReadHeader(id, out kind, out octets))
                return true;
        }
        return Loose.TryReadHeader(id, out kind, out octets);
    }

    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        foreach (var pack in packs)
        {
            if (pack.TryReadStored(id, out stored))
                return true;
        }
        stored = default;
        return false;
    }

    public bool Contains(ObjectId id) => FindPack(id) is not null || Loose.Contains(id);

    public PackFile? FindPack(ObjectId id)
    {
        foreach (var pack in packs)
        {
            if (pack.Index.TryFind(id, out _))
                return pack;
        }
        return null;
    }

    /// <summary>Sets the time of an object to now. False when it is not here.</summary>
    public bool TryFreshen(ObjectId id, IFileSystem files) =>
        (FindPack(id) is { } pack && files.TryTouch(pack.Path)) || files.TryTouch(Loose.PathOf(id));

    /// <summary>Looks at the folder again. True when there are other packs than before.</summary>
    public bool Rescan()
    {
        lock (scanning)
        {
            var before = packs.ToDictionary(pack => pack.Path, StringComparer.Ordinal);
            var after = new List<PackFile>();
            foreach (var path in ListPacks())
            {
                if (before.Remove(path, out var known))
                    after.Add(known);
                else if (PackFile.TryOpen(path, cache, out var opened))
                    after.Add(opened);
            }
            var changed = before.Count > 0 || after.Count != packs.Length;
            Retire(before.Values);
            // The largest first: most objects are there.
            packs = [.. after.OrderByDescending(pack => pack.Index.Count).ThenBy(pack => pack.Path, StringComparer.Ordinal)];
            return changed;
        }
    }

    /// <summary>A reader may still be inside of a pack that is gone, so it stays mapped for a while.</summary>
    private void Retire(Dictionary<string, PackFile>.ValueCollection gone)
    {
        if (gone.Count > 0)
            cache.Clear();
        foreach (var pack in gone)
            retired.Enqueue((Environment.TickCount64, pack));
        while (retired.TryPeek(out var oldest) && Environment.TickCount64 - oldest.Since > Retirement.TotalMilliseconds)
            _ = retired.Dequeue();
    }

    private string[] ListPacks()
    {
        try
        {
            return Directory.EnumerateFiles(PackFolder, "pack-*.idx").Select(index => Path.ChangeExtension(index, ".pack")).ToArray();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
