using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class CrashLogTests : IDisposable
{
    private static readonly DateTimeOffset When = new(2026, 11, 21, 16, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter console = new();

    [Fact]
    public void The_last_lines_are_kept_and_then_forgotten()
    {
        var crashes = Create();
        for (var line = 1; line <= 205; line++)
            crashes.Add($"line {line}");
        crashes.Write("the service ended with 134", When);
        crashes.Write("the service ended with 1", When.AddSeconds(1));

        var first = File.ReadAllLines(folder.PathOf("crashes/000001-2026-11-21T16-30-00Z.log"));
        Assert.Equal((201, "the service ended with 134", "line 6", "line 205"), (first.Length, first[0], first[1], first[^1]));
        Assert.Equal("the service ended with 1\n\n", File.ReadAllText(folder.PathOf("crashes/000002-2026-11-21T16-30-01Z.log")));
    }

    [Fact]
    public void A_service_that_keeps_ending_does_not_fill_the_disk()
    {
        var crashes = Create();
        for (var count = 0; count < 50; count++)
            crashes.Write("the service ended", When.AddMinutes(count));

        var names = Directory.EnumerateFiles(folder.PathOf("crashes")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal((20, "000031-2026-11-21T17-00-00Z.log", "000050-2026-11-21T17-19-00Z.log"), (names.Count, names[0], names[^1]));
    }

    [Fact]
    public void The_newest_is_kept_though_the_clock_began_in_1970()
    {
        for (var count = 0; count < 30; count++)
            Create().Write("the service ended", count < 25 ? When.AddMinutes(count) : DateTimeOffset.UnixEpoch);

        Assert.Equal("000030-1970-01-01T00-00-00Z.log", Directory.EnumerateFiles(folder.PathOf("crashes")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Last());
        Assert.Equal(20, Directory.EnumerateFiles(folder.PathOf("crashes")).Count());
    }

    [Fact]
    public void What_is_forgotten_is_not_kept()
    {
        var crashes = Create();
        crashes.Add("waiting");
        crashes.Forget();
        crashes.Write("the service ended", When);

        Assert.Equal("the service ended\n\n", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder.PathOf("crashes")))));
    }

    [Fact]
    public void A_disk_that_cannot_be_written_is_said_on_the_console()
    {
        new CrashLog("/proc/version/crashes", new(console)).Write("the service ended", When);

        Assert.Contains("cannot be kept", console.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        folder.Dispose();
        console.Dispose();
    }

    private CrashLog Create() => new(folder.PathOf("crashes"), new(console));
}
