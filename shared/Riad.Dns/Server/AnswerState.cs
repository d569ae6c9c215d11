using Riad.Dns.Dnssec;
using Riad.Dns.RateLimiting;
using Riad.Dns.Zones;

namespace Riad.Dns.Server;

/// <summary>What one thread needs to answer: its counters, its rate limiter, and space to work in. Used by one call at a time.</summary>
public sealed class AnswerState
{
    /// <summary>Makes the state of a thread.</summary>
    /// <param name="limiter">Limits identical answers over UDP; null limits nothing.</param>
    public AnswerState(RateLimiter? limiter = null) => Limiter = limiter;

    /// <summary>What was answered.</summary>
    public AnswerCounters Counters { get; } = new();

    /// <summary>True where somebody else answers what is more than a query: <see cref="Authority.Answer"/> then gives <see cref="Authority.Request"/>.</summary>
    public bool HandsOnRequests { get; init; }

    internal RateLimiter? Limiter { get; }

    internal IncomingQuery Query { get; } = new();

    /// <summary>The name that a chain of aliases has come to.</summary>
    internal NamePath ChainPath { get; } = new();

    /// <summary>The name whose addresses are looked for.</summary>
    internal NamePath TargetPath { get; } = new();

    /// <summary>The names that a chain has passed.</summary>
    internal ulong[] ChainHashes { get; } = new ulong[Chain.MaxLength + 1];

    /// <summary>The owners of the DNAMEs that a chain has passed.</summary>
    internal ulong[] RedirectionHashes { get; } = new ulong[Chain.MaxLength + 1];

    /// <summary>Names whose addresses were written already.</summary>
    internal ulong[] TargetHashes { get; } = new ulong[AdditionalSection.MaxTargets];

    /// <summary>What the present answer must prove.</summary>
    internal Proofs Proofs { get; } = new();

    /// <summary>Record data, expanded.</summary>
    internal byte[] Rdata { get; } = new byte[RecordSetView.ScratchLength];

    /// <summary>Record data of an address record or a target's name, expanded.</summary>
    internal byte[] TargetRdata { get; } = new byte[RecordSetView.ScratchLength];

    /// <summary>The options of an answer's OPT record.</summary>
    internal byte[] Options { get; } = new byte[OptRecord.MaxOptionsLength];
}
