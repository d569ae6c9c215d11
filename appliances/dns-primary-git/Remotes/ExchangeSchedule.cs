using Riad.Core;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>When the remote is read next: now and then, soon after somebody asked, and ever more rarely while it is away.</summary>
/// <param name="Every">Between two readings when nobody asks.</param>
/// <remarks>A pure value. However often it is asked for, there is a second between two readings.</remarks>
internal sealed record ExchangeSchedule(TimeSpan Every)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private Elapsed Last { get; init; }

    private int Failures { get; init; }

    private bool IsAsked { get; init; }

    private bool HasBegun { get; init; }

    /// <summary>When it is to be read next.</summary>
    public Elapsed Next
    {
        get
        {
            if (!HasBegun)
                return default;
            if (IsAsked)
                return Last + Least;
            return Last + (Failures == 0 ? Every : Retry);
        }
    }

    /// <summary>Somebody says that there is something to read.</summary>
    public ExchangeSchedule Ask() => this with { IsAsked = true };

    /// <summary>A reading begins: what was asked before is answered by it.</summary>
    public ExchangeSchedule Begin() => this with { IsAsked = false, HasBegun = true };

    /// <summary>A reading ended.</summary>
    /// <param name="now">The present.</param>
    /// <param name="isGood">The remote could be read, and what had to be written was.</param>
    public ExchangeSchedule End(Elapsed now, bool isGood) => this with { Last = now, Failures = isGood ? 0 : Failures + 1 };

    // 2, 4, 8 … seconds; never more rarely than when all is well, for then nobody would notice the end of it.
    private TimeSpan Retry => Min(TimeSpan.FromSeconds(1L << Math.Min(Failures, 10)), Min(LongestRetry, Every));

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
