namespace Riad.Dns.Notify;

/// <summary>How patient a <see cref="Notifier"/> is, and how much it does at once.</summary>
/// <remarks>
/// Source: RFC 1996 §3.6 asks for retransmission with exponential backoff. It waits 60 s at first; one second serves
/// as well over today's networks, and a lost datagram then costs a second, not a minute.
/// </remarks>
public sealed record NotifyOptions
{
    /// <summary>Messages to one server that are not answered yet; further zones wait for their turn.</summary>
    public int Window { get; init; } = 100;

    /// <summary>How long the first message is waited for; doubled after each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often one message is sent before the server is given up: with a first wait of one second, for 34 minutes.</summary>
    public int MaxSends { get; init; } = 11;

    /// <summary>Questions to the system's resolver at once.</summary>
    public int MaxResolving { get; init; } = 16;

    /// <summary>How long an answer of the system's resolver is kept.</summary>
    public TimeSpan ResolvedFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a name is asked for before it is given up; waits double from ten seconds.</summary>
    public int MaxResolutions { get; init; } = 6;
}
