using Riad.Git.Objects;
using Riad.Git.Trees;

namespace Riad.Git.History;

/// <summary>A commit with its id.</summary>
public readonly record struct NamedCommit(ObjectId Id, Commit Commit);

/// <summary>Goes through commits, from the newest to the oldest.</summary>
/// <remarks>
/// Pure but for the store. Nothing recurses, and each walk ends after as many commits as the caller allows. Commits that are
/// missing, as in a shallow repository, are passed over.
/// </remarks>
public static class CommitHistory
{
    /// <summary>Reads a commit; null when it is missing, is none or cannot be read.</summary>
    public static Commit? TryReadCommit(IObjectStore store, ObjectId id)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Commit && Commit.TryParse(content, out var commit, out _) ? commit : null;
    }

    /// <summary>Commits that can be reached, by the committer's clock, the newest first.</summary>
    /// <param name="store">Where the commits are.</param>
    /// <param name="tips">Where to begin.</param>
    /// <param name="excluded">Commits that are left out with everything before them.</param>
    /// <param name="limit">After how many the walk ends, those left out included.</param>
    /// <remarks>Lazy when nothing is excluded. A parent comes before its child only where a clock was wrong.</remarks>
    public static IEnumerable<NamedCommit> Walk(IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> excluded, int limit)
    {
        var walk = new PaintedWalk(store);
        foreach (var tip in tips)
            walk.Add(tip, PaintedWalk.Paint.Wanted);
        var left = new List<ObjectId>(excluded);
        foreach (var tip in left)
            walk.Add(tip, PaintedWalk.Paint.Excluded);
        return left.Count == 0 ? WalkAll(walk, limit) : WalkWanted(walk, limit);
    }

    private static IEnumerable<NamedCommit> WalkAll(PaintedWalk walk, int limit)
    {
        for (var count = 0; count < limit && walk.TryNext(out var next, out _); count++)
            yield return next;
    }

    /// <summary>Only at the end is it known that no excluded commit reaches a wanted one: several may share a second.</summary>
    private static IEnumerable<NamedCommit> WalkWanted(PaintedWalk walk, int limit)
    {
        var (found, count, oldest) = (new List<NamedCommit>(), 0, long.MaxValue);
        for (; count < limit && walk.TryNext(out var next, out var paint); count++)
        {
            if (paint is not PaintedWalk.Paint.Wanted)
                continue;
            found.Add(next);
            oldest = Math.Min(oldest, next.Commit.Committer.Seconds);
        }
        while (count++ < limit && walk.TrySettle(oldest))
        {
            // It paints as it goes.
        }
        return found.Where(commit => !walk.IsExcluded(commit.Id));
    }

    /// <summary>The same commits with every parent after all of its children, whatever the clocks say.</summary>
    /// <inheritdoc cref="Walk"/>
    public static IReadOnlyList<NamedCommit> WalkTopologically(IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> excluded, int limit)
    {
        var commits = Walk(store, tips, excluded, limit).ToDictionary(found => found.Id);
        var children = commits.Keys.ToDictionary(id => id, _ => 0);
        foreach (var parent in commits.Values.SelectMany(found => found.Commit.Parents).Where(commits.ContainsKey))
            children[parent]++;
        var ready = new PriorityQueue<NamedCommit, (long, ObjectId)>();
        foreach (var found in commits.Values.Where(found => children[found.Id] == 0))
            ready.Enqueue(found, (-found.Commit.Committer.Seconds, found.Id));
        var ordered = new List<NamedCommit>(commits.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(next);
            foreach (var parent in next.Commit.Parents.Where(commits.ContainsKey))
            {
                if (--children[parent] == 0)
                    ready.Enqueue(commits[parent], (-commits[parent].Commit.Committer.Seconds, parent));
            }
        }
        return ordered;
    }

    /// <summary>Tells whether one commit is another or comes before it: whether a branch may move from it without force.</summary>
    /// <param name="store">Where the commits are.</param>
    /// <param name="ancestor">What may come before.</param>
    /// <param name="descendant">What may come after.</param>
    /// <param name="limit">After how many commits the search ends; the answer is false then.</param>
    public static bool IsAncestor(IObjectStore store, ObjectId ancestor, ObjectId descendant, int limit)
    {
        if (ancestor == descendant)
            return true;
        var walk = new PaintedWalk(store);
        walk.Add(descendant, PaintedWalk.Paint.Wanted);
        // Whatever the ancestor itself reaches need not be searched: were it there, it would be a circle.
        if (TryReadCommit(store, ancestor) is { } commit)
        {
            foreach (var parent in commit.Parents)
                walk.Add(parent, PaintedWalk.Paint.Excluded);
        }
        for (var count = 0; count < limit && walk.TryNext(out var next, out _); count++)
        {
            if (next.Id == ancestor)
                return true;
        }
        return false;
    }

    /// <summary>Commits that changed what a path names, the newest first.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">Where to begin.</param>
    /// <param name="path">A file or folder, without a leading <c>/</c>.</param>
    /// <param name="limit">After how many commits the walk ends, those that changed something else included.</param>
    /// <remarks>Lazy. Where a merge took the path over from one parent, only that parent is followed, as git log does.</remarks>
    public static IEnumerable<NamedCommit> OfPath(IObjectStore store, ObjectId tip, string path, int limit)
    {
        var pending = new PriorityQueue<NamedCommit, (long, ObjectId)>();
        var seen = new HashSet<ObjectId>();
        Add(tip);
        for (var count = 0; count < limit && pending.TryDequeue(out var next, out _); count++)
        {
            var entry = TreePath.Find(store, next.Commit.Tree, path);
            var same = next.Commit.Parents.FirstOrDefault(parent => TryReadCommit(store, parent) is { } commit && SameEntry(TreePath.Find(store, commit.Tree, path), entry));
            if (!same.IsZero)
            {
                Add(same);
                continue;
            }
            if (!next.Commit.Parents.IsEmpty || entry is not null)
                yield return next;
            foreach (var parent in next.Commit.Parents)
                Add(parent);
        }

        void Add(ObjectId id)
        {
            if (seen.Add(id) && TryReadCommit(store, id) is { } commit)
                pending.Enqueue(new(id, commit), (-commit.Committer.Seconds, id));
        }
    }

    private static bool SameEntry(TreeEntry? left, TreeEntry? right) => left?.Id == right?.Id && left?.Mode == right?.Mode;
}
