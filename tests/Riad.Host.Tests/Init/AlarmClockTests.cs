using Riad.Core;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class AlarmClockTests
{
    private const double Day = 86_400;

    public static TheoryData<double?, double> Waits => new()
    {
        // due, 100 s being now       to wait
        { 99,                         0 },
        { 100,                        0 },
        { 100.5,                      0.5 },
        { 100 + (50 * Day),           Day },
        { 4_294_967_294,              Day },
        { null,                       Day },
    };

    [Theory, MemberData(nameof(Waits))]
    public void A_lease_of_years_is_waited_for_in_days_since_no_timer_lasts_so_long(double? due, double seconds)
    {
        var wait = AlarmClock.Wait(due is { } wake ? Elapsed.FromSeconds(wake) : null, Elapsed.FromSeconds(100));
        using var alarm = new CancellationTokenSource();
        alarm.CancelAfter(wait);

        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
    }
}
