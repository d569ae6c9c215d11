using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;

namespace Riad.Dns.Secondary;

/// <summary>What came of asking a primary.</summary>
public abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    /// <summary>It told its serial.</summary>
    /// <param name="Serial">Of the version that it has.</param>
    /// <param name="Left">Until the zone expires there (RFC 7314); null when it did not say.</param>
    public sealed record Answered(Serial Serial, TimeSpan? Left = null) : AttemptResult;

    /// <summary>It gave a version, or said that ours is the newest.</summary>
    /// <param name="Transfer">The version.</param>
    /// <param name="Left">Until the zone expires there (RFC 7314); null when it did not say.</param>
    public sealed record Transferred(TransferResult Transfer, TimeSpan? Left = null) : AttemptResult;

    /// <summary>It gave nothing.</summary>
    public sealed record Failed(RefreshFailure Failure) : AttemptResult;
}
