using Riad.Core;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>A version 2 request.</summary>
/// <remarks>Source: gitprotocol-v2(5), "Command Request".</remarks>
public abstract record CommandRequest
{
    private CommandRequest() { }

    /// <summary><c>ls-refs</c>: which refs are there.</summary>
    /// <param name="Peel">Say what annotated tags finally name.</param>
    /// <param name="Symrefs">Say what HEAD names.</param>
    /// <param name="Unborn">List HEAD even while its branch has no commit.</param>
    /// <param name="Prefixes">Only refs that begin with one of these; all when empty.</param>
    public sealed record ListRefs(bool Peel, bool Symrefs, bool Unborn, Seq<string> Prefixes) : CommandRequest;

    /// <summary><c>fetch</c>: a round of negotiation, or the pack.</summary>
    public sealed record Fetch(UploadRequest Request) : CommandRequest;

    /// <summary><c>object-info</c>: how long objects are.</summary>
    /// <param name="Size">Sizes are asked for; without it nothing is told.</param>
    /// <param name="Ids">The objects.</param>
    public sealed record ObjectInformation(bool Size, Seq<ObjectId> Ids) : CommandRequest;
}
