namespace Riad.Git.Objects;

/// <summary>Objects in memory, for tests and for building a tree before it is written.</summary>
/// <remarks>Mutable, one owner. What it does not have, it asks of the store beneath it.</remarks>
/// <param name="beneath">Where to look for what is not here; null for nowhere.</param>
public sealed class MemoryObjectStore(IObjectStore? beneath = null) : IObjectStore
{
    private readonly Dictionary<ObjectId, GitObject> objects = [];

    /// <summary>What was added here, in id order; nothing of the store beneath.</summary>
    public IEnumerable<GitObject> Added => objects.Values.OrderBy(added => added.Id);

    /// <summary>Adds an object and returns its id. Adding it twice changes nothing.</summary>
    public ObjectId Add(ObjectKind kind, ReadOnlyMemory<byte> content) => Add(GitObject.Create(kind, content));

    /// <inheritdoc cref="Add(ObjectKind, ReadOnlyMemory{byte})"/>
    public ObjectId Add(GitObject added)
    {
        ArgumentNullException.ThrowIfNull(added);
        objects[added.Id] = added;
        return added.Id;
    }

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        if (objects.TryGetValue(id, out var found))
        {
            (kind, content) = (found.Kind, found.Content);
            return true;
        }
        (kind, content) = (default, default);
        return beneath is not null && beneath.TryRead(id, out kind, out content);
    }

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        if (objects.TryGetValue(id, out var found))
        {
            (kind, octets) = (found.Kind, found.Content.Length);
            return true;
        }
        (kind, octets) = (default, default);
        return beneath is not null && beneath.TryReadHeader(id, out kind, out octets);
    }

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => objects.ContainsKey(id) || (beneath?.Contains(id) ?? false);
}
