using Riad.Git.Io.Files;
using Riad.Git.Io.References;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class RefTests
{
    private const string Main = "refs/heads/main";

    [Fact]
    public void Several_refs_change_together_or_not_at_all()
    {
        using var place = new Workplace();
        var (one, two) = TwoCommits(place);
        Assert.False(place.Repository.TryUpdateRefs([new("refs/heads/a", ObjectId.Zero, one), new(Main, one, one)], out var error));
        Assert.Equal((RefUpdateFault.Stale, Main), (error.Fault, error.Name));
        Assert.False(place.Repository.TryReadRef("refs/heads/a", out _));
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/a", ObjectId.Zero, one), new(Main, two, one), new("refs/tags/v1", null, two)], out error), error.Message);
        Assert.Equal($"{one} refs/heads/a\n{one} refs/heads/main\n{two} refs/tags/v1", place.Git.Run("for-each-ref", "--format=%(objectname) %(refname)"));
        Assert.Empty(Directory.GetFiles(place.Bare, "*.lock", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(place.Bare, "riad-locks*"));
    }

    [Fact]
    public void A_packed_ref_is_deleted_from_both_places()
    {
        using var place = new Workplace();
        var (one, two) = TwoCommits(place);
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/old/one", ObjectId.Zero, one), new("refs/heads/old/two", ObjectId.Zero, two)], out _));
        _ = place.Git.Run("pack-refs", "--all");
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/old/one", one, two)], out _));
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/old/one", two, ObjectId.Zero)], out var error), error.Message);
        Assert.False(place.Repository.TryReadRef("refs/heads/old/one", out _));
        Assert.Equal($"{two} refs/heads/main\n{two} refs/heads/old/two", place.Git.Run("for-each-ref", "--format=%(objectname) %(refname)"));
        // A folder gives way to a ref of its name once its refs are gone.
        Assert.False(place.Repository.TryUpdateRefs([new("refs/heads/old", ObjectId.Zero, one)], out error));
        Assert.Equal(RefUpdateFault.NameConflict, error.Fault);
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/old", ObjectId.Zero, one), new("refs/heads/old/two", two, ObjectId.Zero)], out error), error.Message);
        Assert.False(place.Repository.TryUpdateRefs([new("refs/heads/old/three", ObjectId.Zero, one)], out error));
        Assert.Equal(RefUpdateFault.NameConflict, error.Fault);
        Assert.Equal("", place.Git.Fsck());
    }

    [Fact]
    public void A_lock_of_another_process_is_respected_and_named()
    {
        using var place = new Workplace();
        var (one, two) = TwoCommits(place);
        var path = Path.Combine(place.Bare, "refs", "heads", "main.lock");
        File.WriteAllText(path, "");
        Assert.False(place.Repository.TryUpdateRefs([new(Main, two, one)], out var error));
        Assert.Equal(RefUpdateFault.Locked, error.Fault);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        // One of ours, of a process that was killed. What had its number is another one by now, and lives.
        File.WriteAllText(Path.Combine(place.Bare, "riad-locks-1-1"), "refs/heads/main.lock\n../../etc/x.lock");
        _ = Repository.Open(place.Bare);
        Assert.True(File.Exists(path));
        Assert.True(Repository.TakeOver(place.Bare).TryUpdateRefs([new(Main, two, one)], out error), error.Message);
        Assert.Empty(Directory.GetFiles(place.Bare, "riad-locks*"));
    }

    [Fact]
    public void A_lock_of_a_process_that_lives_stays_whatever_number_that_has_in_its_container()
    {
        using var place = new Workplace();
        var path = Path.Combine(place.Bare, "refs", "heads", "main.lock");
        File.WriteAllText(path, "");
        var marker = Path.Combine(place.Bare, $"riad-locks-{Environment.ProcessId}-99999");
        using (var held = new StreamWriter(new FileStream(marker, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None)))
        {
            held.Write("refs/heads/main.lock");
            held.Flush();
            _ = Repository.TakeOver(place.Bare);
            Assert.True(File.Exists(path) && File.Exists(marker));
        }
        _ = Repository.TakeOver(place.Bare);
        Assert.False(File.Exists(path) || File.Exists(marker));
    }

    [Fact]
    public void A_lock_of_git_goes_once_the_machine_was_started_anew_and_not_before()
    {
        using var place = new Workplace();
        var (before, after) = (new MachineStart("a start", DateTime.UtcNow.AddDays(-1)), new MachineStart("another start", DateTime.UtcNow.AddHours(-1)));
        string[] locks = [Path.Combine(place.Bare, "refs", "heads", "main.lock"), Path.Combine(place.Bare, "packed-refs.lock"), Path.Combine(place.Bare, "gc.pid.lock")];
        foreach (var held in locks)
        {
            File.WriteAllText(held, "");
            File.SetLastWriteTimeUtc(held, DateTime.UtcNow.AddHours(-2));
        }
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, before);
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, before);
        Assert.All(locks, held => Assert.True(File.Exists(held), held));
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, after);
        Assert.All(locks, held => Assert.False(File.Exists(held), held));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-59, true)]
    [InlineData(-61, false)]
    [InlineData(600_000, false)] // before the restart the clock was right, and now it is not set yet
    public void A_lock_of_a_git_that_began_before_us_on_this_start_of_the_machine_stays(int minutes, bool stays)
    {
        using var place = new Workplace();
        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, new("a start", DateTime.UtcNow.AddDays(-1)));
        var path = Path.Combine(place.Bare, "refs", "heads", "main.lock");
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(minutes));

        _ = Repository.TakeOver(place.Bare, DiskFileSystem.Instance, new("another start", DateTime.UtcNow.AddHours(-1)));

        Assert.Equal(stays, File.Exists(path));
    }

    [Theory, InlineData(""), InlineData("damaged\n"), InlineData("0000000000000000000000000000000000000000\n")]
    public void A_ref_whose_file_holds_no_id_is_damaged_and_not_what_it_was_when_it_was_packed(string content)
    {
        using var place = new Workplace();
        var (one, two) = TwoCommits(place);
        Assert.True(place.Repository.TryUpdateRefs([new("refs/heads/other", ObjectId.Zero, one)], out _));
        _ = place.Git.Run("pack-refs", "--all");
        File.WriteAllText(Path.Combine(place.Bare, "refs", "heads", "main"), content);

        Assert.Contains("main is damaged", Assert.Throws<RepositoryDamagedException>(() => place.Repository.TryReadRef(Main, out _)).Message, StringComparison.Ordinal);
        Assert.Equal(new Ref("refs/heads/other", one), Assert.Single(place.Repository.ReadRefs()));
        Assert.Throws<RepositoryDamagedException>(() => place.Repository.TryUpdateRefs([new(Main, two, one)], out _));
        Assert.Empty(Directory.GetFiles(place.Bare, "*.lock", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_ref_that_cannot_be_read_is_not_one_that_does_not_exist()
    {
        using var place = new Workplace();
        _ = TwoCommits(place);
        var main = Path.Combine(place.Bare, "refs", "heads", "main");
        File.Delete(main);
        _ = File.CreateSymbolicLink(main, "main");

        Assert.Contains("main cannot be read", Assert.Throws<RepositoryDamagedException>(() => place.Repository.TryReadRef(Main, out _)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("HEAD")]
    [InlineData("refs/heads/a..b")]
    [InlineData("refs/heads/.a")]
    [InlineData("refs/heads/a.lock")]
    [InlineData("refs/heads/a/")]
    [InlineData("refs//a")]
    [InlineData("refs/heads/a b")]
    [InlineData("refs/heads/a@{1}")]
    [InlineData("refs/heads/../../config")]
    [InlineData("refs/heads/a\u0001")]
    public void A_name_that_git_does_not_allow_is_refused(string name)
    {
        using var place = new Workplace();
        Assert.False(place.Repository.TryUpdateRefs([new(name, null, Workplace.Id("1111111111111111111111111111111111111111"))], out var error));
        Assert.Equal(RefUpdateFault.BadName, error.Fault);
    }

    [Fact]
    public void A_symbolic_ref_is_read_through_and_not_written()
    {
        using var place = new Workplace();
        var (one, two) = TwoCommits(place);
        _ = place.Git.Run("symbolic-ref", "refs/heads/alias", Main);
        Assert.True(place.Repository.TryReadRef("refs/heads/alias", out var id));
        Assert.Equal(two, id);
        Assert.False(place.Repository.TryUpdateRefs([new("refs/heads/alias", two, one)], out _));
    }

    /// <summary>Two commits of which main names the second.</summary>
    private static (ObjectId One, ObjectId Two) TwoCommits(Workplace place)
    {
        var one = place.Commit("a", "1");
        var two = place.Commit("a", "2");
        _ = place.CloneGit.Run("push", "-q", "origin", "main");
        return (one, two);
    }
}
