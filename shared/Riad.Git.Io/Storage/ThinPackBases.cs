using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>Finds what a thin pack lacks: its missing bases, and what those are deltas on.</summary>
internal sealed class ThinPackBases(IPackSource source, ReceivedPack received)
{
    private readonly HashSet<ObjectId> inPack = [.. received.Objects.Select(found => found.Id)];
    private readonly HashSet<ObjectId> newObjects = [.. received.Objects.Select(found => found.Id)];
    private readonly List<(ObjectId, ReadOnlyMemory<byte>)> collected = [];

    /// <summary>Entries to append, each whole: header and compressed octets.</summary>
    public IReadOnlyList<(ObjectId Id, ReadOnlyMemory<byte> Entry)> Collect()
    {
        foreach (var id in received.MissingBases)
            Add(id);
        return collected;
    }

    private void Add(ObjectId id)
    {
        while (inPack.Add(id))
        {
            var isStored = source.TryReadStored(id, out var stored);
            // A delta on something of the new pack could close a circle; then the object is written whole.
            if (isStored && (!stored.IsDelta || !ReachesNewObject(stored.Base)))
            {
                var header = stored.IsDelta
                    ? new PackEntryHeader(PackEntryKind.ReferenceDelta, stored.Octets, 0, stored.Base, 0)
                    : new((PackEntryKind)stored.Kind, stored.Octets, 0, default, 0);
                collected.Add((id, Entry(header, stored.Compressed.Span)));
                LargeContent.Forget(stored.Compressed);
                if (!stored.IsDelta)
                    return;
                id = stored.Base;
                continue;
            }
            if (!source.TryRead(id, out var kind, out var content))
                throw new RepositoryDamagedException($"object {id} vanished while a push was based on it");
            collected.Add((id, Entry(new((PackEntryKind)kind, content.Length, 0, default, 0), Compression.Compress(content.Span).Span)));
            return;
        }
    }

    private bool ReachesNewObject(ObjectId id)
    {
        for (var steps = 0; steps < 10_000; steps++)
        {
            if (newObjects.Contains(id))
                return true;
            if (!source.TryReadStored(id, out var stored) || !stored.IsDelta)
                return false;
            id = stored.Base;
        }
        return true;
    }

    private static byte[] Entry(PackEntryHeader header, ReadOnlySpan<byte> compressed)
    {
        Span<byte> head = stackalloc byte[PackEntryHeader.LongestHeader];
        var length = header.Write(head);
        var entry = GC.AllocateUninitializedArray<byte>(length + compressed.Length);
        head[..length].CopyTo(entry);
        compressed.CopyTo(entry.AsSpan(length));
        return entry;
    }
}
