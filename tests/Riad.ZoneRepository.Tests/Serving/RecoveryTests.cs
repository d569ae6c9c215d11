using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Tests.Serving;

public sealed class RecoveryTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void A_restart_serves_the_same_serials_without_the_branch()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(5, "$INCLUDE part\n")).Put("part", "www A 192.0.2.1\n");
        server.Push();
        server.Repository.Put("part", "www A 192.0.2.2\n");
        server.Push();
        var before = Zones.Lines(server.State.Zones[Zones.Name("a.example")].Zone);

        server.Restart();

        Assert.Equal(6u, server.SerialOf("a.example"));
        Assert.Equal(before, Zones.Lines(server.State.Zones[Zones.Name("a.example")].Zone));
        Assert.Null(server.Follow(server.Repository.Head).Writing);
    }

    [Fact]
    public void A_restart_on_a_bad_branch_keeps_the_last_good_version_and_says_so()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(5)).Put("b.example", Zones.Text(7));
        server.Push();
        server.Restart();

        server.Repository.Put("a.example", "@ SOA broken").Put("b.example", Zones.Text(8));
        server.Follow(server.Repository.Commit());

        Assert.Equal((5u, 8u), (server.SerialOf("a.example"), server.SerialOf("b.example")));
        var degraded = Assert.Single(server.State.Degraded);
        Assert.Equal(("a.example", Zones.Name("a.example")), (degraded.Path, degraded.Apex));
        Assert.StartsWith("a.example:", degraded.Reasons[0], StringComparison.Ordinal);
        Assert.Empty(server.State.NeverGood);

        server.Repository.Put("a.example", Zones.Text(6));
        server.Push();
        Assert.Empty(server.State.Degraded);
    }

    [Fact]
    public void A_served_version_that_is_lost_is_named_and_the_branch_is_served_under_a_newer_serial()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(5));
        server.Push();
        var elsewhere = new MemoryObjectStore();
        foreach (var item in server.Store.Added.Where(item => item.Kind is not ObjectKind.Blob || item.Content.Span.StartsWith("zone "u8) || item.Content.Span.StartsWith("riad "u8)))
            elsewhere.Add(item);
        Assert.True(Journal.TryRead(elsewhere, server.State.Journal.Tip, out var journal, out var error), error.ToString());

        var restored = StartUp.Restore(elsewhere, journal);

        Assert.Equal("a.example: the version that was served is not in the repository", Assert.Single(restored.Degraded).Reasons[0]);
        var following = Following.Of(server.Store, restored, server.Repository.Head, strictSerials: false, TestRepository.Server);
        Assert.Equal(6u, following.Next.Zones[Zones.Name("a.example")].Zone.Serial.Value);
    }

    [Fact]
    public void Several_zones_that_are_gone_from_the_branch_stay_served_until_a_commit_says_that_it_is_meant()
    {
        var server = ServerOfThree();
        server.Repository.Remove("a.example").Remove("b.example").Put("c.example", Zones.Text(9));

        var moved = server.Follow(server.Repository.Commit("All into a folder"));

        Assert.Equal(
            "c.example: serial 9, no record changed\n"
            + "2 zones are gone from the branch at once and stay served: a.example, b.example; put their files back, or confirm with a commit whose message has the line 'Delete-Zones: yes'",
            string.Join('\n', moved.Lines));
        AssertKept(server);
        server.Restart();
        server.Follow(server.Repository.Head);
        AssertKept(server);
        server.Repository.Put("c.example", Zones.Text(10));
        server.Follow(server.Repository.Commit("Something else; Delete-Zones: yes would be a line"));
        AssertKept(server);

        server.Repository.Put("README", "no zone");
        server.Follow(server.Repository.Commit("Fewer zones\n\ndelete-zones: YES\nReviewed-by: Bea\n"));
        Assert.Empty(server.State.Degraded);
        Assert.Equal(["c.example"], server.State.Zones.Keys.Select(apex => apex.ToStringWithoutFinalDot()));
        server.Restart();
        Assert.Single(server.State.Zones);
    }

    [Fact]
    public void Of_several_new_commits_one_has_to_confirm_and_one_that_was_followed_before_counts_no_more()
    {
        var server = ServerOfThree();
        server.Follow(server.Repository.Commit("Nothing goes yet\n\nDelete-Zones: yes\n"));
        server.Repository.Remove("a.example").Remove("b.example");
        server.Follow(server.Repository.Commit("All into a folder"));
        AssertKept(server);

        server.Repository.Put("README", "1").Commit("Fewer zones\n\nDelete-Zones: yes\n");
        server.Repository.Put("README", "2");
        server.Follow(server.Repository.Commit("On top of it"));
        Assert.Equal((1, 0), (server.State.Zones.Count, server.State.Degraded.Length));
    }

    [Fact]
    public void Zones_that_are_put_back_and_one_that_goes_alone_need_no_confirmation()
    {
        var server = ServerOfThree();
        server.Repository.Remove("a.example").Remove("b.example");
        server.Follow(server.Repository.Commit("All into a folder"));
        Assert.StartsWith("2 zones would be removed: a.example, b.example;", server.PushRefused()[0], StringComparison.Ordinal);

        server.Repository.Put("a.example", Zones.Text(5)).Put("b.example", Zones.Text(7));
        server.Follow(server.Repository.Commit("And back"));
        Assert.Equal((3, 0), (server.State.Zones.Count, server.State.Degraded.Length));
        Assert.Equal((5u, 7u), (server.SerialOf("a.example"), server.SerialOf("b.example")));

        server.Repository.Remove("a.example");
        server.Follow(server.Repository.Commit("One"));
        Assert.Equal((2, 0), (server.State.Zones.Count, server.State.Degraded.Length));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Zones_that_are_put_back_one_by_one_leave_the_last_of_them_served(bool restarts)
    {
        var server = ServerOfThree();
        server.Repository.Remove("a.example").Remove("b.example").Put("c.example", Zones.Text(9));
        server.Follow(server.Repository.Commit("All into a folder"));
        server.Repository.Put("a.example", Zones.Text(5));
        var back = server.Follow(server.Repository.Commit("One back"));
        if (restarts)
        {
            server.Restart();
            back = server.Follow(server.Repository.Head);
        }

        const string Way = "or confirm with a commit whose message has the line 'Delete-Zones: yes'";
        Assert.Equal($"1 zone that went from the branch with others stays served: b.example; put its file back, {Way}", back.Lines[^1]);
        Assert.Equal((5u, 7u), (server.SerialOf("a.example"), server.SerialOf("b.example")));
        Assert.Equal($"b.example: is gone from the branch, as others were with it, and stays served; put it back, {Way}", Assert.Single(Assert.Single(server.State.Degraded).Reasons));
        Assert.StartsWith("1 zone would be removed: b.example;", server.PushRefused()[0], StringComparison.Ordinal);

        server.Repository.Put("b.example", Zones.Text(7));
        server.Follow(server.Repository.Commit("And the other"));
        Assert.Equal((3, 0), (server.State.Zones.Count, server.State.Degraded.Length));
        server.Repository.Remove("b.example");
        server.Follow(server.Repository.Commit("One goes"));
        Assert.Equal((2, 0), (server.State.Zones.Count, server.State.Degraded.Length));
    }

    [Fact]
    public void A_zone_that_is_bad_may_go_alone()
    {
        var server = ServerOfThree();
        server.Repository.Put("a.example", "@ SOA broken");
        server.Follow(server.Repository.Commit("A slip"));
        Assert.Single(server.State.Degraded);

        server.Repository.Remove("a.example");
        server.Follow(server.Repository.Commit("One goes"));
        Assert.Equal((2, 0), (server.State.Zones.Count, server.State.Degraded.Length));
    }

    [Fact]
    public void A_push_may_say_in_a_commit_that_several_zones_go()
    {
        var server = ServerOfThree();
        server.Repository.Remove("a.example").Remove("b.example").Commit("Fewer zones\n\nDelete-Zones: yes\n");

        Assert.Equal(["a.example: removed, last serial 5", "b.example: removed, last serial 7"], server.Push());
    }

    private static Server ServerOfThree()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(5)).Put("b.example", Zones.Text(7)).Put("c.example", Zones.Text(8));
        server.Push();
        return server;
    }

    private static void AssertKept(Server server)
    {
        Assert.Equal((5u, 7u, 2), (server.SerialOf("a.example"), server.SerialOf("b.example"), server.State.Degraded.Length));
        Assert.Equal(
            "a.example: 2 zones are gone from the branch at once, and all stay served; put their files back, or confirm with a commit whose message has the line 'Delete-Zones: yes'",
            Assert.Single(server.State.Degraded[0].Reasons));
        Assert.Empty(server.State.NeverGood);
    }

    public static TheoryData<string, string, string, Ancestry, bool, string> Decisions => new()
    {
        // why                                      branch  served  branch to served          --allow-force  decision
        { "a new repository",                       "",     "",     Ancestry.Same,            false,         "Fresh" },
        { "a repository without a journal",         "b",    "",     Ancestry.Same,            false,         "FollowBranch" },
        { "all is well",                            "b",    "b",    Ancestry.Same,            false,         "Whole" },
        { "a crash between branch and journal",     "b",    "a",    Ancestry.BranchAhead,     false,         "FollowBranch" },
        { "an old backup of the branch",            "a",    "b",    Ancestry.BranchBehind,    false,         "KeepServed" },
        { "the same, and force allowed",            "a",    "b",    Ancestry.BranchBehind,    true,          "KeepServed" },
        { "rewritten by other hands",               "c",    "b",    Ancestry.Diverged,        false,         "KeepServed" },
        { "rewritten as allowed",                   "c",    "b",    Ancestry.Diverged,        true,          "FollowBranch" },
        { "the branch was deleted by other hands",  "",     "b",    Ancestry.Same,            false,         "KeepServed" },
    };

    [Theory, MemberData(nameof(Decisions))]
    public void What_is_mended_at_start(string why, string branch, string served, Ancestry ancestry, bool allowForce, string expected)
    {
        var repository = new TestRepository();
        var ids = Names.ToDictionary(name => name, name => repository.Commit(name), StringComparer.Ordinal);
        var journal = Journal.Empty;
        if (served.Length > 0)
        {
            var entry = new JournalEntry(ids[served], [new ZoneChange.Created(Zones.Name("x"), new(1), 3)], [new JournalZone.Removed(Zones.Name("x"), default, ids[served])]);
            Assert.True(journal.TryAppend(repository.Store, entry, TestRepository.Server, out journal, out _, out _));
        }

        var decision = Recovery.Decide(branch.Length > 0 ? ids[branch] : default, journal, allowForce, (_, _) => ancestry);

        Assert.True(expected == decision.GetType().Name, why);
    }

    [Fact]
    public void Commits_are_compared_by_their_histories()
    {
        var repository = new TestRepository();
        var (first, second) = (repository.Commit("1"), repository.Commit("2"));
        var other = new TestRepository().Put("x", "y");
        var foreign = other.Commit("3");

        Assert.Equal(Ancestry.Same, CommitRelation.Compare(repository.Store, second, second));
        Assert.Equal(Ancestry.BranchAhead, CommitRelation.Compare(repository.Store, second, first));
        Assert.Equal(Ancestry.BranchBehind, CommitRelation.Compare(repository.Store, first, second));
        Assert.Equal(Ancestry.Diverged, CommitRelation.Compare(repository.Store, foreign, second));
    }

    /// <summary>Branch, then journal, then swap, then answer: whatever the point of the crash, what was answered is served.</summary>
    [Theory]
    [InlineData(0, false, 5u)]
    [InlineData(1, false, 6u)]
    [InlineData(2, false, 6u)]
    [InlineData(3, true, 6u)]
    [InlineData(4, true, 6u)]
    public void A_crash_at_any_step_of_a_push_is_mended_at_start(int stepsDone, bool journalWritten, uint expectedSerial)
    {
        var server = new Server();
        var first = server.Repository.Put("a.example", Zones.Text(5)).Commit();
        server.Take(server.Follow(first).Next, null);
        var (branch, tip) = (first, server.State.Journal.Tip);
        server.Repository.Put("a.example", Zones.Text(6, "www A 192.0.2.1\n"));
        var accepted = Assert.IsType<PushVerdict.Accepted>(server.Judge());

        // The disk: 1 the branch, 2 the journal's objects, 3 the journal's ref; 4 the swap, which no disk remembers.
        if (stepsDone >= 1)
            branch = server.Repository.Head;
        if (stepsDone >= 2)
            server.Take(server.State, accepted.Writing);
        if (stepsDone >= 3)
            tip = accepted.Writing!.Entry;
        Assert.True(Journal.TryRead(server.Store, tip, out var journal, out _));
        server.State = StartUp.Restore(server.Store, journal);
        var decision = Recovery.Decide(branch, journal, false, (left, right) => CommitRelation.Compare(server.Store, left, right));
        var following = decision switch
        {
            Recovery.Whole whole => server.Follow(whole.Branch),
            Recovery.FollowBranch follow => server.Follow(follow.Branch),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        Assert.Equal(expectedSerial, server.SerialOf("a.example"));
        Assert.Equal(stepsDone is 0 || journalWritten, following.Writing is null);
        Assert.Equal(branch, server.State.Journal.ServedCommit);
        // What is mended is, to the octet, what the push would have written.
        Assert.Equal(stepsDone == 0 ? tip : accepted.Next.Journal.Tip, server.State.Journal.Tip);
    }

    [Fact]
    public void A_serial_is_led_around_the_circle_by_the_pushes_of_its_plan()
    {
        var server = new Server();
        server.Repository.Put("a.example", Zones.Text(7));
        server.Push();

        foreach (var step in Riad.ZoneRepository.Serials.SerialReset.Plan(server.State.Zones[Zones.Name("a.example")].Zone.Soa, new(5)))
        {
            server.Repository.Put("a.example", Zones.Text(step.Serial.Value));
            server.Push(new(CheckOnly: false, DeleteZones: false, SerialJump: step.IsJump));
        }
        server.Restart();

        Assert.Equal(5u, server.SerialOf("a.example"));
    }
}
