using Riad.Git.Io.Storage;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io;

/// <summary>Objects that may be stored later, seen together with the repository that has all others.</summary>
/// <remarks>Nothing is written: when it comes to nothing, nothing of them is left.</remarks>
public sealed class PendingObjects : IPackSource
{
    private readonly MemoryPackSource pending = new();
    private readonly Repository repository;

    /// <summary>Puts objects beside a repository.</summary>
    /// <param name="repository">Has what they refer to.</param>
    /// <param name="objects">Well-formed.</param>
    public PendingObjects(Repository repository, IReadOnlyCollection<GitObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        this.repository = repository;
        foreach (var added in objects)
            pending.Add(added);
    }

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) =>
        pending.TryRead(id, out kind, out content) || repository.TryRead(id, out kind, out content);

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) =>
        pending.TryReadHeader(id, out kind, out octets) || repository.TryReadHeader(id, out kind, out octets);

    /// <inheritdoc/>
    public bool TryReadStored(ObjectId id, out StoredObject stored) => repository.TryReadStored(id, out stored);

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => pending.Contains(id) || repository.Contains(id);
}
