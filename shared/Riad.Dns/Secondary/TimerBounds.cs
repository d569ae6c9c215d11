using Riad.Dns.Records;

namespace Riad.Dns.Secondary;

/// <summary>Between which times the timers of an SOA are believed: a zone cannot make us ask all the time, or never.</summary>
public sealed record TimerBounds
{
    /// <summary>The shortest refresh and retry, and how long a NOTIFY waits after one that brought nothing.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest refresh.</summary>
    public TimeSpan MostRefresh { get; init; } = TimeSpan.FromDays(28);

    /// <summary>The longest retry.</summary>
    public TimeSpan MostRetry { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The longest time for which a zone is served without contact.</summary>
    public TimeSpan MostExpire { get; init; } = TimeSpan.FromDays(168);

    /// <summary>The first wait after a failure while there is no version yet; it doubles.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait.</summary>
    public TimeSpan MostFirstRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a good answer the serial is asked for again.</summary>
    public TimeSpan RefreshOf(Soa soa) => Clamp(soa.Refresh, Least, MostRefresh);

    /// <summary>How long after a failure it is asked for again.</summary>
    public TimeSpan RetryOf(Soa soa) => Clamp(soa.Retry, Least, MostRetry);

    /// <summary>How long after the last good answer the zone is no longer served.</summary>
    public TimeSpan ExpireOf(Soa soa) => Clamp(soa.Expire, Least, MostExpire);

    private static TimeSpan Clamp(uint seconds, TimeSpan least, TimeSpan most) => TimeSpan.FromTicks(Math.Clamp(TimeSpan.FromSeconds(seconds).Ticks, least.Ticks, most.Ticks));
}
