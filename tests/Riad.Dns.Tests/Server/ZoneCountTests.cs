using Riad.Dns.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Server;

public sealed class ZoneCountTests
{
    private readonly AnswerState state = new();
    private ZoneSet zones = ZoneSet.Empty.With([Zone("example.test."), Zone("sub.example.test."), Zone("example.org.")]);

    public static TheoryData<string, string, string> Questions => new()
    {
        { "example.test. SOA", "example.test.", "the apex" },
        { "nothing.EXAMPLE.test. A", "example.test.", "a name that does not exist is looked for in the zone above it" },
        { "a.sub.example.test. A", "sub.example.test.", "the longest zone counts" },
        { "sub.example.test. DS", "example.test.", "DS is asked of the parent" },
    };

    [Theory, MemberData(nameof(Questions))]
    public void Query_counts_for_the_zone_that_answers(string question, string apex, string why)
    {
        Ask(question);
        Assert.All(zones.Zones, zone => Assert.True(Count(zone.Apex.ToString()) == (zone.Apex.ToString() == apex ? 1 : 0), why));
    }

    [Theory]
    [InlineData("www.example.net. A")]
    [InlineData("example.test. TSIG")]
    public void Query_that_is_for_no_zone_counts_for_none(string question)
    {
        Ask(question);
        Assert.All(zones.Zones, zone => Assert.Equal(0, state.Counters.OfZone(zone)));
    }

    [Fact]
    public void Count_goes_on_from_version_to_version()
    {
        Ask("example.test. SOA");
        zones = zones.With(Zone("example.test."));
        Ask("example.test. SOA");
        Assert.Equal(2, Count("example.test."));
    }

    [Fact]
    public void Zone_that_was_never_good_is_counted_and_goes_on_when_it_is()
    {
        zones = zones.WithoutGoodVersion(ZoneText.Name("bad.test."), ZoneAbsence.Invalid);
        Ask("bad.test. SOA");
        zones = zones.With(Zone("bad.test."));
        Ask("bad.test. SOA");
        Assert.Equal(2, Count("bad.test."));
    }

    [Fact]
    public void Removed_zone_is_forgotten_and_leaves_its_place_to_others()
    {
        Ask("example.org. SOA");
        var place = Find("example.org.").Place;
        zones = zones.Without(ZoneText.Name("example.org.")).With(Zone("example.net."));
        Assert.Equal(place.Index, Find("example.net.").Place.Index);
        Assert.Equal(0, Count("example.net."));

        Ask("example.net. SOA");
        Assert.Equal(1, Count("example.net."));
        zones = zones.With(Zone("example.org."));
        Assert.Equal(0, Count("example.org."));
    }

    [Fact]
    public void Every_zone_of_many_has_its_own_place()
    {
        zones = ZoneSet.Empty.With(Enumerable.Range(0, 100).Select(number => Zone($"z{number}.test.")));
        for (var number = 0; number < 100; number++)
        {
            for (var times = 0; times < number; times++)
                Ask($"z{number}.test. SOA");
        }
        Assert.All(Enumerable.Range(0, 100), number => Assert.Equal(number, Count($"z{number}.test.")));
    }

    [Fact]
    public void Counting_allocates_nothing_once_there_is_room()
    {
        var zone = Find("example.test.");
        Assert.Equal(0, Allocated.EachTime(() =>
        {
            for (var times = 0; times < 1000; times++)
                state.Counters.CountZone(zone.Place);
        }));
    }

    private static Zone Zone(string apex) => ZoneText.Zone(apex, TestServer.Soa + "@ NS ns.example.com.");

    private void Ask(string question)
    {
        var answer = new byte[4096];
        Assert.NotEqual(0, new Authority(zones, new()).Answer(state, TestServer.Context(), TestServer.Query(question), answer));
    }

    private long Count(string apex) => state.Counters.OfZone(Find(apex));

    private ServedZone Find(string apex) => zones.Find(ZoneText.Name(apex))!;
}
