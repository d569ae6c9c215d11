using Microsoft.Extensions.Logging;
using Riad.Dns.Io;
using Riad.DnsPrimaryGit.Access;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Pages;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving;
using Riad.DnsPrimaryGit.Serving.Transfers;
using Riad.DnsPrimaryGit.Serving.Updates;
using Riad.Git.Io;
using Riad.Git.Io.Http;
using Riad.Git.Io.Remotes;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Host;
using Riad.Host.Dns;
using Riad.Host.Pages;
using Riad.Net;

namespace Riad.DnsPrimaryGit;

/// <summary>Puts the pieces together: repository, keeper, git server, name server, pages.</summary>
internal sealed class PrimaryGitService : IAsyncDisposable
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookAtBranchEvery = TimeSpan.FromSeconds(2);

    private readonly HostServices host;
    private readonly Repository repository;
    private readonly ServedAuthority authority;
    private readonly KeyService keys;
    private readonly ZoneKeeper keeper;
    private readonly GitHttpServer git;
    private readonly QueryRates rates = new();
    private readonly Maintenance upkeep;
    private readonly UpdateQueue updates;
    private readonly RemoteFollower? follower;
    private readonly RemoteLink? link;
    private readonly GitRemote? remote;
    private readonly CatalogKeeper? catalog;
    private readonly RequestServer requests;
    private readonly KeyFileWatch? watch; // while everybody may read
    private ServerDriver? driver;

    private PrimaryGitService(HostServices host, Repository repository, KeyFileWatch? watch)
    {
        (this.host, this.repository, this.watch) = (host, repository, watch);
        var options = new KeeperOptions(host.Settings.Get(PrimaryGitSettings.Branch), host.Settings.Get(PrimaryGitSettings.StrictSerials), host.Settings.Get(PrimaryGitSettings.AllowForce));
        keys = KeyService.Open(host, repository);
        catalog = CatalogKeeper.Open(host, ServeAgain);
        authority = new(NameServer.AnswersOf(host, PrimaryGit.Name), catalog is null ? null : catalog.Follow);
        upkeep = new(repository, new());
        keeper = new(repository, options, host.Clock.Provider, host.Log, Serve) { Tidy = upkeep.Call };
        updates = new(keeper, new(host.Metrics.CreateMeter("Riad.DnsPrimaryGit.Updates")), host.Clock.Provider, host.Log);
        requests = NewRequestServer();
        link = RemoteOpening.Open(host, repository, options, out remote);
        follower = link is null ? null : new(link, repository, keeper, new(host.Settings.Get(RemoteSettings.FetchEvery)), host.Clock, host.Logs.CreateLogger("remote"));
        if (link is not null && !host.Settings.Get(RemoteSettings.PushLater))
            (keeper.Publisher, keeper.FindPublishingObstacle) = (link.PublishAsync, link.FindObstacle);
        var receiver = new ZonePushReceiver(repository, keeper, options, new(host.Metrics), host.Settings.Get(AccessSettings.PublicRead), link is not null, keys, host.Log);
        var maxPack = (long)host.Settings.Get(PrimaryGitSettings.MaxPushMebibytes) << 20;
        git = new(repository, receiver, GitHttpLimits.Usual with { MaxPackOctets = maxPack }, new PackLimits(), $"dns-primary-git/{ApplianceVersion.Current.Version}", host.Logs.CreateLogger("git"));
        var pages = new PageRouter(new(repository, keeper, options, rates, keys, host.Clock, () => follower?.Status));
        host.Http.Mount(PageSource.RepositoryPath, git.HandleAsync);
        MountWebhooks();
        Page.MountAssets(host.Http);
        host.Http.Mount("/", pages.HandleAsync);
    }

    /// <summary>Opens the repository and everything that answers; nothing is served yet.</summary>
    /// <exception cref="OperatorException">Something is not as it must be: one sentence says what.</exception>
    public static PrimaryGitService Open(HostServices host)
    {
        var opened = RepositoryOpening.Open(host);
        if (!host.Settings.Get(AccessSettings.PublicRead))
            return new(host, opened, watch: null);
        var everybody = new KeyFileWatch(opened, host.Log);
        everybody.LookAhead(opened, [.. opened.ReadRefs().Select(known => known.Id)]);
        if (everybody.Found is { } commit)
            throw OperatorException.CannotRun($"--public-read would show keys: commit {commit} holds a _keys file; take them out of the history, or leave --public-read away");
        return new(host, opened, everybody);
    }

    /// <summary>Serves until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (link is not null && watch is not null)
            link.LookBeforeMoving = watch.LookAhead;
        if (link is not null)
            await link.CloneAsync(stop);
        keeper.Start();
        var gate = AccessGate.Open(host);
        if (watch is not null)
        {
            watch.OnFound(commit => EndPublicRead(gate, commit));
            gate.LookBeforePublicFetch = watch.LookAsync;
        }
        await host.Http.OpenAsync(stop);
        driver = OpenDriver();
        authority.Attach(driver);
        NameServerMetrics.Register(host.Metrics, driver);
        NameServerMetrics.RegisterRequests(host.Metrics, driver, requests);
        ServiceMetrics.Register(host.Metrics, driver, authority, keeper);
        keys.Start();
        host.OnReload(keeper.FollowAsync);
        host.Background.Run("updates", updates.RunAsync);
        host.Background.Run("branch", FollowBranchAsync);
        host.Background.Run("rates", SampleAsync);
        RunFollower();
        host.Background.Run("memory", token => MemoryReturn.RunAsync(host.Clock.Provider, host.Log, token));
        host.Background.Run("repository", token => upkeep.RunAsync(TidyEvery, host.Clock.Provider, line => host.Log.LogInformation("{Line}", line), token));
        host.Ready([.. driver.Listening.Select(local => $"dns {local}"), .. driver.ListeningTls.Select(local => $"dns over tls {local}")]);
        SayNextSteps();
        await Task.Delay(Timeout.InfiniteTimeSpan, host.Clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Looks at the remote soon, as after a signed NOTIFY; nothing without a remote. Safe from any thread, and bounded however often it is called.</summary>
    public void LookAtRemote() => follower?.Ask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (driver is not null)
            await driver.DisposeAsync();
        keys.Dispose();
        git.Dispose();
        keeper.Dispose();
        follower?.Dispose();
        remote?.Dispose();
        watch?.Dispose();
    }

    private void MountWebhooks()
    {
        if (RemoteOpening.OpenSecret(host) is not { } secret)
            return;
        var door = new WebhookDoor(() => secret.Current, AccessPolicy.Of(host.Settings), LookAtRemote, host.Clock.Provider, host.Logs.CreateLogger("webhook"));
        host.Http.Mount(WebhookDoor.Path, door.HandleAsync);
        host.Background.Run("webhook secret", stop => secret.WatchAsync(host.Clock.Provider, stop));
    }

    private void RunFollower()
    {
        if (follower is null)
            return;
        RemoteMeter.Register(host.Metrics, link!, follower, host.Clock);
        host.Background.Run("remote", follower.RunAsync);
        host.OnReload(_ =>
        {
            follower.Ask();
            return Task.CompletedTask;
        });
    }

    private RequestServer NewRequestServer()
    {
        var door = new NotifyDoor(() => keys.Rights, host.Settings.Get(RemoteSettings.Remote) is null ? null : LookAtRemote, host.Log);
        var changes = new UpdateRequests(updates, apex => keeper.State.Zones.ContainsKey(apex) || keeper.State.NeverGood.Contains(apex), () => keys.Rights, host.Clock.Provider, host.Log);
        return new(
            new()
            {
                Authority = () => authority.Current,
                Keys = () => keys.Current,
                MayTransfer = (key, client, zone) => keys.Rights.MayTransfer(key, client, zone),
                History = (zone, from) => JournalSteps.Find(repository, keeper.State, zone, from),
                TransfersNeedTls = host.Settings.Get(TransferSettings.NeedTls),
                Notify = door.AnswerAsync,
                Update = changes.AnswerAsync,
            },
            host.Clock.Provider);
    }

    private ServerDriver OpenDriver()
    {
        var listener = NameServer.ListenerOf(host);
        if (listener.ListenTls.IsEmpty && host.Settings.Get(TransferSettings.NeedTls))
            throw OperatorException.BadArguments("--transfer-tls needs --listen-tls ADDRESS:PORT");
        try
        {
            return ServerDriver.Open(
                host.Network,
                listener,
                authority.Current,
                NameServer.NewLimiter(host),
                host.Clock.Provider,
                exception => host.Log.LogError(exception, "a query could not be answered"),
                requests);
        }
        catch (NetworkException exception)
        {
            throw OperatorException.CannotRun(exception.Message, exception);
        }
    }

    private void Serve(ZoneRepository.Serving.ServedState state)
    {
        authority.Serve(state);
        keys.Serve(state, authority.Current.Zones, catalog?.Zone);
        // What was made without the remote, such as a journal entry or anything with --push-later, goes there next.
        if (link is not null && link.Here != link.Known)
            follower?.Ask();
        var troubles = keeper.Troubles;
        host.Health.Set("zones", (state.Zones.Count, troubles) switch
        {
            (0, []) => new(HealthStatus.Degraded, "no zone is served yet: push one"),
            (0, [var first, ..]) => new(HealthStatus.Unavailable, first),
            (_, []) => HealthFinding.Ok,
            (_, [var first, ..]) => new(HealthStatus.Degraded, first),
        });
    }

    /// <summary>Zones moved to other groups of the catalog.</summary>
    private void ServeAgain()
    {
        authority.ServeAgain();
        keys.Serve(keeper.State, authority.Current.Zones, catalog?.Zone);
    }

    private void EndPublicRead(AccessGate gate, ObjectId commit)
    {
        gate.EndPublicRead();
        var reason = $"commit {commit} holds a _keys file, so --public-read is off until it is out of the history and this is restarted";
        host.Health.Set("public read", new(HealthStatus.Degraded, reason));
        host.Log.LogError("public read ended reason={Reason}", reason);
    }

    private async Task FollowBranchAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookAtBranchEvery, host.Clock.Provider);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await keeper.FollowAsync(stop);
            if (watch is not null)
                await watch.LookAsync(stop);
        }
    }

    private async Task SampleAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(QueryRates.Interval, host.Clock.Provider);
        rates.Sample(ServiceMetrics.CountQueries(driver!, authority, host.Clock.Elapsed));
        while (await timer.WaitForNextTickAsync(stop))
            rates.Sample(ServiceMetrics.CountQueries(driver!, authority, host.Clock.Elapsed));
    }

    private void SayNextSteps()
    {
        if (!host.Settings.Get(PrimaryGitSettings.Example))
            return;
        var (url, dns) = (host.Http.Urls[0], driver!.Listening[0]);
        Console.Out.WriteLine(
            $"""

            Try it in another terminal:

              git clone {url}zones.git && cd zones
              $EDITOR example.org                      # change the address of www
              git commit -am 'www moves' && git push
              dig @{dns.Address} -p {dns.Port} www.example.org

            The status page is at {url}  Stop with Ctrl-C.
            """);
    }
}
