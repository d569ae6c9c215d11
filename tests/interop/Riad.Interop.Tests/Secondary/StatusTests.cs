using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Secondary;

/// <summary>Who may see what the secondary shows over HTTP.</summary>
public sealed class StatusTests
{
    // Who comes through a proxy is not on this host.
    private static readonly string[] Elsewhere = ["-H", "X-Forwarded-For: 198.51.100.7"];

    [Theory]
    [InlineData(false, "403", "unavailable\n")]
    [InlineData(true, "200", "unavailable\nzones: ")]
    public void Who_is_not_on_this_host_sees_pages_and_metrics_only_where_they_are_public(bool isPublic, string status, string health)
    {
        string[] option = isPublic ? ["--public-status"] : [];
        using var secondary = RunningSecondary.Start(keys: null, 0, ["--primary", "127.0.0.1:9", "--zone", "example.org", .. option]);

        secondary.Until("unavailable", () => secondary.Get("/health").StartsWith("unavailable\nzones: ", StringComparison.Ordinal));
        foreach (var path in (string[])["/", "/metrics"])
        {
            Assert.Equal((path, "200"), (path, StatusOf(secondary, path)));
            Assert.Equal((path, status), (path, StatusOf(secondary, path, Elsewhere)));
        }
        var said = Curl(secondary, "/health", Elsewhere);
        Assert.True(isPublic ? said.StartsWith(health, StringComparison.Ordinal) : said == health, said);
    }

    private static string StatusOf(RunningSecondary secondary, string path, params string[] options) =>
        Curl(secondary, path, ["-o", "/dev/null", "-w", "%{http_code}", .. options]);

    private static string Curl(RunningSecondary secondary, string path, params string[] options) =>
        Tool.Run("curl", ["-s", .. options, new Uri(secondary.Http, path).ToString()], ".").Output;
}
