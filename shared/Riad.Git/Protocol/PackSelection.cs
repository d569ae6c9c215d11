using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Which objects a pack has to hold for a client to have what it wants.</summary>
/// <remarks>
/// At most a few objects more than needed: what the client has is looked at along the edge of the new history only, and a
/// commit with a wrong date can make that edge wider. Never fewer.
/// </remarks>
public sealed class PackSelection
{
    private readonly CommitGraph graph;
    private readonly IReadOnlySet<ObjectId> boundary;
    private readonly HashSet<ObjectId> seen = [];
    private readonly List<ObjectId> selected = [];

    private PackSelection(CommitGraph graph, IReadOnlySet<ObjectId> boundary) => (this.graph, this.boundary) = (graph, boundary);

    /// <summary>What to send, without repetition: commits, then tags, then contents, the newest first. Nothing when the client has everything.</summary>
    public IReadOnlyList<ObjectId> Objects => selected;

    /// <summary>What the client is known to have along the edge of the new history: bases for a thin pack.</summary>
    public IReadOnlySet<ObjectId> ClientHas => seen;

    /// <summary>Selects objects.</summary>
    /// <param name="graph">The server's history.</param>
    /// <param name="request">What the client wants.</param>
    /// <param name="common">Objects that both have.</param>
    /// <param name="change">Where history is cut.</param>
    /// <param name="tags">Tags to add when what they tag is sent, by ref.</param>
    /// <param name="selection">Null when false is returned.</param>
    /// <param name="missing">An object that history needs and the store has not: the repository is damaged.</param>
    internal static bool TrySelect(
        CommitGraph graph, UploadRequest request, IReadOnlyCollection<ObjectId> common, ShallowChange change,
        IEnumerable<ListedRef> tags, [NotNullWhen(true)] out PackSelection? selection, out ObjectId missing)
    {
        var begun = new PackSelection(graph, change.Boundary);
        selection = begun.TryWalk(request.Wants, common, change.Unshallow, out missing) ? begun : null;
        if (selection is null)
            return false;
        if (request.IncludeTags)
            begun.AddTags(tags);
        // What was seen and not selected is what the client has.
        begun.seen.ExceptWith(begun.selected);
        return true;
    }

    /// <summary>Selects what a server lacks of new values of its refs.</summary>
    /// <param name="store">The client's history.</param>
    /// <param name="tips">The new values; zero ids are passed over.</param>
    /// <param name="serverHas">What the server's refs name; what the store has not of these is passed over.</param>
    /// <param name="selection">Null when false is returned.</param>
    /// <param name="missing">An object that history needs and the store has not.</param>
    public static bool TrySelectForPush(
        IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> serverHas, [NotNullWhen(true)] out PackSelection? selection, out ObjectId missing)
    {
        ArgumentNullException.ThrowIfNull(store);
        var begun = new PackSelection(new(store), new HashSet<ObjectId>());
        var common = serverHas.Where(store.Contains).ToHashSet();
        selection = begun.TryWalk(tips.Where(tip => !tip.IsZero), common, unshallow: [], out missing) ? begun : null;
        if (selection is null)
            return false;
        begun.seen.ExceptWith(begun.selected);
        return true;
    }

    private bool TryWalk(IEnumerable<ObjectId> wants, IReadOnlyCollection<ObjectId> common, IReadOnlyCollection<ObjectId> unshallow, out ObjectId missing)
    {
        var (walk, loose) = (new CommitWalk(graph, boundary), new List<(ObjectId Id, ObjectKind Kind)>());
        var tagObjects = new List<ObjectId>();
        foreach (var have in common.Concat(unshallow))
        {
            if (graph.TryPeelToCommit(have, out var commit, out _))
                walk.Add(commit, isUninteresting: true);
            seen.Add(have);
        }
        foreach (var want in wants)
        {
            if (!graph.TryPeel(want, tagObjects, out var target, out var kind))
            {
                missing = target;
                return false;
            }
            if (kind is ObjectKind.Commit)
                walk.Add(target, isUninteresting: false);
            else
                loose.Add((target, kind));
        }
        // The parents of a commit where the client's history was cut are new to it, though the commit is not.
        foreach (var parent in unshallow.SelectMany(id => graph.Find(id)!.Parents))
            walk.Add(parent, isUninteresting: false);
        if (!walk.TryRun(out var commits, out var edges, out missing))
            return false;

        MarkEdges(edges.Concat(unshallow));
        selected.AddRange(commits.Where(seen.Add));
        selected.AddRange(tagObjects.Where(seen.Add));
        foreach (var commit in commits)
        {
            if (!TryAddTree(graph.Find(commit)!.Tree, out missing))
                return false;
        }
        foreach (var (id, kind) in loose)
        {
            if (kind is ObjectKind.Tree ? !TryAddTree(id, out missing) : !TryAddBlob(id, out missing))
                return false;
        }
        missing = default;
        return true;
    }

    private void MarkEdges(IEnumerable<ObjectId> edges)
    {
        foreach (var tree in edges.Select(graph.Find).OfType<CommitLinks>().Select(links => links.Tree))
            _ = TryWalkTree(tree, into: null, out _);
    }

    private bool TryAddTree(ObjectId tree, out ObjectId missing) => TryWalkTree(tree, selected, out missing);

    private bool TryAddBlob(ObjectId blob, out ObjectId missing)
    {
        missing = graph.Store.Contains(blob) ? default : blob;
        if (missing.IsZero && seen.Add(blob))
            selected.Add(blob);
        return missing.IsZero;
    }

    // With its own stack: trees nest as deep as whoever pushed them liked.
    private bool TryWalkTree(ObjectId root, List<ObjectId>? into, out ObjectId missing)
    {
        var pending = new Stack<ObjectId>();
        pending.Push(root);
        while (pending.TryPop(out var tree))
        {
            if (!seen.Add(tree))
                continue;
            if (!graph.Store.TryRead(tree, out _, out var content))
            {
                missing = tree;
                return false;
            }
            into?.Add(tree);
            var reader = new TreeReader(content.Span);
            while (reader.TryNext(out var mode, out _, out var id))
                Visit(mode, id, pending, into);
        }
        missing = default;
        return true;
    }

    private void Visit(int mode, ObjectId id, Stack<ObjectId> pending, List<ObjectId>? into)
    {
        const int kindOfEntry = 0xF000;
        switch (mode & kindOfEntry)
        {
            case (int)EntryMode.Directory:
                pending.Push(id);
                break;
            case (int)EntryMode.Submodule:
                break;
            default:
                if (seen.Add(id))
                    into?.Add(id);
                break;
        }
    }

    private void AddTags(IEnumerable<ListedRef> tags)
    {
        var sent = selected.ToHashSet();
        foreach (var tag in tags)
        {
            if (tag.Peeled.IsZero || !sent.Contains(tag.Peeled))
                continue;
            var chain = new List<ObjectId>();
            if (graph.TryPeel(tag.Id, chain, out _, out _))
                selected.AddRange(chain.Where(seen.Add));
        }
    }
}
