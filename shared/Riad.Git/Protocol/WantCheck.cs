using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Whether a client may ask for what it asks for: what a ref names, or a commit that a ref reaches.</summary>
/// <remarks>
/// The second because a ref can move between the listing and the request, each of which is a connection of its own.
/// Such a commit is near a ref, so the nearest are looked at first, and not all of a long history. Source: git-config(1), uploadpack.allowReachableSHA1InWant; git's server over HTTP does the same by default.
/// </remarks>
internal sealed class WantCheck(CommitGraph graph, RefListing listing, int maxCommits)
{
    /// <summary>The first want that is not allowed, or null.</summary>
    public ObjectId? FindForbidden(ImmutableArray<ObjectId> wants)
    {
        var listed = new HashSet<ObjectId> { listing.HeadId };
        foreach (var entry in listing.Refs)
        {
            listed.Add(entry.Id);
            listed.Add(entry.Peeled);
        }
        var others = wants.Where(want => want.IsZero || !listed.Contains(want)).ToHashSet();
        if (others.Count > 0)
            RemoveReachable(others, listed);
        return others.Count == 0 ? null : wants.First(others.Contains);
    }

    private void RemoveReachable(HashSet<ObjectId> sought, HashSet<ObjectId> tips)
    {
        var reached = new HashSet<ObjectId>();
        var pending = new Queue<ObjectId>(tips.Where(id => !id.IsZero));
        while (sought.Count > 0 && reached.Count < maxCommits && pending.TryDequeue(out var id))
        {
            if (!reached.Add(id) || graph.Find(id) is not { } links)
                continue;
            sought.Remove(id);
            foreach (var parent in links.Parents)
                pending.Enqueue(parent);
        }
    }
}
