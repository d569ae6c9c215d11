using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Walks history from the newest commits back, and stops where everything left is known to the client.</summary>
/// <remarks>A mutable engine with one owner. Commits of equal date come in the order in which they were met.</remarks>
internal sealed class CommitWalk(CommitGraph graph, IReadOnlySet<ObjectId> boundary)
{
    private sealed class Mark(bool isUninteresting)
    {
        public bool IsUninteresting { get; set; } = isUninteresting;
        public bool IsQueued { get; set; } = true;
    }

    private readonly Dictionary<ObjectId, Mark> marks = [];
    private readonly PriorityQueue<ObjectId, (long NegatedSeconds, int Order)> queue = new();
    private readonly List<ObjectId> missing = [];
    private int interestingQueued;

    /// <summary>Adds a starting point. What is uninteresting makes all its ancestors so.</summary>
    public void Add(ObjectId id, bool isUninteresting)
    {
        if (marks.TryGetValue(id, out var mark))
        {
            if (isUninteresting)
                MakeUninteresting(id, mark);
            return;
        }
        if (graph.Find(id) is not { } links)
        {
            // A client may have history that is cut here; only what has to be sent must exist.
            if (!isUninteresting)
                missing.Add(id);
            return;
        }
        marks.Add(id, new(isUninteresting));
        queue.Enqueue(id, (-links.Seconds, marks.Count));
        interestingQueued += isUninteresting ? 0 : 1;
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="commits">The interesting commits, the newest first.</param>
    /// <param name="edges">Uninteresting parents of interesting commits.</param>
    /// <param name="missing">A commit that is not there.</param>
    public bool TryRun(out IReadOnlyList<ObjectId> commits, out IReadOnlyList<ObjectId> edges, out ObjectId missing)
    {
        var found = new List<ObjectId>();
        while (interestingQueued > 0 && queue.TryDequeue(out var id, out _))
        {
            var mark = marks[id];
            mark.IsQueued = false;
            if (!mark.IsUninteresting)
            {
                interestingQueued--;
                found.Add(id);
            }
            foreach (var parent in ParentsOf(id))
                Add(parent, mark.IsUninteresting);
        }
        found.RemoveAll(id => marks[id].IsUninteresting);
        commits = found;
        edges = [.. found.SelectMany(id => ParentsOf(id)).Where(id => marks.TryGetValue(id, out var mark) && mark.IsUninteresting).Distinct()];
        missing = this.missing.FirstOrDefault();
        return this.missing.Count == 0;
    }

    private ImmutableArray<ObjectId> ParentsOf(ObjectId id) => boundary.Contains(id) ? [] : graph.Find(id)!.Parents;

    // What was met as interesting before, and is not: so are the ancestors met since.
    private void MakeUninteresting(ObjectId id, Mark mark)
    {
        var pending = new Stack<(ObjectId Id, Mark Mark)>();
        pending.Push((id, mark));
        while (pending.TryPop(out var step))
        {
            if (step.Mark.IsUninteresting)
                continue;
            step.Mark.IsUninteresting = true;
            if (step.Mark.IsQueued)
            {
                interestingQueued--;
                continue;
            }
            foreach (var parent in ParentsOf(step.Id))
            {
                if (marks.TryGetValue(parent, out var parentMark))
                    pending.Push((parent, parentMark));
            }
        }
    }
}
