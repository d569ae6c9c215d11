using Microsoft.Playwright;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Pages;

/// <summary>A real browser with one page open, which remembers what the page asked for and complained about.</summary>
/// <remarks>Debian's Chromium: nothing is downloaded.</remarks>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.Request += (_, request) => Requests.Add(new(request.Url));
        page.Console += (_, message) => Complaints.Add($"{message.Text} {message.Location}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) => Complaints.Add(dialog.Message);
    }

    public IPage Page { get; }

    /// <summary>Everything that was asked for.</summary>
    public List<Uri> Requests { get; } = [];

    /// <summary>What was written to the console, errors of scripts, and dialogs.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> OpenAsync(int width = 1100, ColorScheme colors = ColorScheme.Light, bool withScripts = true)
    {
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var page = await chromium.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = colors,
            JavaScriptEnabled = withScripts,
        });
        return new(driver, chromium, page);
    }

    /// <summary>Pixels of the page that lie outside the window: above zero a person must scroll sideways.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Keeps a picture for people in out/screenshots.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new() { Path = Checkout.PathOf("out", "screenshots", name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
