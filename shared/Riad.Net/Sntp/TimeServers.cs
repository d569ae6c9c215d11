using System.Collections.Immutable;
using Riad.Core;

namespace Riad.Net.Sntp;

/// <summary>Which time server may be asked when: a value without a clock.</summary>
/// <remarks>
/// Source: RFC 4330 §10: a client backs off from a server that is silent, and never asks one again that refuses it (§8);
/// RFC 5905 §7.4.
/// </remarks>
public sealed record TimeServers
{
    /// <summary>How long an answer is good for.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(64);

    /// <summary>Nobody was asked yet.</summary>
    public static readonly TimeServers None = new();

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    private TimeServers() { }

    private ImmutableSortedDictionary<IpAddress, Turn> Turns { get; init; } = ImmutableSortedDictionary<IpAddress, Turn>.Empty;

    /// <summary>True when a server's turn has come.</summary>
    public bool MayAsk(IpAddress server, Elapsed now) => !Turns.TryGetValue(server, out var turn) || (turn.At is { } at && at <= now);

    /// <summary>Takes what came of a question.</summary>
    /// <param name="server">Who was asked.</param>
    /// <param name="outcome">What came.</param>
    /// <param name="now">When.</param>
    public TimeServers After(IpAddress server, TimeOutcome outcome, Elapsed now)
    {
        var waited = Turns.TryGetValue(server, out var before) ? before.Wait : TimeSpan.Zero;
        TimeSpan? wait = outcome switch
        {
            TimeOutcome.Answered => TimeSpan.Zero,
            TimeOutcome.Silent => waited == TimeSpan.Zero ? FirstWait : waited < LongestSilence ? 2 * waited : waited,
            TimeOutcome.AskLess => waited < AskEvery ? 2 * AskEvery : 2 * waited < LongestWait ? 2 * waited : LongestWait,
            TimeOutcome.Refused => null,
        };
        var turn = wait is { } time ? new Turn(now + (time == TimeSpan.Zero ? AskEvery : time), time) : new Turn(At: null, waited);
        return this with { Turns = Turns.SetItem(server, turn) };
    }

    /// <summary>Forgets all but these: others are no longer named by anybody.</summary>
    public TimeServers Only(ImmutableArray<IpAddress> servers) => this with { Turns = Turns.RemoveRange(Turns.Keys.Where(server => !servers.Contains(server))) };

    // When to ask it, null for never; and how long was waited last, nothing after an answer.
    private readonly record struct Turn(Elapsed? At, TimeSpan Wait);
}
