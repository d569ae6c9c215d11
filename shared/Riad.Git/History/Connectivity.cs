using Riad.Git.Objects;

namespace Riad.Git.History;

/// <summary>Tells whether everything that new refs need is there.</summary>
/// <remarks>
/// Pure but for the store. What old refs reach is taken to be whole; what is merely in the store is not, for a push that was
/// broken off may have left it. Nothing recurses: trees nest as deep as whoever pushed them liked.
/// </remarks>
public static class Connectivity
{
    private const int LongestTagChain = 100;

    /// <summary>Checks all objects that the tips reach and the known refs do not.</summary>
    /// <param name="store">The old and the new objects.</param>
    /// <param name="tips">New values of refs; the zero id is passed over.</param>
    /// <param name="known">Values of the refs as they are.</param>
    /// <param name="objectLimit">How many objects are looked at.</param>
    /// <param name="missing">The first that is missing or not what it should be; the zero id when the limit was reached.</param>
    public static bool TryCheck(IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> known, int objectLimit, out ObjectId missing)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new Check(store, objectLimit).Run(tips, known, out missing);
    }

    private sealed class Check(IObjectStore store, int objectLimit)
    {
        private readonly HashSet<ObjectId> seen = [];
        private readonly Stack<ObjectId> trees = new();
        private readonly PaintedWalk walk = new(store);
        private int left = objectLimit;

        public bool Run(IEnumerable<ObjectId> tips, IEnumerable<ObjectId> known, out ObjectId missing)
        {
            var knownIds = known.ToHashSet();
            foreach (var tip in tips)
            {
                if (!tip.IsZero && !knownIds.Contains(tip) && !TryAddTip(tip, out missing))
                    return false;
            }
            foreach (var id in knownIds)
            {
                if (TryPeel(id, out var target, out var kind) && kind is ObjectKind.Commit)
                    walk.Add(target, PaintedWalk.Paint.Excluded);
            }
            var commits = new List<NamedCommit>();
            while (walk.TryNext(out var next, out var paint))
            {
                if (left-- == 0)
                    return Fail(default, out missing);
                if (paint is PaintedWalk.Paint.Wanted)
                    commits.Add(next);
            }
            // An old commit of the same second may have come before it was known to be old.
            _ = commits.RemoveAll(found => walk.IsExcluded(found.Id));
            MarkKnownTrees(commits);
            return TryCommits(commits, out missing) && TryTrees(out missing);
        }

        private bool TryAddTip(ObjectId tip, out ObjectId missing)
        {
            missing = default;
            if (!TryPeel(tip, out var target, out var kind))
                return Fail(target, out missing);
            if (kind is ObjectKind.Commit)
                walk.Add(target, PaintedWalk.Paint.Wanted);
            else if (kind is ObjectKind.Tree)
                trees.Push(target);
            return true;
        }

        private bool TryPeel(ObjectId id, out ObjectId target, out ObjectKind kind)
        {
            target = id;
            for (var steps = 0; steps < LongestTagChain; steps++)
            {
                if (!store.TryReadHeader(target, out kind, out _))
                    return false;
                if (kind is not ObjectKind.Tag)
                    return true;
                if (!store.TryRead(target, out _, out var content) || !Tag.TryParse(content, out var tag, out _))
                    return false;
                target = tag.Target;
            }
            kind = default;
            return false;
        }

        /// <summary>What the old commits right before the new ones hold is there, and need not be looked at again.</summary>
        private void MarkKnownTrees(IEnumerable<NamedCommit> commits)
        {
            foreach (var parent in commits.SelectMany(found => found.Commit.Parents).Where(walk.IsExcluded).Distinct().ToArray())
            {
                if (CommitHistory.TryReadCommit(store, parent) is not { } commit)
                    continue;
                var pending = new Stack<ObjectId>([commit.Tree]);
                while (left > 0 && pending.TryPop(out var tree))
                {
                    if (!seen.Add(tree) || !store.TryRead(tree, out _, out var content))
                        continue;
                    left--;
                    Visit(content.Span, pending);
                }
            }
        }

        private void Visit(ReadOnlySpan<byte> content, Stack<ObjectId> pending)
        {
            var reader = new TreeReader(content);
            while (reader.TryNext(out var mode, out _, out var id))
            {
                if (mode == (int)EntryMode.Directory)
                    pending.Push(id);
                else
                    _ = seen.Add(id);
            }
        }

        private bool TryCommits(List<NamedCommit> commits, out ObjectId missing)
        {
            foreach (var (_, commit) in commits)
            {
                trees.Push(commit.Tree);
                foreach (var parent in commit.Parents)
                {
                    if (!walk.IsExcluded(parent) && (!store.TryReadHeader(parent, out var kind, out _) || kind is not ObjectKind.Commit))
                        return Fail(parent, out missing);
                }
            }
            missing = default;
            return true;
        }

        private bool TryTrees(out ObjectId missing)
        {
            while (trees.TryPop(out var tree))
            {
                if (!seen.Add(tree))
                    continue;
                if (left-- <= 0)
                    return Fail(default, out missing);
                if (!store.TryRead(tree, out var kind, out var content) || kind is not ObjectKind.Tree)
                    return Fail(tree, out missing);
                if (!TryEntries(content.Span, out missing))
                    return false;
            }
            missing = default;
            return true;
        }

        private bool TryEntries(ReadOnlySpan<byte> content, out ObjectId missing)
        {
            missing = default;
            var reader = new TreeReader(content);
            while (reader.TryNext(out var mode, out _, out var id))
            {
                if (mode == (int)EntryMode.Directory)
                    trees.Push(id);
                else if (mode != (int)EntryMode.Submodule && seen.Add(id) && !IsBlob(id))
                    return Fail(id, out missing);
            }
            return true;
        }

        // The kind of a delta is found by following headers only; its content is not unpacked for more than its length.
        private bool IsBlob(ObjectId id) => left-- > 0 && store.TryReadHeader(id, out var kind, out _) && kind is ObjectKind.Blob;

        private static bool Fail(ObjectId id, out ObjectId missing)
        {
            missing = id;
            return false;
        }
    }
}
