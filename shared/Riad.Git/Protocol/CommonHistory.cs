using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>What client and server both have, as far as the client has told.</summary>
internal sealed class CommonHistory
{
    private readonly CommitGraph graph;
    private readonly HashSet<ObjectId> known;
    private readonly long oldestSeconds;

    private CommonHistory(CommitGraph graph, ImmutableArray<ObjectId> common)
    {
        (this.graph, Common) = (graph, common);
        known = [.. common];
        oldestSeconds = long.MaxValue;
        foreach (var links in common.Select(graph.Find))
        {
            if (links is null)
                continue;
            // The client has the parents of what it has, so a want that meets one of them is met.
            known.UnionWith(links.Parents);
            oldestSeconds = Math.Min(oldestSeconds, links.Seconds);
        }
    }

    /// <summary>The client's objects that the server has too, in the client's order.</summary>
    public ImmutableArray<ObjectId> Common { get; }

    public static CommonHistory Find(CommitGraph graph, ImmutableArray<ObjectId> haves) => new(graph, [.. haves.Where(graph.Store.Contains)]);

    /// <summary>
    /// True when from each want a common commit can be reached, so that more haves would hardly make the pack smaller.
    /// </summary>
    /// <remarks>Walks no further back than the oldest common commit, as git does: a wrong clock makes the pack larger, never wrong.</remarks>
    public bool IsEnoughFor(ImmutableArray<ObjectId> wants)
    {
        if (Common.IsEmpty)
            return false;
        var meets = new Dictionary<ObjectId, bool>();
        foreach (var want in wants)
        {
            // Of a tree or blob the ancestry tells nothing.
            if (graph.TryPeelToCommit(want, out var commit, out _) && !Meets(commit, meets))
                return false;
        }
        return true;
    }

    private bool Meets(ObjectId tip, Dictionary<ObjectId, bool> meets)
    {
        var path = new Stack<(ObjectId Id, int NextParent)>();
        path.Push((tip, 0));
        while (path.TryPop(out var step))
        {
            if (IsMet(step.Id, meets))
            {
                meets[step.Id] = true;
                foreach (var (id, _) in path)
                    meets[id] = true;
                return true;
            }
            var links = graph.Find(step.Id);
            if (step.NextParent == 0 && !meets.TryAdd(step.Id, value: false))
                continue;
            if (links is null || links.Seconds < oldestSeconds || step.NextParent >= links.Parents.Length)
                continue;
            path.Push((step.Id, step.NextParent + 1));
            path.Push((links.Parents[step.NextParent], 0));
        }
        return false;
    }

    private bool IsMet(ObjectId id, Dictionary<ObjectId, bool> meets) => known.Contains(id) || (meets.TryGetValue(id, out var met) && met);
}
