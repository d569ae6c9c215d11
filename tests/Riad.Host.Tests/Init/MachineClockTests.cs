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
}
