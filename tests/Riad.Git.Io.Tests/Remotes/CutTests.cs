using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>A connection that breaks after every so many octets, each way: what is said of a push is never wrong.</summary>
public sealed class CutTests : IDisposable
{
    private const string Main = "refs/heads/main";

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Delete();

    [Theory, InlineData(CarrierKind.Http), InlineData(CarrierKind.Ssh)]
    public async Task A_push_that_is_cut_says_whether_it_may_have_happened(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        var tip = RemoteTests.Commit(here, ObjectId.Zero, "first");
        long up, down;
        await using (var whole = new CuttingProxy(PortOf(carrier)))
        {
            Assert.IsType<RemotePush.Done>(await PushAsync(carrier, whole, here, ObjectId.Zero, tip));
            (up, down) = (whole.Up, whole.Down);
        }

        var seen = new List<string>();
        foreach (var (isUp, at) in Places(kind, up, down))
        {
            var next = RemoteTests.Commit(here, tip, $"cut {(isUp ? "up" : "down")} at {at}");
            await using var proxy = new CuttingProxy(PortOf(carrier)) { MaxUp = isUp ? at : long.MaxValue, MaxDown = isUp ? long.MaxValue : at };
            var outcome = await OutcomeAsync(carrier, proxy, here, tip, next);
            var there = There(carrier);
            seen.Add($"{(isUp ? "up" : "down")} {at}: {outcome}, there: {(there == next ? "new" : "old")}");
            // A server that got all of it before the cut may be at work on it still, unless the push may not have happened.
            Assert.True(there == next ? outcome is not "did not happen" : outcome is not "done", string.Join('\n', seen));
            await FinishAsync(carrier, here, next);
            tip = next;
        }
        Assert.Contains(seen, line => line.Contains("did not happen, there: old", StringComparison.Ordinal));
        if (kind is CarrierKind.Http)
            Assert.Contains(seen, line => line.Contains("may have happened", StringComparison.Ordinal));
    }

    [Theory, InlineData(CarrierKind.Http), InlineData(CarrierKind.Ssh)]
    public async Task A_fetch_that_is_cut_leaves_nothing_behind(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var there = Repository.Open(carrier.Bare.Folder);
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        var tip = RemoteTests.Commit(there, ObjectId.Zero, "noise", noise);
        Assert.True(there.TryUpdateRefs([new(Main, ObjectId.Zero, tip)], out _));
        long up, down;
        await using (var whole = new CuttingProxy(PortOf(carrier)))
        {
            var first = Repository.Create(Path.Combine(scratch.Path, "first.git"), "main");
            using var remote = RemoteThrough(carrier, whole);
            Assert.Equal(tip, await RemoteTests.FetchAsync(remote, first));
            (up, down) = (whole.Up, whole.Down);
        }

        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        foreach (var (isUp, at) in Places(kind, up, down).Where(place => place.At < (place.IsUp ? up : down) - 64))
        {
            await using var proxy = new CuttingProxy(PortOf(carrier)) { MaxUp = isUp ? at : long.MaxValue, MaxDown = isUp ? long.MaxValue : at };
            using var remote = RemoteThrough(carrier, proxy);
            try
            {
                using var fetched = await remote.FetchAsync(here, [Main], default);
                // All that matters had come before the cut.
                Assert.Equal(tip, fetched.Find(Main));
            }
            catch (RemoteException failure)
            {
                Assert.False(failure.MayHaveHappened, failure.Message);
            }
            Assert.Empty(Directory.GetDirectories(Path.Combine(here.Path, "objects"), "riad_tmp_*"));
            Assert.False(here.Contains(tip));
        }
        Assert.Equal(tip, await RemoteTests.FetchAsync(carrier.Remote, here));
    }

    [Fact]
    public async Task A_connection_that_carries_an_octet_at_a_time_is_slow_and_right()
    {
        await using var carrier = await Carrier.OpenAsync(CarrierKind.Http, scratch);
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        var tip = RemoteTests.Commit(here, ObjectId.Zero, "first");
        await using var proxy = new CuttingProxy(PortOf(carrier)) { AtOnce = 1 };

        Assert.IsType<RemotePush.Done>(await PushAsync(carrier, proxy, here, ObjectId.Zero, tip));

        using var remote = RemoteThrough(carrier, proxy);
        Assert.Equal(tip, await RemoteTests.FetchAsync(remote, Repository.Create(Path.Combine(scratch.Path, "other.git"), "main")));
    }

    [Theory, InlineData(CarrierKind.Http), InlineData(CarrierKind.Ssh)]
    public async Task A_network_that_comes_and_goes_is_used_whenever_it_is_there(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        await using var proxy = new CuttingProxy(PortOf(carrier));
        using var remote = RemoteThrough(carrier, proxy);
        var tip = ObjectId.Zero;
        for (var round = 0; round < 3; round++)
        {
            var next = RemoteTests.Commit(here, tip, $"round {round}");
            proxy.IsAway = true;
            var failure = await Assert.ThrowsAsync<RemoteException>(() => remote.PushAsync(here, [new(tip, next, Main)], default));
            Assert.False(failure.MayHaveHappened, failure.Message);
            proxy.IsAway = false;
            Assert.IsType<RemotePush.Done>(await remote.PushAsync(here, [new(tip, next, Main)], default));
            using var fetched = await remote.FetchAsync(here, [Main], default);
            Assert.Equal((next, next), (fetched.Find(Main), There(carrier)));
            tip = next;
        }
    }

    [Fact]
    public async Task Connections_that_are_reset_in_the_moment_they_stand_are_a_remote_that_is_away()
    {
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var isStopping = false;
        var resetting = new Thread(() => Reset(listener.Server, () => Volatile.Read(ref isStopping))) { IsBackground = true };
        resetting.Start();
        // A connection that nobody resets costs a round no more than this.
        var times = new RemoteTimes { Silence = TimeSpan.FromSeconds(5) };
        using var remote = Carrier.RemoteOf($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/zones.git", new() { Times = times });
        try
        {
            for (var round = 0; round < 1000; round++)
                await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(here, [Main], default));
        }
        finally
        {
            Volatile.Write(ref isStopping, true);
            listener.Stop();
            resetting.Join();
        }
    }

    // Its own thread, so that the reset comes while the other side is still looking at what it has.
    private static void Reset(Socket listener, Func<bool> isStopping)
    {
        while (true)
        {
            try
            {
                listener.Accept().Close(timeout: 0);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // A connection that its other side gave up before it was accepted is no reason to end.
                if (isStopping())
                    return;
            }
        }
    }

    [Theory, InlineData(1, 60), InlineData(60, 1)]
    public async Task A_server_that_trickles_is_given_up_as_one_that_takes_too_long_or_says_nothing(int wholeSeconds, int silenceSeconds)
    {
        await using var site = await KestrelSite.OpenAsync(async context =>
        {
            context.Response.ContentType = "application/x-git-upload-pack-advertisement";
            // A line of 65,520 octets, an octet now and then: never silent, and never done.
            await context.Response.WriteAsync("fff0", context.RequestAborted);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(".", context.RequestAborted);
                await Task.Delay(5, context.RequestAborted);
            }
        });
        using var remote = Carrier.RemoteOf(site.Url, new() { Times = new() { Silence = TimeSpan.FromSeconds(silenceSeconds) } });
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");

        var failure = await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(here, [Main], TimeSpan.FromSeconds(wholeSeconds), default));

        Assert.Equal($"{site.Url} did not answer in time", failure.Message);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        using var remote = Carrier.RemoteOf($"http://127.0.0.1:{port}/zones.git", new() { Times = new() { Silence = TimeSpan.FromMilliseconds(300) } });

        var failure = await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"), [Main], default));

        Assert.Equal($"http://127.0.0.1:{port}/zones.git did not answer in time", failure.Message);
    }

    private static IEnumerable<(bool IsUp, long At)> Places(CarrierKind kind, long up, long down)
    {
        // Everywhere in steps, and close to the end of each way, where the server has all of it or has said all but the last.
        foreach (var isUp in (bool[])[true, false])
        {
            var total = isUp ? up : down;
            // Of what ssh carries the octets are encrypted, and each connection takes its time: fewer places.
            HashSet<long> places = kind is CarrierKind.Ssh ? [total / 2, total - 100] : [0, 1, total / 8, total / 4, total / 2, total * 3 / 4, total - 200, total - 64, total - 20, total - 5, total - 1];
            foreach (var at in places)
            {
                if (at >= 0)
                    yield return (isUp, at);
            }
        }
    }

    private static async Task<string> OutcomeAsync(Carrier carrier, CuttingProxy proxy, Repository here, ObjectId old, ObjectId next)
    {
        try
        {
            return await PushAsync(carrier, proxy, here, old, next) is RemotePush.Done ? "done" : "refused";
        }
        catch (RemoteException failure)
        {
            return failure.MayHaveHappened ? "may have happened" : "did not happen";
        }
    }

    private static async Task<RemotePush> PushAsync(Carrier carrier, CuttingProxy proxy, Repository here, ObjectId old, ObjectId next)
    {
        using var remote = RemoteThrough(carrier, proxy);
        return await remote.PushAsync(here, [new(old, next, Main)], default);
    }

    private static GitRemote RemoteThrough(Carrier carrier, CuttingProxy proxy) =>
        Carrier.RemoteOf(carrier.Remote.Address.ToString()!.Replace($":{PortOf(carrier)}/", $":{proxy.Port}/", StringComparison.Ordinal), carrier.OptionsThrough(proxy.Port));

    private static int PortOf(Carrier carrier) => new Uri(carrier.Remote.Address.ToString()!).Port;

    // Reading the remote, and sending again what is not there, ends well wherever the cut was.
    private static async Task FinishAsync(Carrier carrier, Repository here, ObjectId next)
    {
        var until = Environment.TickCount64 + 60_000;
        using var direct = Carrier.RemoteOf(carrier.Bare.Folder, new());
        while (await direct.PushAsync(here, [new(There(carrier), next, Main)], default) is not RemotePush.Done and var other)
            Assert.True(Environment.TickCount64 < until, other.ToString());
        Assert.Equal(next, There(carrier));
    }

    private static ObjectId There(Carrier carrier) => ObjectId.TryParse(carrier.Bare.Run("rev-parse", Main), out var id) ? id : throw new FormatException();
}
