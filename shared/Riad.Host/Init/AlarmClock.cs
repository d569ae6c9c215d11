using Riad.Core;

namespace Riad.Host.Init;

/// <summary>How long a driver sleeps before its engine's next tick.</summary>
internal static class AlarmClock
{
    // Timers end at 49 days, leases last up to 136 years. A tick before its time does nothing.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The time to sleep: nothing at the least, a day at the most, after which to ask again.</summary>
    /// <param name="due">When the tick is due; null when none is.</param>
    /// <param name="now">By the same clock.</param>
    public static TimeSpan Wait(Elapsed? due, Elapsed now) => due switch
    {
        null => Longest,
        { } wake when wake <= now => TimeSpan.Zero,
        { } wake => wake - now < Longest ? wake - now : Longest,
    };
}
