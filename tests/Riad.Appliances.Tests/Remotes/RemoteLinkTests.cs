using Riad.Dns.Messages;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.Host;
using Riad.ZoneRepository.Journals;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>What is served here and what the remote has, whoever changes what, and wherever the connection breaks.</summary>
public sealed class RemoteLinkTests
{
    [Fact]
    public async Task A_new_server_serves_what_the_remote_has_and_its_journal_goes_there()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");

        Assert.True(await place.Follower.ExchangeAsync(default));

        Assert.Equal(1u, place.Serial);
        AssertAgreed(place);
        Assert.False(place.Follower.Status.HasUnpushed);
    }

    [Fact]
    public async Task A_push_is_at_the_remote_with_its_journal_before_it_is_served()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);

        Assert.Null(await place.PushAsync("192.0.2.2"));

        Assert.Equal(2u, place.Serial);
        AssertAgreed(place);
    }

    [Fact]
    public async Task A_push_that_is_behind_the_remote_is_refused_and_the_remote_is_followed()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var theirs = place.CommitThere("192.0.2.2");

        Assert.Contains("fetch first", await place.PushAsync("192.0.2.3"), StringComparison.Ordinal);
        Assert.Equal((theirs, 2u), (place.Keeper.State.Commit, place.Serial));
        Assert.Null(await place.PushAsync("192.0.2.3"));

        Assert.Equal(3u, place.Serial);
        AssertAgreed(place);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_others_put_on_top_of_the_journal_there_is_named_and_not_followed(bool looksLikeOne)
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var before = RemoteWorkplace.RefsOf(place.Here);
        var foreign = looksLikeOne ? CommitOn(place.There, before.Journal) : RemoteWorkplace.Commit(place.There, before.Journal, "192.0.2.9");
        Assert.True(place.There.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, before.Journal, foreign)], out var error), error.Message);
        place.CommitThere("192.0.2.2");

        Assert.False(await place.Follower.ExchangeAsync(default));

        Assert.Equal(before, RemoteWorkplace.RefsOf(place.Here));
        Assert.Contains($"at {foreign}, which is no journal of this server", place.Follower.Status.Trouble, StringComparison.Ordinal);
        Assert.Contains($"set it back to {before.Journal} there", await place.PushAsync("192.0.2.3"), StringComparison.Ordinal);
        place.Restart();
        Assert.Equal(1u, place.Serial);

        Assert.True(place.There.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, foreign, before.Journal)], out error), error.Message);
        Assert.True(await place.Follower.ExchangeAsync(default), place.Follower.Status.Trouble);
        Assert.Equal(2u, place.Serial);
        AssertAgreed(place);
    }

    [Fact]
    public async Task What_comes_from_the_remote_can_be_looked_at_before_a_ref_names_it()
    {
        using var place = new RemoteWorkplace();
        var first = place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var looks = new List<(ObjectId Branch, bool IsKnown, bool IsThere)>();
        place.Link.LookBeforeMoving = (objects, tips) => looks.Add((RemoteWorkplace.RefsOf(place.Here).Branch, place.Here.Contains(tips.First()), objects.TryRead(tips.First(), out _, out _)));

        var second = place.CommitThere("192.0.2.2");
        Assert.True(await place.Follower.ExchangeAsync(default));

        Assert.Equal([(first, false, true)], looks);
        Assert.Equal(second, RemoteWorkplace.RefsOf(place.Here).Branch);
    }

    // The folder of an entry, and a commit that is none.
    private static ObjectId CommitOn(Git.Io.Repository repository, ObjectId entry)
    {
        Assert.True(repository.TryRead(entry, out _, out var content));
        Assert.True(Commit.TryParse(content, out var parsed, out _));
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(parsed.Tree, [entry], parsed.Author, parsed.Committer, "By hand\n").Octets);
        repository.WriteObjects([commit]).Dispose();
        return commit.Id;
    }

    [Fact]
    public async Task A_journal_entry_that_goes_there_beside_a_push_does_not_refuse_it()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var known = place.Link.Known;
        // As if another reading of the remote had just written the entry, and not yet noted that it has.
        Assert.True(place.Here.TryUpdateRefs([new RefUpdate(DnsPrimaryGit.Remotes.RemoteLink.KnownJournal, known.Journal, ObjectId.Zero)], out _));

        Assert.Null(await place.PushAsync("192.0.2.2"));

        AssertAgreed(place);
    }

    [Fact]
    public async Task An_update_is_at_the_remote_before_it_is_answered_and_is_made_again_when_that_has_moved()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        AssertAgreed(place);

        var theirs = place.CommitThere("192.0.2.2");
        // Their commit is without the name that was added: what was true here is not true of what the remote has.
        Assert.Equal(ResponseCode.NameError, await place.UpdateAsync("prereq yxdomain a; add b 60 A 192.0.2.4"));
        Assert.Equal(theirs, RemoteWorkplace.RefsOf(place.There).Branch);
        var again = place.CommitThere("192.0.2.5");
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add b 60 A 192.0.2.4"));

        AssertAgreed(place);
        Assert.Equal(5u, place.Serial);
        Assert.Equal([again], RemoteWorkplace.ParentsOf(place.There));
    }

    [Fact]
    public async Task An_update_while_the_remote_is_away_fails_and_nothing_of_it_is_kept()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var before = RemoteWorkplace.RefsOf(place.Here);
        place.GoAway();

        Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        Assert.Equal((before, 1u), (RemoteWorkplace.RefsOf(place.Here), place.Serial));

        place.GoAway(away: false);
        Assert.True(await place.Follower.ExchangeAsync(default));
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));
        AssertAgreed(place);
    }

    [Fact]
    public async Task A_remote_that_is_away_is_named_and_nothing_is_lost()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        place.GoAway();

        Assert.Contains("Connection refused", await place.PushAsync("192.0.2.2"), StringComparison.Ordinal);
        // The second is not kept waiting for a connection.
        Assert.Contains("the remote is away", await place.PushAsync("192.0.2.2"), StringComparison.Ordinal);
        Assert.False(await place.Follower.ExchangeAsync(default));
        Assert.Equal((1u, HealthStatus.Degraded), (place.Serial, StatusOf(place)));
        Assert.Contains("Connection refused", place.Follower.Status.Trouble, StringComparison.Ordinal);

        place.GoAway(away: false);
        Assert.True(await place.Follower.ExchangeAsync(default));
        Assert.Null(await place.PushAsync("192.0.2.2"));
        Assert.Equal(HealthStatus.Ok, StatusOf(place));
        AssertAgreed(place);
    }

    [Fact]
    public async Task Wherever_the_remote_is_cut_off_both_sides_agree_afterwards()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var (accepted, unknown) = (0, 0);
        // A greeting has about 400 octets, and a report about 100: from nothing at all to all but the last.
        foreach (var octets in (int[])[0, 3, 100, 380, 440, 460, 470, 480, 490, 500, 510, 520, 530, 540, 560])
        {
            var before = place.Serial;
            place.HearOnly(octets);
            var refusal = await place.PushAsync($"198.51.100.{octets % 250}");
            // What is refused is not served, and what is accepted is there.
            Assert.Equal((octets, refusal is null ? before + 1 : before), (octets, place.Serial));
            if (refusal is null)
                AssertAgreed(place);
            accepted += refusal is null ? 1 : 0;
            unknown += refusal?.Contains("is known once it can be read", StringComparison.Ordinal) == true ? 1 : 0;

            place.HearOnly(null);
            await ExchangeUntilAgreedAsync(place);
            Assert.Equal((octets, ""), (octets, string.Join(' ', place.Keeper.Troubles)));
        }
        Assert.True(accepted > 0, $"{accepted} accepted, {unknown} unknown");
        Assert.True(place.Serial > accepted, $"{place.Serial}");
    }

    [Fact]
    public async Task A_change_that_the_remote_has_and_we_crashed_is_served_under_its_serial()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var before = RemoteWorkplace.RefsOf(place.Here);
        Assert.Null(await place.PushAsync("192.0.2.2"));
        var after = RemoteWorkplace.RefsOf(place.Here);
        // As if the power had gone between the remote's answer and our refs.
        Assert.True(place.Here.TryUpdateRefs(
            [new RefUpdate("refs/heads/main", null, before.Branch), new RefUpdate(JournalFormat.Ref, null, before.Journal),
             new RefUpdate(DnsPrimaryGit.Remotes.RemoteLink.KnownBranch, null, before.Branch), new RefUpdate(DnsPrimaryGit.Remotes.RemoteLink.KnownJournal, null, before.Journal)], out _));
        place.Restart();
        Assert.Equal(1u, place.Serial);

        Assert.True(await place.Follower.ExchangeAsync(default));

        Assert.Equal((2u, after), (place.Serial, RemoteWorkplace.RefsOf(place.Here)));
        AssertAgreed(place);
    }

    [Fact]
    public async Task With_push_later_what_was_accepted_is_pushed_when_the_remote_is_back_even_after_a_restart()
    {
        using var place = new RemoteWorkplace(pushLater: true);
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        place.GoAway();
        Assert.Null(await place.PushAsync("192.0.2.2"));
        Assert.Null(await place.PushAsync("192.0.2.3"));
        Assert.False(await place.Follower.ExchangeAsync(default));
        place.Restart();
        Assert.Equal((3u, true), (place.Serial, place.Follower.Status.HasUnpushed));

        place.GoAway(away: false);
        Assert.True(await place.Follower.ExchangeAsync(default));

        Assert.Equal((3u, false), (place.Serial, place.Follower.Status.HasUnpushed));
        AssertAgreed(place);
    }

    [Fact]
    public async Task With_push_later_and_commits_on_both_sides_a_merge_that_is_pushed_here_mends_it()
    {
        using var place = new RemoteWorkplace(pushLater: true);
        var common = place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        Assert.Null(await place.PushAsync("192.0.2.2"));
        var theirs = place.CommitThere("192.0.2.3", common);

        Assert.False(await place.Follower.ExchangeAsync(default));
        Assert.Contains("pull both, merge", place.Follower.Status.Trouble, StringComparison.Ordinal);
        Assert.Equal(2u, place.Serial);

        // A person merges: here the merge contains their commit by way of a second push.
        var merge = RemoteWorkplace.Merge(place.Here, RemoteWorkplace.RefsOf(place.Here).Branch, theirs, place.There, "192.0.2.4");
        Assert.Null(await place.PushCommitAsync(merge));
        Assert.True(await place.Follower.ExchangeAsync(default));
        AssertAgreed(place);
    }

    [Fact]
    public async Task Two_servers_on_one_remote_are_told_of_each_other_and_serials_stay()
    {
        using var place = new RemoteWorkplace();
        place.CommitThere("192.0.2.1");
        await place.Follower.ExchangeAsync(default);
        var strange = RemoteWorkplace.Commit(place.There, ObjectId.Zero, "203.0.113.1");
        Assert.True(place.There.TryUpdateRefs([new RefUpdate(JournalFormat.Ref, null, strange)], out _));

        Assert.False(await place.Follower.ExchangeAsync(default));
        Assert.Contains("another server writes it", await place.PushAsync("192.0.2.2"), StringComparison.Ordinal);

        Assert.Equal(1u, place.Serial);
        Assert.Equal(strange, RemoteWorkplace.RefsOf(place.There).Journal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_rewritten_branch_is_followed_only_when_that_is_allowed(bool allowForce)
    {
        using var place = new RemoteWorkplace(allowForce);
        var first = place.CommitThere("192.0.2.1");
        place.CommitThere("192.0.2.2");
        await place.Follower.ExchangeAsync(default);
        var rewritten = place.CommitThere("192.0.2.3", first);

        Assert.Equal(allowForce, await place.Follower.ExchangeAsync(default));

        Assert.Equal(allowForce, place.Keeper.State.Commit == rewritten);
        Assert.Equal(allowForce ? 2u : 1u, place.Serial);
    }

    private static HealthStatus StatusOf(RemoteWorkplace place) => place.Health.Report.Findings.GetValueOrDefault("remote", HealthFinding.Ok).Status;

    private static void AssertAgreed(RemoteWorkplace place)
    {
        var (here, there) = (RemoteWorkplace.RefsOf(place.Here), RemoteWorkplace.RefsOf(place.There));
        Assert.Equal(here, there);
        Assert.Equal(here, place.Link.Known);
        Assert.Equal((here.Branch, here.Journal), (place.Keeper.State.Commit, place.Keeper.State.Journal.Tip));
    }

    // A receiver that was cut off may still be at work: what it does in the end is followed.
    private static async Task ExchangeUntilAgreedAsync(RemoteWorkplace place)
    {
        var until = Environment.TickCount64 + 60_000;
        while (!await place.Follower.ExchangeAsync(default) || RemoteWorkplace.RefsOf(place.Here) != RemoteWorkplace.RefsOf(place.There))
            Assert.True(Environment.TickCount64 < until, place.Follower.Status.ToString());
        AssertAgreed(place);
    }
}
