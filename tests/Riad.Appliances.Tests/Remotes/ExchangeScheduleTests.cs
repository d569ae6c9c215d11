using Riad.Core;
using Riad.DnsPrimaryGit.Remotes;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

public sealed class ExchangeScheduleTests
{
    private static readonly ExchangeSchedule Fresh = new(TimeSpan.FromMinutes(5));

    [Fact]
    public void The_first_reading_is_at_once_and_the_others_now_and_then()
    {
        Assert.Equal(Elapsed.FromSeconds(0), Fresh.Next);
        Assert.Equal(Elapsed.FromSeconds(307), Read(Fresh, at: 7).Next);
    }

    [Fact]
    public void However_often_it_is_asked_for_a_second_lies_between_two_readings()
    {
        var schedule = Read(Fresh, at: 10);
        for (var index = 0; index < 1000; index++)
            schedule = schedule.Ask();

        Assert.Equal(Elapsed.FromSeconds(11), schedule.Next);
        Assert.Equal(Elapsed.FromSeconds(311), Read(schedule, at: 11).Next);
    }

    [Fact]
    public void What_is_asked_for_while_it_is_read_is_read_after_it() =>
        Assert.Equal(Elapsed.FromSeconds(11), Fresh.Begin().Ask().End(Elapsed.FromSeconds(10), isGood: true).Next);

    [Fact]
    public void A_remote_that_is_away_is_tried_ever_more_rarely_and_always()
    {
        var (schedule, waits) = (Fresh, new List<double>());
        for (var now = 0.0; waits.Count < 11; now = schedule.Next.Value.TotalSeconds)
        {
            schedule = schedule.Begin().End(Elapsed.FromSeconds(now), isGood: false);
            waits.Add((schedule.Next - Elapsed.FromSeconds(now)).TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], waits);
        Assert.Equal(Elapsed.FromSeconds(5300), Read(schedule, at: 5000).Next);
    }

    [Fact]
    public void A_remote_that_is_read_often_is_tried_as_often_while_it_is_away()
    {
        var schedule = new ExchangeSchedule(TimeSpan.FromSeconds(3));
        for (var index = 0; index < 5; index++)
            schedule = schedule.Begin().End(Elapsed.FromSeconds(100), isGood: false);

        Assert.Equal(Elapsed.FromSeconds(103), schedule.Next);
    }

    private static ExchangeSchedule Read(ExchangeSchedule schedule, double at) => schedule.Begin().End(Elapsed.FromSeconds(at), isGood: true);
}
