namespace Riad.Net;

/// <summary>A clock that stands still until it is told to go on. Timers fire in the order of their time, then of their creation.</summary>
/// <remarks>One thread. Its calendar begins at 2026-01-01T00:00:00Z.</remarks>
public sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (TimeSpan Due, long Number)> queue = new();
    private long settings;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the next timer fires, or null when none is set.</summary>
    public TimeSpan? NextAt
    {
        get
        {
            while (queue.TryPeek(out var entry, out var at))
            {
                if (entry.Timer.Setting == entry.Setting)
                    return at.Due;
                queue.Dequeue();
            }
            return null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer and fires it.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool TryFireNext()
    {
        if (NextAt is not { } due)
            return false;
        Elapsed = due;
        queue.Dequeue().Timer.Fire();
        return true;
    }

    /// <summary>Goes on by <paramref name="span"/> and fires every timer on the way.</summary>
    public void Advance(TimeSpan span)
    {
        var end = Elapsed + span;
        while (NextAt is { } due && due <= end)
            TryFireNext();
        Elapsed = end;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        internal int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Setting++;
            this.period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.queue.Enqueue((this, Setting), (clock.Elapsed + dueTime, clock.settings++));
            return true;
        }

        public void Dispose() => Setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire()
        {
            Setting++;
            if (period > TimeSpan.Zero)
                Change(period, period);
            callback(state);
        }
    }
}
