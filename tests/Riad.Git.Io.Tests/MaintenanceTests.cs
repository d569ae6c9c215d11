using System.Text;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class MaintenanceTests
{
    private const string Main = "refs/heads/main";
    private static readonly string Zone = string.Concat(Enumerable.Range(0, 2000).Select(host => $"host{host} A 192.0.2.{host * 7919 % 251}\n"));

    [Fact]
    public async Task Pushed_and_written_versions_become_deltas_of_bounded_depth()
    {
        using var place = new Workplace();
        ObjectId[] known = [];
        var maintenance = new Maintenance(place.Repository, new() { Packs = 5, DeltaDepth = 10 });
        for (var version = 0; version < 30; version++)
        {
            var tip = place.Commit("example.org", Zone + $"www A 192.0.2.{version}\n");
            await QuarantineTests.PushAsync(place, place.Pack(tip, known), known.LastOrDefault(), tip);
            known = [tip];
            if (maintenance.IsNeeded())
                Assert.NotEqual(0, maintenance.Run(default).Objects);
        }
        var parent = known[0];
        for (var version = 0; version < 30; version++)
            parent = Write(place, parent, Zone + $"www A 198.51.100.{version}\n");
        var report = maintenance.Run(default);
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal("60", place.Git.Run("rev-list", "--count", "main"));
        Assert.True(report.OctetsAfter < report.OctetsBefore / 4, report.ToString());
        Assert.True(Packs(place).Length <= 6);
        var (deepest, sizes) = Chains(place);
        Assert.InRange(deepest, 2, 10);
        Assert.True(sizes < 3 * 15_000, $"{sizes} octets");
        // And it can be built upon.
        var last = place.Commit("example.org", Zone + "www A 203.0.113.1\n");
        Assert.False(place.Repository.TryUpdateRefs([new(Main, ObjectId.Zero, last)], out _));
        Assert.Equal(0, maintenance.Run(default).Objects);
    }

    [Fact]
    public void Loose_objects_of_git_are_packed_and_kept_packs_stay()
    {
        using var place = new Workplace();
        _ = place.Commit("a", "1");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        _ = place.Git.Run("repack", "-q", "-a", "-d");
        var kept = Packs(place).Single();
        File.WriteAllText(Path.ChangeExtension(kept, ".keep"), "mine\n");
        _ = place.Commit("b", "2");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        _ = place.Commit("b", "3");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        var report = new Maintenance(place.Repository, new()).Run(default);
        Assert.Equal((0, 6, 6), (report.PacksBefore, report.LooseBefore, report.Objects));
        Assert.Equal("", place.Git.Fsck());
        Assert.Contains(kept, Packs(place));
        Assert.Equal("count: 0", place.Git.Run("count-objects", "-v").Split('\n')[0]);
    }

    [Fact]
    public void Nothing_is_done_while_git_collects_garbage()
    {
        using var place = new Workplace();
        _ = place.Commit("a", "1");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        var gc = Path.Combine(place.Bare, "gc.pid");
        File.WriteAllText(gc, "1 somewhere-else");
        Assert.Equal(0, new Maintenance(place.Repository, new()).Run(default).Objects);
        // A process that is gone, on this machine.
        File.WriteAllText(gc, $"{int.MaxValue} {File.ReadAllText("/proc/sys/kernel/hostname").Trim()}");
        // And one that ended between its lock and its number.
        File.WriteAllText(gc + ".lock", "");
        Assert.Equal(0, new Maintenance(place.Repository, new()).Run(default).Objects);
        File.SetLastWriteTimeUtc(gc + ".lock", DateTime.UtcNow.AddHours(-13));
        Assert.Equal(3, new Maintenance(place.Repository, new()).Run(default).Objects);
        Assert.False(File.Exists(gc) || File.Exists(gc + ".lock"));
    }

    [Fact]
    public void The_lock_is_taken_without_deleting_one_that_another_process_may_have_taken_just_then()
    {
        using var place = new Workplace();
        var files = new RecordingFileSystem(place.Bare);
        using var held = GcLock.TryTake(place.Bare, files);
        Assert.NotNull(held);
        // Created, written, renamed.
        Assert.Equal(3, files.Count);
    }

    [Fact]
    public async Task Disk_that_refuses_is_said_and_looked_at_again()
    {
        using var place = new Workplace();
        _ = place.Commit("a", "1");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        var refusing = Repository.Open(place.Bare, new FailingFileSystem(0, () => new UnauthorizedAccessException("denied")));
        using var stop = new CancellationTokenSource();
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var running = new Maintenance(refusing, new() { Packs = 0, LooseObjects = 0 }).RunAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, said.Enqueue, stop.Token);
        for (var look = 0; look < 3000 && said.Count < 2 && !running.IsCompleted; look++)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains("repository not tidied up: denied", said);
    }

    [Fact]
    public async Task What_a_killed_push_left_goes_also_where_there_is_nothing_to_join()
    {
        using var place = new Workplace();
        string[] left = [Path.Combine(place.Bare, "objects", "riad_tmp_incoming-killed"), Path.Combine(place.Bare, "objects", "tmp_objdir-incoming-of-git")];
        var young = Path.Combine(place.Bare, "objects", "riad_tmp_incoming-at-work");
        foreach (var folder in (string[])[.. left, young])
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "tmp_pack_incoming"), "PACK");
        foreach (var folder in left)
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-2));
        using var stop = new CancellationTokenSource();
        var running = new Maintenance(place.Repository, new()).RunAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, _ => { }, stop.Token);
        for (var look = 0; look < 3000 && left.Any(Directory.Exists); look++)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.DoesNotContain(left, Directory.Exists);
        Assert.True(Directory.Exists(young));
    }

    [Fact]
    public void What_a_killed_process_held_is_given_free()
    {
        using var place = new Workplace();
        _ = Write(place, default, Zone);
        var keep = Path.ChangeExtension(Packs(place).Single(), ".keep");
        var (own, earlier) = ($"riad {Environment.ProcessId}\n", DateTime.UtcNow.AddDays(-1));
        File.WriteAllText(keep, own);
        _ = new Maintenance(place.Repository, new()).Run(default);
        Assert.True(File.Exists(keep));
        // A container gives the next life of a process the same number.
        File.SetLastWriteTimeUtc(keep, earlier);
        _ = new Maintenance(place.Repository, new()).Run(default);
        Assert.False(File.Exists(keep));
        File.WriteAllText(keep, "riad 2147483647\n");
        _ = new Maintenance(place.Repository, new()).Run(default);
        Assert.False(File.Exists(keep));
        foreach (var theirs in (string[])["somebody else's\n", ""])
        {
            File.WriteAllText(keep, theirs);
            File.SetLastWriteTimeUtc(keep, earlier.AddDays(-1));
            _ = new Maintenance(place.Repository, new()).Run(default);
            Assert.True(File.Exists(keep), theirs);
        }
        // The power failed before its pack came.
        var lonely = Path.Combine(Path.GetDirectoryName(keep)!, "pack-1111111111111111111111111111111111111111.keep");
        File.WriteAllText(lonely, "");
        _ = new Maintenance(place.Repository, new()).Run(default);
        Assert.True(File.Exists(lonely));
        File.SetLastWriteTimeUtc(lonely, earlier.AddDays(-1));
        _ = new Maintenance(place.Repository, new()).Run(default);
        Assert.False(File.Exists(lonely));
    }

    [Fact]
    public void Stopping_in_the_middle_leaves_nothing_and_loses_nothing()
    {
        using var place = new Workplace();
        _ = place.Commit("a", "1");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Maintenance(place.Repository, new()).Run(stop.Token));
        Assert.Empty(Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack")));
        Assert.False(File.Exists(Path.Combine(place.Bare, "gc.pid")));
        Assert.Equal("", place.Git.Fsck());
    }

    internal static ObjectId Write(Workplace place, ObjectId parent, string content)
    {
        var blob = GitObject.Create(ObjectKind.Blob, Encoding.ASCII.GetBytes(content));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", blob.Id)], out var tree, out _));
        var treeObject = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(treeObject.Id, parent.IsZero ? [] : [parent], Workplace.Ada, Workplace.Ada, "update").Octets);
        using var hold = place.Repository.WriteObjects([blob, treeObject, commit]);
        Assert.True(place.Repository.TryUpdateRefs([new(Main, parent, commit.Id)], out var error), error.Message);
        return commit.Id;
    }

    private static string[] Packs(Workplace place) => Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.pack");

    private static (int Deepest, long Octets) Chains(Workplace place)
    {
        var lines = Directory.GetFiles(Path.Combine(place.Bare, "objects", "pack"), "*.idx").SelectMany(index => place.Git.Run("verify-pack", "-v", index).Split('\n'));
        var depths = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length == 7).Select(parts => int.Parse(parts[5], System.Globalization.CultureInfo.InvariantCulture));
        return (depths.Max(), Packs(place).Sum(pack => new FileInfo(pack).Length));
    }
}
