using Riad.Core;

namespace Riad.Git.Protocol;

/// <summary>How far back a client wants history: all of it, a number of commits, or up to a date or a ref.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Packfile Negotiation"; gitprotocol-v2(5), "fetch".</remarks>
public abstract record Deepening
{
    /// <summary>The depth that means all of history.</summary>
    public const int InfiniteDepth = 0x7fffffff;

    private Deepening() { }

    /// <summary>History stays cut where the client has it cut.</summary>
    public sealed record Unchanged : Deepening;

    /// <summary>So many commits from each tip, the tip counted.</summary>
    /// <param name="Depth">1 to <see cref="InfiniteDepth"/>.</param>
    /// <param name="FromBoundary">Counted from where the client's history is cut instead.</param>
    public sealed record ToDepth(int Depth, bool FromBoundary) : Deepening;

    /// <summary>Without what is old and what some refs reach.</summary>
    /// <param name="SinceSeconds">Leave out commits that were committed before, in seconds since 1970; null for none.</param>
    /// <param name="Excluded">Leave out what these refs reach.</param>
    public sealed record Excluding(long? SinceSeconds, Seq<string> Excluded) : Deepening;
}
