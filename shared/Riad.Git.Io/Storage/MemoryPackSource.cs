using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>Objects that are about to be written, as a source of a pack.</summary>
internal sealed class MemoryPackSource : IPackSource
{
    private readonly Dictionary<ObjectId, GitObject> objects = [];

    public List<ObjectId> Ids { get; } = [];

    public void Add(GitObject added)
    {
        if (objects.TryAdd(added.Id, added))
            Ids.Add(added.Id);
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

    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        stored = default;
        return false;
    }

    public bool Contains(ObjectId id) => objects.ContainsKey(id);
}
