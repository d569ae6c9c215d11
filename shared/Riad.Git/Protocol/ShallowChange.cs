using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Where a client's history is cut after a fetch, and how that differs from before.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Packfile Negotiation" (shallow-update); git's own choice of boundary for deepen-since and deepen-not.</remarks>
internal sealed class ShallowChange
{
    private ShallowChange() { }

    /// <summary>Commits that the client has to cut from now on.</summary>
    public required ImmutableArray<ObjectId> Shallow { get; init; }

    /// <summary>Commits that the client has cut, and has not any more.</summary>
    public required ImmutableArray<ObjectId> Unshallow { get; init; }

    /// <summary>Commits whose parents a walk does not visit: where the client's history was cut and where it will be.</summary>
    public required IReadOnlySet<ObjectId> Boundary { get; init; }

    /// <summary>True when the client asked for a change, so that it waits for the two lists.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>Computes the change.</summary>
    /// <param name="graph">The server's history.</param>
    /// <param name="request">What the client wants, and where its history is cut.</param>
    /// <param name="find">Finds a ref by its name, whole or as <c>deepen-not</c> abbreviates it.</param>
    /// <param name="change">Null when false is returned.</param>
    /// <param name="fault">A sentence for the client.</param>
    public static bool TryCompute(CommitGraph graph, UploadRequest request, Func<string, ObjectId?> find, out ShallowChange? change, out string fault)
    {
        (change, fault) = (null, "");
        switch (request.Deepening)
        {
            case Deepening.Unchanged:
                change = Create(request, [], [], isAsked: false);
                return true;
            case Deepening.ToDepth { Depth: Deepening.InfiniteDepth }:
                change = Create(request, [], [.. request.Shallow.Where(id => graph.Find(id) is not null)], isAsked: true);
                return true;
            case Deepening.ToDepth(var depth, FromBoundary: false):
                change = Compare(request, ShallowWalk.ToDepth(graph, request.Wants, depth));
                return true;
            case Deepening.ToDepth(var depth, _):
                change = Compare(request, ShallowWalk.ToDepth(graph, ShallowWalk.Reachable(graph, request.Wants, request.Shallow), Math.Min(depth, Deepening.InfiniteDepth - 1) + 1));
                return true;
            case Deepening.Excluding(var since, var names):
                var excluded = new List<ObjectId>();
                foreach (var name in names)
                {
                    if (find(name) is not { } id)
                    {
                        fault = $"deepen-not: there is no ref '{TerminalText.Clean(name)}'";
                        return false;
                    }
                    excluded.Add(id);
                }
                var walked = ShallowWalk.Excluding(graph, request.Wants, since, excluded);
                change = Compare(request, walked);
                fault = walked.Inner.Count + walked.Cut.Count == 0 ? "no commits selected for shallow requests" : "";
                return fault.Length == 0;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static ShallowChange Compare(UploadRequest request, ShallowWalk walked)
    {
        var client = request.Shallow.ToHashSet();
        return Create(
            request,
            [.. walked.Cut.Where(id => !client.Contains(id)).Order()],
            [.. request.Shallow.Where(walked.Inner.Contains)],
            isAsked: true);
    }

    private static ShallowChange Create(UploadRequest request, ImmutableArray<ObjectId> shallow, ImmutableArray<ObjectId> unshallow, bool isAsked) => new()
    {
        Shallow = shallow,
        Unshallow = unshallow,
        Boundary = request.Shallow.Concat(shallow).ToHashSet(),
        IsAsked = isAsked,
    };

    /// <summary>Writes the two lists, without the mark after them.</summary>
    public void Write(PktLineWriter output)
    {
        foreach (var id in Shallow)
            output.WriteText($"shallow {id}");
        foreach (var id in Unshallow)
            output.WriteText($"unshallow {id}");
    }
}
