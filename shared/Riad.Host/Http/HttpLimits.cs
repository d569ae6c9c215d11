namespace Riad.Host.Http;

/// <summary>How much of the process one HTTP client, and all of them, can hold.</summary>
/// <remarks>
/// They suit pushes of git: a body may be large and may pause while the client packs, so the least data rate is an
/// average over minutes; a client that only holds connections open meets the limit per address.
/// </remarks>
public sealed record HttpLimits
{
    /// <summary>The usual limits.</summary>
    public static readonly HttpLimits Usual = new();

    /// <summary>Octets of a request's body; a handler can ask for more for its own requests.</summary>
    public long MaxBodyOctets { get; init; } = 1 << 20;

    /// <summary>Connections at a time.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Connections at a time from one IPv4 address or one IPv6 /64. Loopback is exempt: a proxy speaks for many.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 64;

    /// <summary>From the first octet of a request to the end of its header.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may stay open between requests.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Octets per second that a body must reach on average, after <see cref="GracePeriod"/>.</summary>
    public double LeastRate { get; init; } = 100;

    /// <summary>How long a body may stand still at its beginning.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(2);
}
