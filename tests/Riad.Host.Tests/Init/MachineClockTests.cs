using Riad.Core;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class MachineClockTests
{
    [Theory]
    [InlineData(1970, false)]
    [InlineData(2000, false)]
    [InlineData(2030, true)]
    public void A_clock_that_stood_still_is_not_believed(int year, bool isPlausible) =>
        Assert.Equal(isPlausible, MachineClock.IsPlausible(new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task When_nobody_waits_any_longer_no_further_server_is_asked()
    {
        using var console = new StringWriter();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var time = new MachineClock(static () => [.. Enumerable.Range(1, 1000).Select(number => new IpAddress(new IPv4Address(0xc000_0200 + (uint)number)))], static _ => "it must not be set", new(TimeProvider.System), new(console));

        Assert.False(await time.SetAsync(stop.Token));
        Assert.Equal("", console.ToString());
    }
}
