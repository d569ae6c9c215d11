using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Packs;

/// <summary>Objects that are to be stored together.</summary>
/// <param name="Whole">Well-formed.</param>
/// <param name="Deltas">Each after its base, or on a base that is stored already.</param>
public sealed record NewObjects(ImmutableArray<GitObject> Whole, ImmutableArray<ObjectDelta> Deltas)
{
    /// <summary>For a whole object, another of them that it differs little from: it is stored as a difference.</summary>
    public IReadOnlyDictionary<ObjectId, ObjectId> EarlierVersions { get; init; } = ImmutableDictionary<ObjectId, ObjectId>.Empty;
}
