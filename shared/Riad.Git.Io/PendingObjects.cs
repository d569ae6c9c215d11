using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io;

/// <summary>Objects that may be stored later, seen together with the repository that has all others.</summary>
/// <remarks>Nothing is written: when it comes to nothing, nothing of them is left.</remarks>
public sealed class PendingObjects : IPackSource
{
    private readonly Dictionary<ObjectId, GitObject> whole;
    private readonly Dictionary<ObjectId, ObjectDelta> deltas;
    private readonly Repository repository;

    /// <summary>Puts objects beside a repository.</summary>
    /// <param name="repository">Has what they refer to.</param>
    /// <param name="objects">May be stored later.</param>
    public PendingObjects(Repository repository, NewObjects objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        this.repository = repository;
        whole = objects.Whole.DistinctBy(added => added.Id).ToDictionary(added => added.Id);
        deltas = objects.Deltas.DistinctBy(delta => delta.Id).ToDictionary(delta => delta.Id);
    }

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        if (whole.TryGetValue(id, out var added))
        {
            (kind, content) = (added.Kind, added.Content);
            return true;
        }
        if (!deltas.TryGetValue(id, out var delta) || repository.Contains(id))
            return repository.TryRead(id, out kind, out content);
        if (!TryRead(delta.Base, out kind, out content) || !Delta.TryReadLengths(delta.Delta.Span, out _, out var octets, out _))
            return false;
        var result = GC.AllocateUninitializedArray<byte>((int)octets);
        var isGood = Delta.TryApply(content.Span, delta.Delta.Span, result);
        content = result;
        return isGood;
    }

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        if (whole.TryGetValue(id, out var added))
        {
            (kind, octets) = (added.Kind, added.Content.Length);
            return true;
        }
        if (!deltas.TryGetValue(id, out var delta) || repository.Contains(id))
            return repository.TryReadHeader(id, out kind, out octets);
        return TryReadHeader(delta.Base, out kind, out _) & Delta.TryReadLengths(delta.Delta.Span, out _, out octets, out _);
    }

    /// <inheritdoc/>
    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        if (!deltas.TryGetValue(id, out var delta) || repository.Contains(id))
            return repository.TryReadStored(id, out stored);
        stored = new(default, delta.Base, delta.Delta.Length, Compression.Compress(delta.Delta.Span));
        return true;
    }

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => whole.ContainsKey(id) || deltas.ContainsKey(id) || repository.Contains(id);
}
