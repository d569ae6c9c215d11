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
    public sealed record Answered(Serial Serial) : AttemptResult;

    /// <summary>It gave a version, or said that ours is the newest.</summary>
    public sealed record Transferred(TransferResult Transfer) : AttemptResult;

    /// <summary>It gave nothing.</summary>
    public sealed record Failed(RefreshFailure Failure) : AttemptResult;
}
