using Microsoft.Playwright;
using Riad.Interop.Tests.PrimaryGit;
using Xunit;

namespace Riad.Interop.Tests.Pages;

/// <summary>The pages in Chromium, as a person clicks through them.</summary>
public sealed class BrowserTests(EventfulServer server) : IClassFixture<EventfulServer>
{
    private Uri Home => server.Work.Appliance.Http;

    [Fact]
    public async Task Person_clicks_from_the_first_page_to_the_difference_of_a_push()
    {
        server.Work.Dig("www.example.org", "+short");
        server.MoveWww("192.0.2.10", "192.0.2.44");
        await using var browser = await Browser.OpenAsync(withScripts: false);
        var page = browser.Page;
        await page.GotoAsync(Home.ToString());
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("4 zones, all served");
        await Assertions.Expect(page.Locator("ol.log li").First).ToContainTextAsync("Move www to 192.0.2.44");
        await Assertions.Expect(page.Locator("ol.log li").First).ToContainTextAsync("Ada");
        await browser.PictureAsync("status-light");

        await page.Locator("table").GetByRole(AriaRole.Link, new() { Name = "example.org", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("example.org");
        await Assertions.Expect(page.Locator("ol.log li").First).ToContainTextAsync("2026112002");
        await page.Locator("ol.log li").First.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("pre .minus").Last).ToContainTextAsync("192.0.2.10");
        await Assertions.Expect(page.Locator("pre .plus").Last).ToContainTextAsync("192.0.2.44");
        await Assertions.Expect(page.Locator("pre .minus").First).ToContainTextAsync("SOA ns1.example.org. hostmaster.example.org. 2026112001 ");
        await Assertions.Expect(page.Locator("pre .plus").First).ToContainTextAsync("SOA ns1.example.org. hostmaster.example.org. 2026112002 ");
        await browser.PictureAsync("difference-light");
        server.MoveWww("192.0.2.44", "192.0.2.10");

        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, request => Assert.Equal(Home.Authority, request.Authority));
    }

    [Fact]
    public async Task Difference_of_any_two_versions_is_chosen_from_a_form()
    {
        await using var browser = await Browser.OpenAsync(withScripts: false);
        var page = browser.Page;
        await page.GotoAsync(new Uri(Home, "/zones/example.net").ToString());
        await Assertions.Expect(page.Locator("ol.log li")).ToHaveCountAsync(8);
        await page.GetByLabel("From").SelectOptionAsync("3");
        await page.GetByLabel("To").SelectOptionAsync("6");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("p").First).ToHaveTextAsync("From serial 3 to serial 6:");
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("192.0.2.4");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Hostile_text_of_commits_and_records_does_nothing()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Home.ToString());
        await Assertions.Expect(page.Locator("ol.log")).ToContainTextAsync("<script>alert('subject')</script> \\u202Egnp.exe & \"quotes\"");
        await page.GotoAsync(new Uri(Home, "/zones/example.net/difference?from=1&to=2").ToString());
        await Assertions.Expect(page.Locator("pre .plus").Last).ToContainTextAsync(EventfulServer.HostileText);
        Assert.Equal(0, await page.Locator("script, img").CountAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Policy_stops_a_script_even_if_one_came_in()
    {
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(Home.ToString());
        await browser.Page.EvaluateAsync("document.body.appendChild(document.createElement('script')).textContent = \"document.title = 'owned'\"");
        Assert.Equal("Status · dns-primary-git", await browser.Page.TitleAsync());
        Assert.Contains(
            Workplace.Await(() => browser.Complaints, complaints => complaints.Count > 0),
            complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Classless_reverse_zone_is_reached_by_its_link()
    {
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(Home.ToString());
        await browser.Page.Locator("table").GetByRole(AriaRole.Link, new() { Name = "0/26.2.0.192.in-addr.arpa" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("0/26.2.0.192.in-addr.arpa");
    }

    [Fact]
    public async Task Removed_zone_is_gone_and_its_page_keeps_its_history()
    {
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(Home.ToString());
        await Assertions.Expect(browser.Page.Locator("ol.log")).ToContainTextAsync("gone.example removed");
        await Assertions.Expect(browser.Page.Locator("table").GetByText("gone.example")).ToHaveCountAsync(0);
        var answer = await browser.Page.GotoAsync(new Uri(Home, "/zones/gone.example").ToString());
        Assert.Equal(200, answer!.Status);
        await Assertions.Expect(browser.Page.Locator(".note.bad")).ToHaveTextAsync("This zone was removed, and is not served any more.");
        await Assertions.Expect(browser.Page.Locator("ol.log li")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_needs_scrolling_sideways_on_a_phone(ColorScheme colors)
    {
        await using var browser = await Browser.OpenAsync(width: 360, colors);
        foreach (var (name, path) in Paths)
        {
            await browser.Page.GotoAsync(new Uri(Home, path).ToString());
            Assert.True(await browser.OverflowAsync() == 0, path);
            await browser.PictureAsync($"{name}-phone-{colors}");
        }
        Assert.All(browser.Complaints, complaint => Assert.Contains("404", complaint, StringComparison.Ordinal));
        Assert.True(browser.Complaints.Count <= 1, "only the page that is not there is complained about");
        Assert.All(browser.Requests, request => Assert.Equal(Home.Authority, request.Authority));
    }

    [Fact]
    public async Task Pages_follow_the_colors_that_a_person_likes()
    {
        await using var browser = await Browser.OpenAsync(colors: ColorScheme.Dark);
        foreach (var (name, path) in Paths)
        {
            await browser.Page.GotoAsync(new Uri(Home, path).ToString());
            await browser.PictureAsync($"{name}-dark");
        }
        await Assertions.Expect(browser.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(23, 22, 19)");
    }

    private static readonly (string Name, string Path)[] Paths =
    [
        ("status", "/"),
        ("zone", "/zones/example.net"),
        ("long", $"/zones/{EventfulServer.LongZone}"),
        ("difference", "/zones/example.net/difference?from=2&to=8"),
        ("missing", "/zones/nowhere.example"),
    ];
}
