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
    private static readonly ZoneView Missing = Good with { Name = "new.test", State = ZoneState.NotLoaded, Serial = null, Records = 0, Age = null };

    [Fact]
    public void All_zones_up_is_fine() => Assert.Equal(HealthFinding.Ok, ZoneHealth.Of([Good, Good with { State = ZoneState.Followed }]));

    [Fact]
    public void An_expired_zone_is_named_with_its_reason() =>
        Assert.Equal(new(HealthStatus.Degraded, "1 zone is expired and not served, such as old.test: the primary does not answer in time"), ZoneHealth.Of([Good, Missing, Expired]));

    [Fact]
    public void A_zone_that_never_came_is_named() =>
        Assert.Equal(new(HealthStatus.Degraded, "2 zones are not loaded yet, such as new.test: the transfer is under way"), ZoneHealth.Of([Good, Missing, Missing with { Name = "z.test" }]));

    [Fact]
    public void No_zone_at_all_is_worth_a_word() => Assert.Equal(HealthStatus.Degraded, ZoneHealth.Of([]).Status);

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

    private static async Task<string> RenderAsync(params ZoneView[] zones)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await StatusPage.Of(zones, TimeSpan.FromHours(1)).WriteAsync(context);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
