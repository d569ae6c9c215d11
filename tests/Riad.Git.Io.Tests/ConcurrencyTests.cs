using Riad.Git.Io.Tests.Support;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Writing_and_reading_go_on_while_git_collects_garbage()
    {
        using var place = new Workplace();
        var zone = string.Concat(Enumerable.Range(0, 200).Select(host => $"host{host} A 192.0.2.{host}\n"));
        ObjectId tip = default;
        var stop = false;
        var collecting = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
                _ = place.Git.TryRun("gc", "-q", "--prune=now");
        });
        var reading = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                if (!place.Repository.TryReadRef("refs/heads/main", out var id))
                    continue;
                Assert.True(place.Repository.TryRead(id, out _, out var content));
                Assert.True(Commit.TryParse(content, out var commit, out _));
                Assert.True(place.Repository.TryRead(commit.Tree, out _, out _));
            }
        });
        for (var version = 0; version < 60; version++)
        {
            tip = MaintenanceTests.Write(place, tip, zone + $"www A 198.51.100.{version}\n");
            if (version % 20 == 19)
                _ = new Maintenance(place.Repository, new()).Run(default);
        }
        Volatile.Write(ref stop, true);
        await Task.WhenAll(collecting, reading);
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal("60", place.Git.Run("rev-list", "--count", "main"));
    }
}
