using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Dns.Io;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Zones;
using Riad.DnsSecondary.Following;
using Riad.DnsSecondary.Pages;
using Riad.DnsSecondary.Serving;
using Riad.Host;
using Riad.Host.Pages;
using Riad.Net;

namespace Riad.DnsSecondary;

/// <summary>Puts the pieces together: keys, what is followed, name server, pages.</summary>
internal sealed class SecondaryService : IAsyncDisposable
{
    private static readonly TimeSpan LookAtHealthEvery = TimeSpan.FromSeconds(1);

    private readonly HostServices host;
    private readonly ServerOptions answers;
    private readonly KeyFile keys;
    private readonly PrimaryChoice choice;
    private readonly SecondaryDriver following;
    private readonly ZoneLog log;
    private Authority authority;
    private ServerDriver? driver;

    private SecondaryService(HostServices host)
    {
        this.host = host;
        answers = AnswerOptions.Of(host);
        authority = new(ZoneSet.Empty, answers);
        keys = new(host.Settings.Get(SecondarySettings.Keys), host.Settings.Get(SecondarySettings.AllowSha1));
        choice = new(host.Settings.Get(SecondarySettings.Primary), host.Settings.Get(SecondarySettings.Key), host.Settings.Get(SecondarySettings.Tls));
        following = new(new(FollowingOptions.Of(host), FollowingOptions.NewSeed(host)), FollowingOptions.NewClient(host), keys.Find, host.Clock.Provider) { Serve = Serve, Tell = output => log!.Tell(output) };
        log = new(host.Log, () => following.Now);
        Page.MountAssets(host.Http);
        host.Http.Mount("/", new PageRouter(Views, host.Clock).HandleAsync);
    }

    /// <summary>Checks what the operator wrote, and reads the keys; nothing is served yet.</summary>
    /// <exception cref="OperatorException">Something is not as it must be: one sentence says what.</exception>
    public static SecondaryService Open(HostServices host)
    {
        var service = new SecondaryService(host);
        service.keys.Read();
        service.CheckKeys();
        return service;
    }

    /// <summary>Serves until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        FollowGiven();
        await host.Http.OpenAsync(stop);
        driver = OpenDriver();
        driver.Authority = authority;
        ServiceMetrics.Register(host.Metrics, driver, Views);
        host.OnReload(ReloadAsync);
        host.Background.Run("zones", following.RunAsync);
        host.Background.Run("health", WatchHealthAsync);
        host.Background.Run("memory", token => MemoryReturn.RunAsync(host.Clock.Provider, host.Log, token));
        host.Ready([.. driver.Listening.Select(local => $"dns {local}"), .. driver.ListeningTls.Select(local => $"dns over tls {local}")]);
        await Task.Delay(Timeout.InfiniteTimeSpan, host.Clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (driver is not null)
            await driver.DisposeAsync();
    }

    private IReadOnlyList<ZoneView> Views() => following.Read(zones => zones.Followed.Select(zone => ZoneView.Of(zone, following.Now)).ToImmutableArray());

    private void CheckKeys()
    {
        var (zones, catalogs) = (host.Settings.Get(SecondarySettings.Zone), host.Settings.Get(SecondarySettings.Catalog));
        var isTaught = keys.Current.Any(key => Dns.Server.Access.KeyNameRole.TryRead(key.Name, out _));
        if (zones.IsEmpty && catalogs.IsEmpty && !isTaught)
            throw OperatorException.BadArguments("there is nothing to serve; write --zone NAME or --catalog NAME, or give --keys FILE with a key named *._transfer.ZONE, so that a NOTIFY can teach zones");
        if (host.Settings.Get(SecondarySettings.Key) is { } name && keys.Find(name) is null)
            throw OperatorException.BadArguments($"--key {name.ToStringWithoutFinalDot()} is not in the file of --keys");
        if (host.Settings.Get(SecondarySettings.TlsAuthorities) is not null && host.Settings.Get(SecondarySettings.Tls) is null)
            throw OperatorException.BadArguments("--tls-ca is of no use alone; write --tls NAME too, the name in the primary's certificate");
        foreach (var zone in zones.Concat(catalogs))
        {
            if (choice.IsUndecided(zone, keys.Current))
                throw OperatorException.BadArguments($"--keys holds several keys, and none is named for {zone.ToStringWithoutFinalDot()}; say which one signs with --key NAME");
            if (choice.Of(zone, keys.Current).Count == 0)
                throw OperatorException.BadArguments($"nothing says where {zone.ToStringWithoutFinalDot()} comes from; write --primary ADDRESS");
        }
        if (keys.Current.Count == 0)
            host.Log.LogWarning("no keys are given, so what the primaries send is believed by address alone; better give --keys FILE");
    }

    private void FollowGiven()
    {
        foreach (var zone in host.Settings.Get(SecondarySettings.Zone))
            Follow(zone, new ZoneOrigin.Given());
        foreach (var catalog in host.Settings.Get(SecondarySettings.Catalog))
            Follow(catalog, new ZoneOrigin.Catalog());
    }

    private void Follow(DomainName zone, ZoneOrigin origin) => following.Post(new SecondaryInput.Follow(zone, choice.Of(zone, keys.Current), origin));

    private Task ReloadAsync(CancellationToken stop)
    {
        keys.Read();
        following.Post(new SecondaryInput.RefreshAll());
        return Task.CompletedTask;
    }

    private ServerDriver OpenDriver()
    {
        var listenTls = host.Settings.Get(SecondarySettings.ListenTls);
        if (!listenTls.IsEmpty && host.Certificate is null)
            throw OperatorException.BadArguments("--listen-tls needs --tls-certificate FILE and --tls-key FILE");
        try
        {
            return ServerDriver.Open(
                host.Network,
                new() { Listen = host.Listen, ListenTls = listenTls, Certificate = host.Certificate is null ? null : () => host.Certificate.Current.Context },
                authority,
                AnswerOptions.NewLimiter(host),
                host.Clock.Provider,
                exception => host.Log.LogError(exception, "a query could not be answered"),
                new RequestAnswers(keys, choice, following, () => driver!.Authority));
        }
        catch (NetworkException exception)
        {
            throw OperatorException.CannotRun(exception.Message, exception);
        }
    }

    private void Serve(ZoneSet zones)
    {
        authority = new(zones, answers);
        driver!.Authority = authority;
    }

    private async Task WatchHealthAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookAtHealthEvery, host.Clock.Provider);
        do
            host.Health.Set("zones", ZoneHealth.Of(Views()));
        while (await timer.WaitForNextTickAsync(stop));
    }
}
