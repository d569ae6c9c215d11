using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>The front of a push: all of it but the pack.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Reference Update Request and Packfile Transfer"; gitprotocol-capabilities(5).</remarks>
public sealed class ReceiveRequest
{
    internal ReceiveRequest() { }

    /// <summary>In the client's order; empty when the client only tries whether it may push.</summary>
    public required ImmutableArray<RefCommand> Commands { get; init; }

    /// <summary>Commits whose parents the pusher does not have.</summary>
    public required ImmutableArray<ObjectId> Shallow { get; init; }

    /// <summary>What was given with <c>-o</c>, in order.</summary>
    public required ImmutableArray<string> Options { get; init; }

    /// <summary>What the client can do.</summary>
    public required CapabilityList Capabilities { get; init; }

    /// <summary>All refs or none.</summary>
    public bool IsAtomic => Capabilities.Contains("atomic");

    /// <summary>The person wants no progress.</summary>
    public bool IsQuiet => Capabilities.Contains("quiet");

    /// <summary>The client understands the answer that says what became of each ref.</summary>
    public bool WantsReport => Capabilities.Contains("report-status") || Capabilities.Contains("report-status-v2");

    /// <summary>The answer may carry words for the person beside the report.</summary>
    public bool HasSideBand => Capabilities.Contains("side-band-64k");

    /// <summary>A pack follows: always, unless there is nothing but deletions.</summary>
    public bool HasPack => Commands.Any(command => !command.IsDeletion);
}
