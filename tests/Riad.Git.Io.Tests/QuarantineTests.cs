using Riad.Git.Io.Tests.Support;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class QuarantineTests
{
    private const string Main = "refs/heads/main";
    private static readonly string Zone = string.Concat(Enumerable.Range(0, 2000).Select(host => $"host{host} A 192.0.2.{host % 250}\n"));

    [Fact]
    public async Task Pushes_that_build_on_each_other_are_taken()
    {
        using var place = new Workplace();
        ObjectId[] known = [];
        for (var version = 0; version < 10; version++)
        {
            var tip = place.Commit("example.org", Zone + $"www A 192.0.2.{version}\n");
            await PushAsync(place, place.Pack(tip, known), known.LastOrDefault(), tip);
            known = [tip];
        }
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal("10", place.Git.Run("rev-list", "--count", "main"));
        _ = place.Git.Run("gc", "-q", "--prune=now");
        Assert.True(place.Repository.TryRead(known[0], out var kind, out _));
        Assert.Equal(ObjectKind.Commit, kind);
        var last = place.Commit("example.org", Zone + "www A 203.0.113.1\n");
        await PushAsync(place, place.Pack(last, known), known[0], last);
        Assert.Equal("", place.Git.Fsck());
    }

    [Fact]
    public async Task A_large_file_is_what_it_was_before_and_after_its_push()
    {
        using var place = new Workplace();
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(host => $"host{host} A 192.0.2.{host % 250}\n")); // longer than what is kept at hand
        ObjectId[] known = [];
        foreach (var version in (int[])[1, 2, 3])
        {
            var content = text + $"www A 192.0.2.{version}\n";
            var tip = place.Commit("example.org", content);
            var octets = System.Text.Encoding.UTF8.GetBytes(content);
            var blob = ObjectHash.Compute(ObjectKind.Blob, octets);
            using (var quarantine = place.Repository.BeginQuarantine(new(), 1 << 28))
            {
                Assert.Equal(PackFault.None, (await quarantine.ReceiveAsync(new MemoryStream(place.Pack(tip, known)), default)).Fault);
                Assert.True(quarantine.TryRead(blob, out _, out var received) && received.Span.SequenceEqual(octets));
                quarantine.Promote();
            }
            Assert.True(place.Repository.TryRead(blob, out _, out var stored) && stored.Span.SequenceEqual(octets), $"version {version}");
            known = [tip];
        }
        Assert.Equal("", place.Git.Fsck());
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing()
    {
        using var place = new Workplace();
        var before = Files(place);
        var tip = place.Commit("example.org", Zone);
        var pack = place.Pack(tip);
        using (var quarantine = place.Repository.BeginQuarantine(new(), 1 << 24))
        {
            Assert.Equal(PackFault.None, (await quarantine.ReceiveAsync(new MemoryStream(pack), default)).Fault);
            Assert.True(quarantine.Contains(tip));
            Assert.False(place.Repository.Contains(tip));
            Assert.True(quarantine.TryCheckConnected([tip], 1000, out _));
        }
        Assert.Equal(before, Files(place));
        pack[^1]++;
        using (var quarantine = place.Repository.BeginQuarantine(new(), 1 << 24))
            Assert.Equal(PackFault.WrongChecksum, (await quarantine.ReceiveAsync(new MemoryStream(pack), default)).Fault);
        using (var quarantine = place.Repository.BeginQuarantine(new(), pack.Length - 1))
            Assert.Equal(PackFault.TooMuchContent, (await quarantine.ReceiveAsync(new MemoryStream(pack), default)).Fault);
        Assert.Equal(before, Files(place));
    }

    [Fact]
    public async Task A_push_with_a_missing_object_is_not_connected()
    {
        using var place = new Workplace();
        var first = place.Commit("example.org", "a");
        var second = place.Commit("example.org", "b");
        using var quarantine = place.Repository.BeginQuarantine(new(), 1 << 24);
        // Only what the second commit adds, to a repository that lacks the first.
        Assert.Equal(PackFault.None, (await quarantine.ReceiveAsync(new MemoryStream(place.Pack(second, first)), default)).Fault);
        Assert.False(quarantine.TryCheckConnected([second], 1000, out var missing));
        Assert.Equal(first, missing);
        Assert.False(quarantine.TryCheckConnected([second], 1, out _));
        Assert.False(quarantine.TryCheckConnected([Workplace.Id("1111111111111111111111111111111111111111")], 1000, out _));
    }

    internal static async Task PushAsync(Workplace place, byte[] pack, ObjectId old, ObjectId tip)
    {
        using var quarantine = place.Repository.BeginQuarantine(new(), 1 << 28);
        var error = await quarantine.ReceiveAsync(new MemoryStream(pack), default);
        Assert.True(error.Fault is PackFault.None, error.ToString());
        Assert.True(quarantine.TryCheckConnected([tip], 100_000, out var missing), missing.ToString());
        quarantine.Promote();
        Assert.True(place.Repository.TryUpdateRefs([new(Main, old, tip)], out var refError), refError.Message);
    }

    private static string Files(Workplace place) =>
        string.Join('\n', Directory.GetFileSystemEntries(place.Bare, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
}
