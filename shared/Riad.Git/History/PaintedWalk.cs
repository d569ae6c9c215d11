using Riad.Git.Objects;

namespace Riad.Git.History;

/// <summary>Goes through commits by date with two paints: wanted ones, and excluded ones whose paint wins.</summary>
/// <remarks>Mutable, one owner. Ends when only excluded commits are left.</remarks>
internal sealed class PaintedWalk(IObjectStore store)
{
    private readonly PriorityQueue<NamedCommit, (long, ObjectId)> pending = new();
    private readonly Dictionary<ObjectId, Paint> paints = [];
    private readonly HashSet<ObjectId> wantedPending = [];

    public enum Paint { Wanted, Excluded }

    public bool IsExcluded(ObjectId id) => paints.TryGetValue(id, out var paint) && paint is Paint.Excluded;

    public void Add(ObjectId id, Paint paint)
    {
        if (paints.TryGetValue(id, out var known) && (known == paint || known is Paint.Excluded))
            return;
        paints[id] = paint;
        if (CommitHistory.TryReadCommit(store, id) is not { } commit)
            return;
        _ = paint is Paint.Wanted ? wantedPending.Add(id) : wantedPending.Remove(id);
        pending.Enqueue(new(id, commit), (-commit.Committer.Seconds, id));
    }

    public bool TryNext(out NamedCommit next, out Paint paint)
    {
        paint = default;
        next = default;
        return wantedPending.Count > 0 && TryTake(out next, out paint);
    }

    /// <summary>Goes on with excluded commits that are not older than some moment: they may still reach wanted ones of that second.</summary>
    public bool TrySettle(long notBefore) =>
        pending.TryPeek(out var next, out _) && next.Commit.Committer.Seconds >= notBefore && TryTake(out _, out _);

    private bool TryTake(out NamedCommit next, out Paint paint)
    {
        paint = default;
        if (!pending.TryDequeue(out next, out _))
            return false;
        paint = paints[next.Id];
        _ = wantedPending.Remove(next.Id);
        foreach (var parent in next.Commit.Parents)
            Add(parent, paint);
        return true;
    }
}
