using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Xunit;

namespace Riad.Appliances.Tests.Access;

public sealed class GuessThrottleTests
{
    private static readonly IpAddress Client = new(new IPv4Address(0xc633_6407));

    [Fact]
    public void Five_mistakes_are_free_and_then_each_doubles_the_wait()
    {
        var throttle = new GuessThrottle(100);
        var now = Elapsed.FromSeconds(0);
        var waits = new List<double>();
        for (var attempt = 0; attempt < 9; attempt++)
        {
            while (!throttle.TryBegin(Client, now, out var wait))
            {
                waits.Add(wait.TotalSeconds);
                now += wait;
            }
        }

        Assert.Equal([1, 2, 4, 8], waits);
    }

    [Fact]
    public void The_wait_is_bounded()
    {
        var throttle = new GuessThrottle(100);
        var now = Elapsed.FromSeconds(0);
        var longest = TimeSpan.Zero;
        for (var attempt = 0; attempt < 100; attempt++)
        {
            while (!throttle.TryBegin(Client, now, out var wait))
            {
                longest = wait > longest ? wait : longest;
                now += wait;
            }
        }

        Assert.Equal(64, longest.TotalSeconds);
    }

    [Fact]
    public void A_thousand_at_once_are_five() => Assert.Equal(5, Admitted(new(100), 1000, Elapsed.FromSeconds(0)));

    [Fact]
    public void Who_is_right_never_waits()
    {
        var throttle = new GuessThrottle(100);
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            Assert.True(throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _));
            throttle.Succeeded(Client);
        }
        Assert.Equal(0, throttle.Count);
    }

    [Fact]
    public void One_success_does_not_forgive_the_failures_before()
    {
        var throttle = new GuessThrottle(100);
        for (var attempt = 0; attempt < 4; attempt++)
            throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _);
        Assert.True(throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _));
        throttle.Succeeded(Client);

        Assert.True(throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _));
        Assert.False(throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _));
    }

    [Fact]
    public void Quiet_time_forgives()
    {
        var throttle = new GuessThrottle(100);
        for (var attempt = 0; attempt < 5; attempt++)
            throttle.TryBegin(Client, Elapsed.FromSeconds(0), out _);
        Assert.False(throttle.TryBegin(Client, Elapsed.FromSeconds(0.5), out _));

        var later = Elapsed.FromSeconds(300);
        Assert.Equal(5, Admitted(throttle, 10, later));
    }

    [Fact]
    public void Others_are_not_slowed_and_the_table_stays_small()
    {
        var throttle = new GuessThrottle(100);
        for (var client = 0u; client < 10_000; client++)
            Assert.True(throttle.TryBegin(new(new IPv4Address(client)), Elapsed.FromSeconds(0), out _));

        Assert.Equal(100, throttle.Count);
    }

    private static int Admitted(GuessThrottle throttle, int attempts, Elapsed now) =>
        Enumerable.Range(0, attempts).Count(attempt => throttle.TryBegin(Client, now, out var wait) || wait < TimeSpan.Zero);
}
