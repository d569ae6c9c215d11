using Riad.Git.Io.Files;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_refuses_a_push_and_leaves_no_file_behind()
    {
        using var place = new Workplace();
        var first = place.Commit("example.org", "one\n");
        await QuarantineTests.PushAsync(place, place.Pack(first), default, first);
        var second = place.Commit("example.org", "two\n");
        var pack = place.Pack(second, first);
        var (refused, done) = (0, false);
        for (var writes = 0; !done; writes++)
        {
            var before = Files(place);
            try
            {
                await PushAsync(Repository.Open(place.Bare, new FailingFileSystem(writes)), pack, first, second);
                done = true;
            }
            catch (DiskFullException)
            {
                refused++;
                Assert.Empty(Directory.GetFiles(place.Bare, "*.keep", SearchOption.AllDirectories));
                Assert.Equal(first.ToString(), place.Git.Run("rev-parse", "main"));
                // Objects whose ref could not be written stay until git gc; nothing half-written does.
                Assert.DoesNotContain(Files(place).Except(before, StringComparer.Ordinal), name => !name.EndsWith(".pack", StringComparison.Ordinal) && !name.EndsWith(".idx", StringComparison.Ordinal));
            }
        }
        Assert.InRange(refused, 6, 30);
        Assert.Equal(second.ToString(), place.Git.Run("rev-parse", "main"));
        Assert.Equal("", place.Git.Fsck());
    }

    [Fact]
    public void A_full_disk_refuses_an_update_of_our_own_and_no_ref_moves()
    {
        using var place = new Workplace();
        var first = MaintenanceTests.Write(place, default, "one\n");
        var blob = GitObject.Create(ObjectKind.Blob, "two\n"u8.ToArray());
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", blob.Id)], out var tree, out _));
        var treeObject = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(treeObject.Id, [first], Workplace.Ada, Workplace.Ada, "update").Octets);
        var (refused, done) = (0, false);
        for (var writes = 0; !done; writes++)
        {
            var before = Files(place);
            try
            {
                Assert.True(Repository.Open(place.Bare, new FailingFileSystem(writes)).TryStore(
                    new([blob, treeObject, commit], []), [new("refs/heads/main", first, commit.Id), new("refs/riad/served", ObjectId.Zero, commit.Id)], out var error), error.Message);
                done = true;
            }
            catch (DiskFullException)
            {
                refused++;
                Assert.Equal((writes, first.ToString(), ""), (writes, place.Git.Run("rev-parse", "main"), place.Git.Run("for-each-ref", "refs/riad")));
                Assert.DoesNotContain(Files(place).Where(File.Exists).Except(before, StringComparer.Ordinal), name => !name.EndsWith(".pack", StringComparison.Ordinal) && !name.EndsWith(".idx", StringComparison.Ordinal));
            }
        }
        Assert.InRange(refused, 4, 30);
        Assert.Equal((commit.Id.ToString(), commit.Id.ToString(), ""), (place.Git.Run("rev-parse", "main"), place.Git.Run("rev-parse", "refs/riad/served"), place.Git.Fsck()));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void A_full_disk_after_a_restart_of_the_machine_keeps_nobody_from_the_repository(int writesBefore)
    {
        using var place = new Workplace();
        var first = MaintenanceTests.Write(place, default, "one\n");
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, new("a start", DateTime.UtcNow));
        var (boot, after) = (Path.Combine(place.Bare, "riad-boot"), new MachineStart("another start", DateTime.UtcNow));

        Assert.True(Repository.TakeOver(place.Bare, new FailingFileSystem(writesBefore), after).Contains(first));

        Assert.Equal("a start\n", File.ReadAllText(boot));
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, after);
        Assert.Equal("another start\n", File.ReadAllText(boot));
    }

    [Fact]
    public void Room_is_made_sure_of_and_given_back()
    {
        using var place = new Workplace();
        var before = Files(place);
        place.Repository.EnsureRoom(1 << 20);
        for (var writes = 0; writes < 3; writes++)
        {
            var repository = Repository.Open(place.Bare, new FailingFileSystem(writes));
            Assert.Throws<DiskFullException>(() => repository.EnsureRoom(1 << 20));
        }
        Assert.Equal(before, Files(place));
    }

    private static async Task PushAsync(Repository repository, byte[] pack, ObjectId old, ObjectId tip)
    {
        using var quarantine = repository.BeginQuarantine(new(), 1 << 24);
        _ = await quarantine.ReceiveAsync(new MemoryStream(pack), default);
        quarantine.Promote();
        Assert.True(repository.TryUpdateRefs([new("refs/heads/main", old, tip)], out var error), error.Message);
    }

    private static string[] Files(Workplace place) => Directory.GetFileSystemEntries(place.Bare, "*", SearchOption.AllDirectories);
}
