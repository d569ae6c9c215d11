namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Until when something has to be decided, because somebody waits for it.</summary>
internal readonly record struct Deadline
{
    private readonly TimeProvider clock;
    private readonly long begun;
    private readonly TimeSpan atMost;

    private Deadline(TimeProvider clock, TimeSpan atMost) => (this.clock, this.atMost, begun) = (clock, atMost, clock.GetTimestamp());

    /// <summary>How much time is left: never negative.</summary>
    public TimeSpan Left => atMost - clock.GetElapsedTime(begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>A deadline so far from now.</summary>
    public static Deadline In(TimeSpan atMost, TimeProvider clock) => new(clock, atMost);
}
