using System.Collections.Concurrent;
using Microsoft.Playwright;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Pages;

/// <summary>A real browser with one page open, which remembers what the page asked for and complained about.</summary>
/// <remarks>Debian's Chromium: nothing is downloaded.</remarks>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private const float PatienceMilliseconds = 60_000;

    private readonly ConcurrentQueue<Uri> requests = new();
    private readonly ConcurrentQueue<string> complaints = new();

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.Request += (_, request) => requests.Enqueue(new(request.Url));
        page.Console += (_, message) => complaints.Enqueue($"{message.Text} {message.Location}");
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Dialog += (_, dialog) => complaints.Enqueue(dialog.Message);
    }

    public IPage Page { get; }

    /// <summary>Everything that was asked for until now.</summary>
    public IReadOnlyList<Uri> Requests => [.. requests];

    /// <summary>What was written to the console, errors of scripts, and dialogs. They arrive some time after what caused them.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    public static async Task<Browser> OpenAsync(int width = 1100, ColorScheme colors = ColorScheme.Light, bool withScripts = true)
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Timeout = 2 * PatienceMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var page = await chromium.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = colors,
            JavaScriptEnabled = withScripts,
        });
        page.SetDefaultTimeout(PatienceMilliseconds);
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
