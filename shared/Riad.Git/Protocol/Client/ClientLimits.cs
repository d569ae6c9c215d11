namespace Riad.Git.Protocol.Client;

/// <summary>How much a server may say.</summary>
public sealed record ClientLimits
{
    /// <summary>The usual limits.</summary>
    public static readonly ClientLimits Usual = new();

    /// <summary>Refs that are kept of one listing.</summary>
    public int Refs { get; init; } = 100_000;

    /// <summary>Octets of one answer that are pkt-lines and no pack.</summary>
    public long LineOctets { get; init; } = 32 << 20;

    /// <summary>Characters of the server's words for a person that are kept: the last ones.</summary>
    public int Words { get; init; } = 4096;
}
