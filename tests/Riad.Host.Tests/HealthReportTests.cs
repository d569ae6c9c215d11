using System.Text;
using Xunit;

namespace Riad.Host.Tests;

public sealed class HealthReportTests
{
    private static readonly HealthFinding Stale = new(HealthStatus.Degraded, "example.org is served as of yesterday");

    [Fact]
    public void Nothing_to_say_is_ok() => Assert.Equal((HealthStatus.Ok, 200, "ok\n"), (HealthReport.Fine.Status, HealthReport.Fine.HttpStatus, HealthReport.Fine.ToText()));

    [Fact]
    public void Something_wrong_still_serves_and_says_what()
    {
        var report = HealthReport.Fine.With("zones", Stale);

        Assert.Equal((HealthStatus.Degraded, 200), (report.Status, report.HttpStatus));
        Assert.Equal("degraded\nzones: example.org is served as of yesterday\n", report.ToText());
        Assert.Equal("""{"status":"degraded","reasons":[{"part":"zones","status":"degraded","reason":"example.org is served as of yesterday"}]}""", Encoding.UTF8.GetString(report.ToJson()));
    }

    [Fact]
    public void The_worst_part_decides_and_parts_are_sorted()
    {
        var report = HealthReport.Fine.With("zones", Stale).With("disk", new(HealthStatus.Unavailable, "gone"));

        Assert.Equal((HealthStatus.Unavailable, 503), (report.Status, report.HttpStatus));
        Assert.Equal("unavailable\ndisk: gone\nzones: example.org is served as of yesterday\n", report.ToText());
    }

    [Fact]
    public void A_part_that_is_well_again_has_nothing_to_say() =>
        Assert.Equal(HealthStatus.Ok, HealthReport.Fine.With("zones", Stale).With("zones", HealthFinding.Ok).Status);

    [Fact]
    public void Text_from_outside_cannot_add_a_line() =>
        Assert.Equal("degraded\nzones: a\\nok\n", HealthReport.Fine.With("zones", new(HealthStatus.Degraded, "a\nok")).ToText());
}
