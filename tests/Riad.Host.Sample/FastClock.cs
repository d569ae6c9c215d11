namespace Riad.Host.Sample;

/// <summary>A clock that runs faster than the world's, so that an hour's lease ends within seconds of a test.</summary>
internal sealed class FastClock(double speed) : TimeProvider
{
    private readonly long start = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (System.GetElapsedTime(start) * speed).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Real(dueTime), Real(period));

    private TimeSpan Real(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / speed;
}
