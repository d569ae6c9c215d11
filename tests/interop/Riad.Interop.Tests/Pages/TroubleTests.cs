using Microsoft.Playwright;
using Xunit;

namespace Riad.Interop.Tests.Pages;

/// <summary>What a person sees when a zone turned bad.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task Zone_that_turned_bad_is_named_with_its_place_and_the_good_version_stays()
    {
        using var server = new EventfulServer();
        server.Spoil();
        foreach (var (name, width, colors) in new[] { ("light", 1100, ColorScheme.Light), ("phone", 360, ColorScheme.Dark) })
        {
            await using var browser = await Browser.OpenAsync(width, colors);
            var page = browser.Page;
            await page.GotoAsync(server.Work.Appliance.Http.ToString());
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("4 zones, 1 trouble");
            await Assertions.Expect(page.Locator(".note.bad")).ToContainTextAsync("AAAAA");
            await browser.PictureAsync($"trouble-{name}");
            await page.Locator("table").GetByRole(AriaRole.Link, new() { Name = "example.org", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator(".note.bad")).ToContainTextAsync("AAAAA");
            await Assertions.Expect(page.Locator("dl")).ToContainTextAsync("2026112001");
            Assert.Equal(0, await browser.OverflowAsync());
        }
        Assert.Equal("192.0.2.10\n", server.Work.Dig("www.example.org", "+short"));
    }
}
