namespace Riad.Net.Tests;

public sealed class VirtualClockTests
{
    private readonly VirtualClock clock = new();
    private readonly List<string> log = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_time_then_of_their_creation()
    {
        Set("late", 3);
        Set("first", 1);
        Set("second", 1);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["first at 1", "second at 1", "late at 3"], log);
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Elapsed);
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_disposed()
    {
        var timer = clock.CreateTimer(_ => log.Add($"tick at {clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(4));
        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["tick at 1", "tick at 3"], log);
        Assert.Null(clock.NextAt);
    }

    [Fact]
    public void A_changed_timer_forgets_its_earlier_time()
    {
        var timer = clock.CreateTimer(_ => log.Add($"at {clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.FromSeconds(7), clock.NextAt);
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(["at 7"], log);
    }

    [Fact]
    public async Task Delays_of_the_class_library_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromDays(40), clock);
        clock.Advance(TimeSpan.FromDays(39));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromDays(1));
        await delay;
    }

    private void Set(string name, int seconds) =>
        clock.CreateTimer(_ => log.Add($"{name} at {clock.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
