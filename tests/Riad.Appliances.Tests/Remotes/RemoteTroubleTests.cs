using Riad.Dns.Messages;
using Riad.DnsPrimaryGit.Remotes;
using Riad.Host;
using Riad.Host.Metrics;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>Networks as they are: slow, cut in the middle, away and back. What is answered is true, and nothing waits for ever.</summary>
public sealed class RemoteTroubleTests
{
    [Fact]
    public async Task An_update_that_the_remote_took_and_could_not_confirm_is_answered_once_the_remote_was_read()
    {
        using var place = await OpenAsync();
        place.DieAfterTaking();

        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));

        Assert.Equal(2u, place.Serial);
        AssertAgreed(place);
        // It was not done twice.
        Assert.Equal(ResponseCode.NameExists, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));
    }

    [Fact]
    public async Task An_update_that_others_built_upon_before_it_was_confirmed_is_not_judged_by_what_it_did_itself()
    {
        using var place = await OpenAsync();
        place.DieAfterTaking(andGoesOn: true);

        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));

        Assert.Equal((2u, RemoteWorkplace.RefsOf(place.There).Branch), (place.Serial, place.Keeper.State.Commit));
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq yxdomain a; add b 60 A 192.0.2.4"));
        AssertAgreed(place);
    }

    [Theory, InlineData(0), InlineData(4), InlineData(150), InlineData(300), InlineData(450)]
    public async Task An_update_whose_way_there_is_cut_fails_and_nothing_of_it_is_anywhere(int octets)
    {
        using var place = await OpenAsync();
        var before = RemoteWorkplace.RefsOf(place.There);
        place.SayOnly(octets);

        Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));

        Assert.Equal((before, before, 1u), (RemoteWorkplace.RefsOf(place.Here), RemoteWorkplace.RefsOf(place.There), place.Serial));
        place.SayOnly(null);
        // Until it is known what the remote has, nothing is changed. A pack that ends early it refuses, and that is known.
        if (place.Follower.Status.Trouble is not null)
            Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        Assert.True(await place.Follower.ExchangeAsync(default), place.Follower.Status.ToString());
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));
        AssertAgreed(place);
    }

    [Theory, InlineData(0), InlineData(100), InlineData(400), InlineData(470), InlineData(520)]
    public async Task Wherever_the_answer_to_an_update_is_cut_what_is_said_is_true(int octets)
    {
        using var place = await OpenAsync();
        place.HearOnly(octets);

        var code = await place.UpdateAsync("add a 60 A 192.0.2.3");

        Assert.Equal((code is ResponseCode.NoError, code is ResponseCode.ServerFailure), (place.Serial == 2, place.Serial == 1));
        place.HearOnly(null);
        await AgreeAsync(place);
        // Whether the remote had it or not, a second try ends with it there.
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        AssertAgreed(place);
        Assert.Equal(2u, place.Serial);
    }

    [Fact]
    public async Task One_octet_at_a_time_is_slow_and_right()
    {
        using var place = await OpenAsync();
        place.GoSlow();

        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        Assert.Null(await place.PushAsync("192.0.2.2"));

        AssertAgreed(place);
    }

    [Fact]
    public async Task A_remote_that_trickles_does_not_hold_an_update_for_longer_than_its_client_waits()
    {
        using var place = await OpenAsync(patienceSeconds: 1);
        var before = RemoteWorkplace.RefsOf(place.Here);
        place.Trickle();

        Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));

        Assert.Equal((before, before, 1u), (RemoteWorkplace.RefsOf(place.Here), RemoteWorkplace.RefsOf(place.There), place.Serial));
        Assert.Contains("did not answer in time", place.Follower.Status.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_does_not_wait_for_ever_behind_another_change()
    {
        using var place = await OpenAsync(patienceSeconds: 1);
        using var held = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = Task.Run(() => place.Keeper.WithRemoteAsync(() => { begun.SetResult(); held.Wait(); return true; }, () => default, default));
        await begun.Task;

        Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));

        held.Set();
        await other;
        Assert.Equal(1u, place.Serial);
    }

    [Fact]
    public async Task A_remote_that_is_away_and_back_again_and_again_is_used_soon_after_it_is_back()
    {
        using var place = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var following = place.Follower.RunAsync(stop.Token);
        for (var round = 0; round < 3; round++)
        {
            place.GoAway();
            Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync($"add away{round} 60 A 192.0.2.3"));
            place.GoAway(away: false);
            // Nobody asks for a reading but the update that failed: the next one of itself would be in an hour.
            await UpdateUntilTakenAsync(place, $"prereq nxdomain away{round}; add back{round} 60 A 192.0.2.4");
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);

        Assert.Equal(4u, place.Serial);
        AssertAgreed(place);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Updates_that_cannot_be_published_leave_nothing_on_the_disk(bool isRefused)
    {
        using var place = await OpenAsync();
        var packs = Packs(place);
        if (isRefused)
            place.RefuseAll();
        else
            place.GoAway();

        for (var index = 0; index < 3; index++)
            Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync($"add a{index} 60 A 192.0.2.3"));

        Assert.Equal(packs, Packs(place));
        Assert.Equal(1u, place.Serial);
    }

    [Fact]
    public async Task A_remote_that_moves_before_each_try_is_followed_and_the_update_given_up_after_some()
    {
        using var place = await OpenAsync();
        place.KeepMoving();

        Assert.Equal(ResponseCode.ServerFailure, await place.UpdateAsync("add a 60 A 192.0.2.3"));

        place.KeepMoving(moving: false);
        Assert.True(await place.Follower.ExchangeAsync(default), place.Follower.Status.ToString());
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.3"));
        AssertAgreed(place);
    }

    [Fact]
    public async Task What_becomes_of_the_remote_is_counted_and_shown()
    {
        using var place = await OpenAsync(pushLater: true);
        using var metrics = new MetricsRegistry();
        RemoteMeter.Register(metrics, place.Link, place.Follower, place.Clock);
        AssertShown(metrics, "riad_remote_up 1", "riad_remote_unpushed_commits 0", "riad_remote_fetches_total{outcome=\"news\"} 1", "riad_remote_pushes_total{outcome=\"done\"} 1");
        Assert.Contains("riad_remote_read_age_seconds ", metrics.Scrape(), StringComparison.Ordinal);

        place.GoAway();
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("add a 60 A 192.0.2.3"));
        Assert.Equal(ResponseCode.NoError, await place.UpdateAsync("add b 60 A 192.0.2.3"));
        Assert.False(await place.Follower.ExchangeAsync(default));
        AssertShown(metrics, "riad_remote_up 0", "riad_remote_unpushed_commits 2", "riad_remote_fetches_total{outcome=\"failed\"} 1");
        Assert.Equal((true, 2), (place.Follower.Status.HasUnpushed, place.Follower.Status.Unpushed));

        place.GoAway(away: false);
        Assert.True(await place.Follower.ExchangeAsync(default));
        AssertShown(metrics, "riad_remote_up 1", "riad_remote_unpushed_commits 0", "riad_remote_fetches_total{outcome=\"nothing\"} 1", "riad_remote_pushes_total{outcome=\"done\"} 2");
    }

    private static async Task<RemoteWorkplace> OpenAsync(bool pushLater = false, double patienceSeconds = 120)
    {
        var place = new RemoteWorkplace(pushLater: pushLater, patienceSeconds: patienceSeconds);
        place.CommitThere("192.0.2.1");
        Assert.True(await place.Follower.ExchangeAsync(default), place.Follower.Status.ToString());
        return place;
    }

    private static async Task UpdateUntilTakenAsync(RemoteWorkplace place, string update)
    {
        var until = Environment.TickCount64 + 60_000;
        ResponseCode code;
        while ((code = await place.UpdateAsync(update)) is ResponseCode.ServerFailure)
        {
            Assert.True(Environment.TickCount64 < until, place.Follower.Status.ToString());
            await Task.Yield();
        }
        Assert.Equal(ResponseCode.NoError, code);
    }

    // A receiver that was cut off may still be at work: what it does in the end is followed.
    private static async Task AgreeAsync(RemoteWorkplace place)
    {
        var until = Environment.TickCount64 + 60_000;
        while (!await place.Follower.ExchangeAsync(default) || RemoteWorkplace.RefsOf(place.Here) != RemoteWorkplace.RefsOf(place.There))
            Assert.True(Environment.TickCount64 < until, place.Follower.Status.ToString());
    }

    private static void AssertAgreed(RemoteWorkplace place)
    {
        var here = RemoteWorkplace.RefsOf(place.Here);
        Assert.Equal((here, here), (RemoteWorkplace.RefsOf(place.There), place.Link.Known));
        Assert.Equal((here.Branch, here.Journal), (place.Keeper.State.Commit, place.Keeper.State.Journal.Tip));
    }

    private static void AssertShown(MetricsRegistry metrics, params string[] lines)
    {
        var shown = metrics.Scrape();
        foreach (var line in lines)
            Assert.Contains(line + "\n", shown, StringComparison.Ordinal);
    }

    private static string[] Packs(RemoteWorkplace place) => [.. Directory.GetFiles(Path.Combine(place.Here.Path, "objects", "pack")).Order(StringComparer.Ordinal)];
}
