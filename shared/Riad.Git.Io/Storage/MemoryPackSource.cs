using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>Objects that are about to be written, as a source of a pack: whole ones, and what is in its compressed form already.</summary>
internal sealed class MemoryPackSource : IPackSource
{
    private readonly Dictionary<ObjectId, GitObject> objects = [];
    private readonly Dictionary<ObjectId, StoredObject> compressed = [];

    public List<ObjectId> Ids { get; } = [];

    public void Add(GitObject added)
    {
        if (!compressed.ContainsKey(added.Id) && objects.TryAdd(added.Id, added))
            Ids.Add(added.Id);
    }

    public void Add(ObjectId id, StoredObject stored)
    {
        if (!objects.ContainsKey(id) && compressed.TryAdd(id, stored))
            Ids.Add(id);
    }

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        var found = objects.TryGetValue(id, out var added);
        (kind, content) = added is null ? default : (added.Kind, added.Content);
        return found;
    }

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        var found = objects.TryGetValue(id, out var added);
        (kind, octets) = added is null ? default : (added.Kind, added.Content.Length);
        return found;
    }

    public bool TryReadStored(ObjectId id, out StoredObject stored) => compressed.TryGetValue(id, out stored);

    public bool Contains(ObjectId id) => objects.ContainsKey(id) || compressed.ContainsKey(id);
}
