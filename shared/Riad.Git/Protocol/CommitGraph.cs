using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Commits of a store, each read once. Where history is cut, a commit has no parents here.</summary>
/// <remarks>A mutable cache with one owner; its answers depend on the store alone.</remarks>
internal sealed class CommitGraph(IObjectStore store)
{
    // Chains of tags are one long in practice; a cycle cannot exist, but a hostile chain can be long.
    private const int MaxTagChain = 64;

    private readonly Dictionary<ObjectId, CommitLinks?> commits = [];

    public IObjectStore Store => store;

    /// <summary>A commit; null when there is none of this id.</summary>
    public CommitLinks? Find(ObjectId id)
    {
        if (commits.TryGetValue(id, out var known))
            return known;
        CommitLinks? links = null;
        if (store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Commit)
            _ = CommitLinks.TryParse(content.Span, out links);
        commits.Add(id, links);
        return links;
    }

    /// <summary>Follows tags to what is tagged.</summary>
    /// <param name="id">Any object.</param>
    /// <param name="tags">Takes the tags on the way.</param>
    /// <param name="target">What is finally named.</param>
    /// <param name="kind">What that is: no tag.</param>
    public bool TryPeel(ObjectId id, ICollection<ObjectId>? tags, out ObjectId target, out ObjectKind kind)
    {
        target = id;
        for (var depth = 0; depth < MaxTagChain; depth++)
        {
            if (!store.TryReadHeader(target, out kind, out _))
                return false;
            if (kind is not ObjectKind.Tag)
                return true;
            if (!store.TryRead(target, out _, out var content) || !TryReadTarget(content.Span, out var next))
                return false;
            tags?.Add(target);
            target = next;
        }
        kind = default;
        return false;
    }

    /// <summary>The commit that an object is or tags.</summary>
    public bool TryPeelToCommit(ObjectId id, out ObjectId commit, [NotNullWhen(true)] out CommitLinks? links)
    {
        links = null;
        if (Find(id) is { } direct)
            (commit, links) = (id, direct);
        else if (TryPeel(id, tags: null, out commit, out var kind) && kind is ObjectKind.Commit)
            links = Find(commit);
        return links is not null;
    }

    private static bool TryReadTarget(ReadOnlySpan<byte> content, out ObjectId target)
    {
        target = default;
        return content.StartsWith("object "u8) && content.Length > 7 + ObjectId.HexLength && ObjectId.TryParse(content.Slice(7, ObjectId.HexLength), out target);
    }
}
