using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>How a server tells a version 0 client which commits both have.</summary>
public enum AcknowledgeMode
{
    /// <summary>The first common commit only.</summary>
    First,

    /// <summary>Each common commit, with <c>continue</c>.</summary>
    Multiple,

    /// <summary>Each common commit with <c>common</c>, and <c>ready</c> once the server knows enough.</summary>
    Detailed,
}

/// <summary>What a client asks for when it clones or fetches, whatever the version.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Packfile Negotiation"; gitprotocol-v2(5), "fetch".</remarks>
public sealed class UploadRequest
{
    internal UploadRequest() { }

    /// <summary>Tips that the client wants, without repetition.</summary>
    public required ImmutableArray<ObjectId> Wants { get; init; }

    /// <summary>Commits that the client has, in its order, without repetition.</summary>
    public required ImmutableArray<ObjectId> Haves { get; init; }

    /// <summary>Commits whose parents the client does not have.</summary>
    public required ImmutableArray<ObjectId> Shallow { get; init; }

    /// <summary>How far back the client wants history.</summary>
    public required Deepening Deepening { get; init; }

    /// <summary>The client has said all that it has: the pack comes next.</summary>
    public required bool Done { get; init; }

    /// <summary>Version 0: the request ends after the wants, because the client asks for the new boundary first.</summary>
    public required bool EndsAfterWants { get; init; }

    /// <summary>Version 0: how to tell what both have.</summary>
    public required AcknowledgeMode Acknowledge { get; init; }

    /// <summary>Version 0: the pack may follow <c>ready</c> without waiting for <c>done</c>.</summary>
    public required bool NoDone { get; init; }

    /// <summary>Version 2: never send the pack before <c>done</c>.</summary>
    public required bool WaitForDone { get; init; }

    /// <summary>The longest piece of a side band; 0 when the pack has to come alone.</summary>
    public required int SideBandOctets { get; init; }

    /// <summary>Entries of the pack may be differences from objects that the client has.</summary>
    public required bool ThinPack { get; init; }

    /// <summary>Entries of the pack may name their base by distance.</summary>
    public required bool OffsetDeltas { get; init; }

    /// <summary>Annotated tags whose object is sent are sent too.</summary>
    public required bool IncludeTags { get; init; }

    /// <summary>The client shows no progress.</summary>
    public required bool NoProgress { get; init; }
}
