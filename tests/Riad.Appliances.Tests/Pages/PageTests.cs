using Riad.DnsPrimaryGit.Pages;
using Xunit;

namespace Riad.Appliances.Tests.Pages;

public sealed class PageTests
{
    private const string Hostile = "<script>\"'&\u001b[31m\u202e\n";
    private const string Harmless = "&lt;script&gt;&quot;&#x27;&amp;";

    public static TheoryData<string, string, string> Addresses => new()
    {
        { "example.org", "/zones/example.org", "a usual name stays as it is" },
        { "0/26.2.0.192.in-addr.arpa", "/zones/0%5C04726.2.0.192.in-addr.arpa", "a slash would be a folder" },
        { @"a\.b.example", "/zones/a%5C.b.example", "an escaped dot is part of a label" },
        { @"a\032b.example", "/zones/a%5C032b.example", "a space inside a label" },
        { "50%.example", "/zones/50%25.example", "a percent sign is not the start of an escape" },
        { "a?b#c.example", "/zones/a%3Fb%23c.example", "neither a query nor a fragment" },
        { "a&b.example", "/zones/a%26b.example", "no entity" },
    };

    [Theory, MemberData(nameof(Addresses))]
    public void Address_of_a_zone_says_its_name(string zone, string address, string why) =>
        Assert.True(StatusPage.ZoneAddress(zone).ToString() == address, $"{why}: {StatusPage.ZoneAddress(zone)}");

    [Fact]
    public void Address_of_a_difference_names_both_serials() =>
        Assert.Equal("/zones/example.org/difference?from=4294967295&amp;to=1", StatusPage.DifferenceAddress("example.org", 4294967295, 1).ToString());

    public static TheoryData<int, int, string> Headlines => new()
    {
        { 0, 0, "Waiting for the first push" },
        { 0, 1, "Nothing is served" },
        { 1, 0, "1 zone, all served" },
        { 2, 0, "2 zones, all served" },
        { 2, 1, "2 zones, 1 trouble" },
        { 1, 2, "1 zone, 2 troubles" },
    };

    [Theory, MemberData(nameof(Headlines))]
    public void Headline_says_how_it_is(int zones, int troubles, string headline)
    {
        var view = Views.Status([.. Enumerable.Range(0, zones).Select(number => Views.Row($"z{number}.example"))]) with { Troubles = [.. Enumerable.Repeat("broken", troubles)] };
        Assert.Contains($"<h1>{headline}</h1>", StatusPage.Of(view).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_of_a_zone_has_everything_that_an_operator_looks_for()
    {
        var page = StatusPage.Of(Views.Status(Views.Row())).ToString();
        Assert.Contains("""<a href="/zones/example.org">example.org</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Serial">7<""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Records">1,234<""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Queries/s">2.5<""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Served for">1 hour<""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Commit"><code>0123456789</code>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_that_was_never_good_shows_no_serial_and_why()
    {
        var page = StatusPage.Of(Views.Status(Views.Row(serial: null, trouble: "line 3 is wrong"))).ToString();
        Assert.Contains("""data-label="Serial">none<""", page, StringComparison.Ordinal);
        Assert.Contains("""data-label="Served for">not served<""", page, StringComparison.Ordinal);
        Assert.Contains("line 3 is wrong", page, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> HostilePages => new()
    {
        { "trouble", StatusPage.Of(Views.Status(Views.Row()) with { Troubles = [Hostile] }).ToString() },
        { "zone's name", StatusPage.Of(Views.Status(Views.Row(name: Hostile))).ToString() },
        { "zone's trouble", StatusPage.Of(Views.Status(Views.Row(trouble: Hostile))).ToString() },
        { "branch", StatusPage.Of(Views.Status(Views.Row()) with { Branch = Hostile }).ToString() },
        { "clone address, from the Host header", StatusPage.Of(Views.Status() with { CloneAddress = Hostile }).ToString() },
        { "subject", StatusPage.Of(Views.Status(Views.Row()) with { Changes = [new(Views.Noon, "Ada", Hostile, "abc", [])] }).ToString() },
        { "author", StatusPage.Of(Views.Status(Views.Row()) with { Changes = [new(Views.Noon, Hostile, "Subject", "abc", [])] }).ToString() },
        { "changed zone", StatusPage.Of(Views.Status(Views.Row()) with { Changes = [new(Views.Noon, "Ada", "Subject", "abc", [new(Hostile, 1, 2, "1 record")])] }).ToString() },
        { "subject of a version", ZonePage.Of(new ZoneView(Views.Row(), [], [Views.Version(2, Hostile), Views.Version(1)])).ToString() },
        { "fact of a zone", ZonePage.Of(new ZoneView(Views.Row(), [("Mailbox", Hostile)], [])).ToString() },
        { "record", ZonePage.Of(new DifferenceView("example.org", 1, 2, [new(Added: true, Hostile)])).ToString() },
        { "zone of a difference", ZonePage.Of(new DifferenceView(Hostile, 1, 2, [])).ToString() },
        { "what is not there", ZonePage.NotFound(Hostile).ToString() },
    };

    [Theory, MemberData(nameof(HostilePages))]
    public void Text_from_outside_is_only_text(string place, string page)
    {
        Assert.True(page.Contains(Harmless, StringComparison.Ordinal), place);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Newest_versions_are_chosen_to_begin_with()
    {
        var page = ZonePage.Of(new ZoneView(Views.Row(), [], [Views.Version(3), Views.Version(2), Views.Version(1)])).ToString();
        Assert.Contains("""<select name="from"><option value="3">3</option><option value="2" selected>2</option>""", page, StringComparison.Ordinal);
        Assert.Contains("""<select name="to"><option value="3" selected>3</option>""", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="/zones/example.org/difference?from=2&amp;to=3">1 record changed</a>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_zone_has_a_history_and_no_facts()
    {
        var page = ZonePage.Of(new ZoneView(Views.Row(serial: null, trouble: "removed"), [], [Views.Version(1)])).ToString();
        Assert.DoesNotContain("<dl", page, StringComparison.Ordinal);
        Assert.Contains("Served versions", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_marks_what_went_and_what_came()
    {
        var page = ZonePage.Of(new DifferenceView("example.org", 1, 2, [new(Added: false, "www A 192.0.2.1"), new(Added: true, "www A 192.0.2.2"), new(Added: null, "and more")])).ToString();
        Assert.Contains("""<pre><span class="minus">- www A 192.0.2.1</span><span class="plus">+ www A 192.0.2.2</span><span class="soft">and more</span></pre>""", page, StringComparison.Ordinal);
    }
}
