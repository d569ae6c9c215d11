namespace Riad.Dns.Transfers.Incoming;

/// <summary>How much a primary may send in one transfer: beyond it, the transfer is refused and what was taken is dropped.</summary>
public sealed record TransferLimits
{
    /// <summary>Records, those that are ignored counted.</summary>
    public long MaxRecords { get; init; } = 50_000_000;

    /// <summary>Records of differences, where the zone itself has fewer: beyond both, the whole zone is less.</summary>
    /// <remarks>What differences bring is held as objects until they are applied, which takes several times the memory of a zone's records.</remarks>
    public long LeastDifferences { get; init; } = 10_000;

    /// <summary>Octets of all messages together.</summary>
    public long MaxOctets { get; init; } = 4L << 30;
}
