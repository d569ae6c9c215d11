namespace Riad.Dns.RateLimiting;

/// <summary>How many identical answers one network of clients gets over UDP.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Identical answers each second for one network; unused ones are saved up for a second. 1 to 1,000,000.</summary>
    public int AnswersPerSecond { get; init; } = 200;

    /// <summary>Of the answers over the limit each n-th is sent, cut off, so that a real client can come back over TCP; 0 sends none.</summary>
    public int Slip { get; init; } = 2;

    /// <summary>Leading bits that make IPv4 clients one network: 1 to 32.</summary>
    public int IPv4Bits { get; init; } = 24;

    /// <summary>Leading bits that make IPv6 clients one network: 1 to 64.</summary>
    public int IPv6Bits { get; init; } = 56;

    /// <summary>Answers that are remembered at the same time, 8 octets each: a power of two, at least 4.</summary>
    public int TableLength { get; init; } = 1 << 16;

    /// <summary>True limits clients on this machine too.</summary>
    public bool IncludesLoopback { get; init; }
}
