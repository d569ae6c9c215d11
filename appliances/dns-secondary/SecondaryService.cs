using Microsoft.Extensions.Logging;
using Riad.Dns.Io;
using Riad.Dns.Secondary;
using Riad.DnsSecondary.Following;
using Riad.DnsSecondary.Keeping;
using Riad.DnsSecondary.Pages;
using Riad.DnsSecondary.Serving;
using Riad.Git.Io.Upkeep;
using Riad.Host;
using Riad.Host.Dns;
using Riad.Host.Http;
using Riad.Host.Pages;
using Riad.Net;

namespace Riad.DnsSecondary;

/// <summary>Puts the pieces together: keys, what is followed, name server, pages.</summary>
internal sealed class SecondaryService : IAsyncDisposable
{
    private const string ContactsName = "contacts";

    private static readonly TimeSpan LookAtHealthEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    private readonly HostServices host;
    private readonly SecondaryKeys keys;
    private readonly PrimaryChoice choice;
    private readonly SecondaryServer server;
    private readonly ZoneLog log;
    private readonly Maintenance? upkeep;
    private readonly StateKeeper? keeper;

    private SecondaryService(HostServices host)
    {
        this.host = host;
        keys = SecondaryKeys.Open(host);
        choice = new(host.Settings.Get(SecondarySettings.Primary), host.Settings.Get(SecondarySettings.Key), host.Settings.Get(SecondarySettings.Tls));
        server = new(host.Network, Options(), host.Clock.Provider, host.Random);
        log = new(host.Log, () => server.Now);
        if (host.Settings.IsGiven(SecondaryAppliance.Definition.Common.State))
            keeper = OpenKeeper(out upkeep);
        var gate = new StatusGate(host.Settings.Get(SecondarySettings.PublicStatus), SecondarySettings.PublicStatus.Name, () => host.Health.Report);
        host.Http.Guard(gate.HandleAsync);
        Page.MountAssets(host.Http);
        host.Http.Mount("/", new PageRouter(server.Views, host.Clock).HandleAsync);
    }

    /// <summary>Checks what the operator wrote, and reads the keys; nothing is served yet.</summary>
    /// <exception cref="OperatorException">Something is not as it must be: one sentence says what.</exception>
    public static SecondaryService Open(HostServices host)
    {
        var service = new SecondaryService(host);
        service.CheckKeys();
        return service;
    }

    /// <summary>Serves until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (keeper is null)
            FollowGiven();
        else
            keeper.Recall(server, FollowGiven);
        await host.Http.OpenAsync(stop);
        var driver = OpenDriver();
        NameServerMetrics.Register(host.Metrics, driver);
        NameServerMetrics.RegisterRequests(host.Metrics, driver, server.Requests);
        ServiceMetrics.Register(host.Metrics, server);
        keys.OnChange(server.ChooseAgain);
        keys.Start();
        host.OnReload(ReloadAsync);
        host.Background.Run("zones", server.RunAsync);
        host.Background.Run("health", WatchHealthAsync);
        RunKeeper();
        host.Background.Run("memory", token => MemoryReturn.RunAsync(host.Clock.Provider, host.Log, token));
        host.Ready([.. driver.Listening.Select(local => $"dns {local}"), .. driver.ListeningTls.Select(local => $"dns over tls {local}")]);
        await Task.Delay(Timeout.InfiniteTimeSpan, host.Clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private SecondaryServerOptions Options() => new()
    {
        Listen = NameServer.ListenerOf(host),
        Primaries = choice,
        Keys = () => keys.Current,
        Rights = () => keys.Rights,
        Notify = host.Settings.Get(SecondarySettings.Notify),
        Answers = NameServer.AnswersOf(host, SecondaryAppliance.Name),
        Following = FollowingOptions.Of(host),
        Client = FollowingOptions.ClientOf(host),
        NewLimiter = NameServer.NewLimiter(host),
        Tell = Tell,
        TellUnlearned = (zone, reason) => log.TellUnlearned(zone, reason),
        TellNotify = output => log.Tell(output),
        Report = exception => host.Log.LogError(exception, "a request could not be answered"),
    };

    private StateKeeper OpenKeeper(out Maintenance tidy)
    {
        var store = CopyOpening.Open(host.State.Folder.FullName, host.Log, out var contents);
        var upkeepOfStore = tidy = new(store.Repository, new());
        return new(store, contents, new(host.State.PathOf(ContactsName)), host.Clock.Provider, host.Log) { Tidy = upkeepOfStore.Call };
    }

    private void RunKeeper()
    {
        if (keeper is null || upkeep is null)
            return;
        host.Background.Run("state", stop => keeper.RunAsync(server, stop));
        host.Background.Run("repository", stop => upkeep.RunAsync(TidyEvery, host.Clock.Provider, line => host.Log.LogInformation("{Line}", line), stop));
    }

    private void Tell(SecondaryOutput output)
    {
        keeper?.Take(output, server);
        log.Tell(output);
    }

    private void CheckKeys()
    {
        var (zones, catalogs) = (host.Settings.Get(SecondarySettings.Zone), host.Settings.Get(SecondarySettings.Catalog));
        var isTaught = keys.Current.Any(key => Dns.Server.Access.KeyNameRole.TryRead(key.Name, out _));
        if (zones.IsEmpty && catalogs.IsEmpty && !isTaught)
            throw OperatorException.BadArguments("there is nothing to serve; write --zone NAME or --catalog NAME, or give --keys FILE with a key named *._transfer.ZONE, so that a NOTIFY can teach zones");
        if (host.Settings.Get(SecondarySettings.Key) is { } name && keys.Current.Find(name) is null)
            throw OperatorException.BadArguments($"--key {name.ToStringWithoutFinalDot()} is not in the file of --keys");
        if (host.Settings.Get(SecondarySettings.TlsAuthorities) is not null && host.Settings.Get(SecondarySettings.Tls) is null)
            throw OperatorException.BadArguments("--tls-ca is of no use alone; write --tls NAME too, the name in the primary's certificate");
        foreach (var zone in zones.Concat(catalogs))
        {
            if (!choice.TryChoose(zone, keys.Current, out _, out var reason))
                throw OperatorException.BadArguments(reason);
        }
        if (keys.Current.Count == 0)
            host.Log.LogWarning("no keys are given, so what the primaries send is believed by address alone; better give --keys FILE");
    }

    private void FollowGiven()
    {
        foreach (var zone in host.Settings.Get(SecondarySettings.Zone))
            server.Follow(zone, new ZoneOrigin.Given());
        foreach (var catalog in host.Settings.Get(SecondarySettings.Catalog))
            server.Follow(catalog, new ZoneOrigin.Catalog());
    }

    private Task ReloadAsync(CancellationToken stop)
    {
        keys.Check();
        server.RefreshAll();
        return Task.CompletedTask;
    }

    private ServerDriver OpenDriver()
    {
        try
        {
            return server.Listen();
        }
        catch (NetworkException exception)
        {
            throw OperatorException.CannotRun(exception.Message, exception);
        }
    }

    private async Task WatchHealthAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookAtHealthEvery, host.Clock.Provider);
        var zones = new ZoneHealth(mayBeEmpty: host.Settings.Get(SecondarySettings.Zone).IsEmpty && host.Settings.Get(SecondarySettings.Catalog).IsEmpty);
        do
        {
            host.Health.Set("zones", zones.Of(server.Survey()));
            host.Health.Set("state", keeper?.Failure is { } failure ? new(HealthStatus.Degraded, $"what is transferred is not kept: {failure}") : HealthFinding.Ok);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }
}
