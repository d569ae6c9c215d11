using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>A part of history that begins at tips and is cut somewhere.</summary>
/// <param name="Inner">Commits whose parents belong to it too.</param>
/// <param name="Cut">Commits with a parent that does not belong to it.</param>
internal sealed record ShallowWalk(HashSet<ObjectId> Inner, HashSet<ObjectId> Cut)
{
    /// <summary>So many commits from each tip. A commit at the last step is cut, unless it has no parents anyway.</summary>
    public static ShallowWalk ToDepth(CommitGraph graph, IEnumerable<ObjectId> tips, int depth)
    {
        var walk = new ShallowWalk([], []);
        var level = Commits(graph, tips).ToHashSet();
        for (var steps = 1; level.Count > 0; steps++)
        {
            var next = new HashSet<ObjectId>();
            foreach (var id in level)
            {
                if (graph.Find(id) is not { } links)
                    continue;
                if (steps >= depth && links.Parents.Length > 0)
                {
                    walk.Cut.Add(id);
                    continue;
                }
                walk.Inner.Add(id);
                next.UnionWith(links.Parents);
            }
            next.ExceptWith(walk.Inner);
            next.ExceptWith(walk.Cut);
            level = next;
        }
        return walk;
    }

    /// <summary>What the tips reach without passing a commit that is too old or that an excluded tip reaches.</summary>
    public static ShallowWalk Excluding(CommitGraph graph, IEnumerable<ObjectId> tips, long? sinceSeconds, IEnumerable<ObjectId> excluded)
    {
        var outside = All(graph, excluded);
        var inside = new HashSet<ObjectId>();
        var pending = new Stack<ObjectId>(Commits(graph, tips).Where(IsInside));
        while (pending.TryPop(out var id))
        {
            if (!inside.Add(id))
                continue;
            foreach (var parent in graph.Find(id)!.Parents.Where(IsInside))
                pending.Push(parent);
        }
        var cut = inside.Where(id => graph.Find(id)!.Parents.Any(parent => !inside.Contains(parent))).ToHashSet();
        inside.ExceptWith(cut);
        return new(inside, cut);

        bool IsInside(ObjectId id) => graph.Find(id) is { } links && !outside.Contains(id) && (sinceSeconds is null || links.Seconds >= sinceSeconds);
    }

    /// <summary>Those of <paramref name="sought"/> that the tips reach.</summary>
    public static IEnumerable<ObjectId> Reachable(CommitGraph graph, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> sought)
    {
        var reached = All(graph, tips);
        return sought.Where(reached.Contains);
    }

    private static HashSet<ObjectId> All(CommitGraph graph, IEnumerable<ObjectId> tips)
    {
        var reached = new HashSet<ObjectId>();
        var pending = new Stack<ObjectId>(Commits(graph, tips));
        while (pending.TryPop(out var id))
        {
            if (!reached.Add(id) || graph.Find(id) is not { } links)
                continue;
            foreach (var parent in links.Parents)
                pending.Push(parent);
        }
        return reached;
    }

    private static IEnumerable<ObjectId> Commits(CommitGraph graph, IEnumerable<ObjectId> tips)
    {
        foreach (var tip in tips)
        {
            if (graph.TryPeelToCommit(tip, out var commit, out _))
                yield return commit;
        }
    }
}
