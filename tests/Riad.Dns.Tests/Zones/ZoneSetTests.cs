using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Zones;

public sealed class ZoneSetTests
{
    private static Zone Empty(string apex) => ZoneText.Zone(apex, "@ SOA ns hostmaster 1 1 1 1 1");

    public static TheoryData<string, string?> Names => new()
    {
        { "www.example.test.", "example.test." },
        { "example.test.", "example.test." },
        { "EXAMPLE.TEST.", "example.test." },
        { "a.b.sub.example.test.", "sub.example.test." },
        { "xsub.example.test.", "example.test." },
        { "test.", null },
        { "example.org.", null },
        { ".", null },
    };

    [Theory, MemberData(nameof(Names))]
    public void The_longest_zone_above_a_name_is_found(string name, string? apex)
    {
        var zones = ZoneSet.Empty.With(Empty("example.test.")).With(Empty("sub.example.test.")).With(Empty("sub.other.test."));
        Assert.Equal(apex, zones.FindAbove(ZoneText.Name(name))?.Apex.ToString());
    }

    [Fact]
    public void The_root_zone_is_above_everything()
    {
        var zones = ZoneSet.Empty.With(Empty("."));
        Assert.Equal(".", zones.FindAbove(ZoneText.Name("a.b."))?.Apex.ToString());
        Assert.Equal(".", zones.FindAbove(ZoneText.Name("."))?.Apex.ToString());
    }

    [Fact]
    public void A_set_is_not_changed_by_what_is_made_from_it()
    {
        var one = ZoneSet.Empty.With(Empty("example.test."));
        var none = one.Without(ZoneText.Name("Example.test."));
        Assert.Equal((1, 0, 0), (one.Count, none.Count, ZoneSet.Empty.Count));
    }

    [Fact]
    public void A_fault_takes_no_good_version_away()
    {
        var apex = ZoneText.Name("example.test.");
        var bad = ZoneSet.Empty.WithoutGoodVersion(apex, ZoneAbsence.Invalid);
        Assert.Null(bad.Find(apex)!.Zone);
        Assert.Equal(ZoneAbsence.Invalid, bad.Find(apex)!.Absence);
        var good = bad.With([Empty("example.test.")]);
        Assert.NotNull(good.WithoutGoodVersion(apex, ZoneAbsence.Invalid).Find(apex)!.Zone);
    }

    [Fact]
    public void Many_changes_make_one_set_and_an_absence_takes_a_good_version_away()
    {
        var (a, b, c) = (ZoneText.Name("a.test."), ZoneText.Name("b.test."), ZoneText.Name("c.test."));
        var before = ZoneSet.Empty.With([Empty("a.test."), Empty("b.test.")]);

        var after = before.WithChanges([Empty("c.test.")], [(b, ZoneAbsence.Expired)], [a]);

        Assert.Null(after.Find(a));
        Assert.Equal(ZoneAbsence.Expired, after.Find(b)!.Absence);
        Assert.Null(after.Find(b)!.Zone);
        Assert.NotNull(after.Find(c)!.Zone);
        Assert.NotNull(before.Find(b)!.Zone);
    }

    [Fact]
    public void Many_zones_are_all_found()
    {
        var zones = ZoneSet.Empty.With(Enumerable.Range(0, 300).Select(i => Empty($"z{i}.b.test.")));
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal($"z{i}.b.test.", zones.FindAbove(ZoneText.Name($"www.z{i}.b.test."))?.Apex.ToString()));
    }
}
