using Microsoft.AspNetCore.Http;
using Riad.DnsSecondary.Pages;
using Riad.DnsSecondary.Serving;
using Riad.Host;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>What /health and the page say of zones.</summary>
public sealed class ZoneViewTests
{
    private static readonly ZoneView Good = new("example.org", ZoneState.Served, "--zone", "192.0.2.1:53", 7, 1200, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(55), TimeSpan.FromDays(7), Failure: null);
    private static readonly ZoneView Expired = Good with { Name = "old.test", State = ZoneState.Expired, Failure = "the primary does not answer in time" };
    private static readonly ZoneView Missing = Good with { Name = "new.test", State = ZoneState.NotLoaded, Serial = null, Records = 0, Age = null, Failure = "refused" };

    private static readonly ZoneView Catalog = Good with { Name = "catalog.test", State = ZoneState.Followed };
    private static readonly ZoneView Coming = Missing with { Failure = null };

    [Fact]
    public void All_zones_up_is_fine() => Assert.Equal(HealthFinding.Ok, Of(Good, Catalog));

    [Fact]
    public void An_expired_zone_is_named_with_its_reason() =>
        Assert.Equal(new(HealthStatus.Degraded, "1 zone is expired and not served, such as old.test: the primary does not answer in time"), Of(Good, Missing, Expired));

    [Fact]
    public void A_zone_that_never_came_is_named() =>
        Assert.Equal(new(HealthStatus.Degraded, "2 zones are not loaded yet, such as new.test: refused"), Of(Good, Missing, Missing with { Name = "z.test" }));

    [Theory]
    [InlineData(true, "no zone is followed yet: a signed NOTIFY teaches the first")]
    [InlineData(false, "no zone is followed yet: starting")]
    public void Without_a_zone_it_says_what_is_waited_for(bool mayBeEmpty, string reason) => Assert.Equal(reason, new ZoneHealth(mayBeEmpty).Of(Survey("")).Reason);

    [Fact]
    public void A_server_that_is_to_be_taught_can_be_reached_without_a_zone() => Assert.Equal(HealthStatus.Degraded, Of().Status);

    /// <summary>A replica that starts empty must get no queries before it can answer them.</summary>
    public static TheoryData<string, HealthStatus, string> Starts => new()
    {
        // why                                                  status                    zones
        { "nothing was followed yet",                           HealthStatus.Unavailable, "" },
        { "the catalog is on its way",                          HealthStatus.Unavailable, "coming" },
        { "some members are on their way",                      HealthStatus.Unavailable, "catalog good coming" },
        { "no zone could be had",                               HealthStatus.Unavailable, "catalog missing" },
        { "all zones have expired",                             HealthStatus.Unavailable, "catalog expired" },
        { "one of two could not be had: the other is served",   HealthStatus.Degraded,    "good missing" },
        { "one of two has expired",                             HealthStatus.Degraded,    "good expired" },
        { "the catalog is empty",                               HealthStatus.Ok,          "catalog" },
        { "all are there",                                      HealthStatus.Ok,          "catalog good" },
    };

    [Theory, MemberData(nameof(Starts))]
    public void At_the_start_a_server_is_unavailable_until_every_zone_came_or_could_not_be_had(string why, HealthStatus status, string zones) =>
        Assert.True(status == new ZoneHealth(mayBeEmpty: false).Of(Survey(zones)).Status, why);

    [Theory]
    [InlineData(HealthStatus.Degraded, "catalog good coming")] // a new member takes no replica out of service
    [InlineData(HealthStatus.Degraded, "good expired")]
    [InlineData(HealthStatus.Unavailable, "coming")]
    [InlineData(HealthStatus.Unavailable, "expired missing")]
    public void Later_only_a_server_without_any_zone_to_serve_is_unavailable(HealthStatus status, string zones)
    {
        var health = new ZoneHealth(mayBeEmpty: false);
        Assert.Equal(HealthFinding.Ok, health.Of(Survey("catalog good")));
        Assert.Equal(status, health.Of(Survey(zones)).Status);
    }

    [Fact]
    public async Task The_page_shows_troubles_first_and_takes_no_name_for_markup()
    {
        var html = await RenderAsync(Good, Expired with { Name = "<script>.test" }, Missing);

        Assert.Contains("3 zones, 2 not served", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;.test", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("&lt;script", StringComparison.Ordinal) < html.IndexOf(">example.org", StringComparison.Ordinal));
        Assert.Contains("the primary does not answer in time (192.0.2.1:53)", html, StringComparison.Ordinal);
    }

    private static HealthFinding Of(params ZoneView[] zones) => new ZoneHealth(mayBeEmpty: true).Of(Survey(zones));

    private static ZoneSurvey Survey(params ZoneView[] zones) =>
        new(zones.Length, zones.Count(zone => zone.State is ZoneState.Served), [.. zones.Where(zone => zone.State is ZoneState.NotLoaded or ZoneState.Expired || zone.IsUnconfirmed)]);

    private static ZoneSurvey Survey(string names) =>
        Survey([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name switch { "good" => Good, "catalog" => Catalog, "coming" => Coming, "missing" => Missing, "expired" => Expired, _ => throw new ArgumentException(name) })]);

    private static async Task<string> RenderAsync(params ZoneView[] zones)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await StatusPage.Of(zones, TimeSpan.FromHours(1)).WriteAsync(context);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
