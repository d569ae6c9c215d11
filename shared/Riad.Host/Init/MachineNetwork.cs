using System.Collections.Immutable;
using Riad.Net.Dhcp;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>The machine's interfaces: switched on, with the addresses that were set or that the network gives.</summary>
/// <param name="plan">What the operator wants.</param>
/// <param name="resolverFile">Where resolv.conf is written.</param>
/// <param name="clock">Of all leases.</param>
/// <param name="log">The console.</param>
internal sealed class MachineNetwork(NetworkPlan plan, string resolverFile, HostClock clock, MachineLog log) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private const uint Loopback = 1, Metric = 50;

    // The power button stays quick also where nobody hears that an address is given back.
    private static readonly TimeSpan UntilReleased = TimeSpan.FromSeconds(2);

    private readonly RouteSocket routes = new(log);
    private readonly Resolvers resolvers = new(plan.NameServers, resolverFile, log);
    private readonly SystemRandom random = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Lock changing = new();
    private RouterListener? routers;
    private ImmutableArray<TakenInterface> taken = [];
    private string? firstName;

    /// <summary>The leases of this moment, in the order of the interfaces.</summary>
    public ImmutableArray<DhcpLease> Leases => [.. Clients.Select(client => client.Lease).OfType<DhcpLease>()];

    /// <summary>Ends when every interface that asks for a lease now has had one.</summary>
    public Task Leased => Task.WhenAll(Clients.Select(client => client.First));

    private IEnumerable<DhcpDriver> Clients => taken.Select(each => each.Client).OfType<DhcpDriver>();

    /// <summary>Sets everything up; waits for DHCP, but not for ever: the service can begin without it. Interfaces that come later are taken when they come.</summary>
    /// <param name="lookAgain">Done before each further look for interfaces: those behind slow buses need their modules first.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task StartAsync(Action lookAgain, CancellationToken stop)
    {
        resolvers.Set("lo", "", [], domain: null);
        routes.Ask("lo", sequence => RouteRequest.SwitchOn(Loopback, mtu: null, sequence));
        await UntilThereAsync(lookAgain, stop);
        routers = new RouterListener(routes, resolvers, clock, random, log);
        // Before the interfaces are on, so that nothing is missed.
        RouteSocket.Listen(Hear, log);
        Look();
        if (taken.IsEmpty)
            log.Say($"no Ethernet interface");
        _ = Keep("routers", routers.RunAsync, ending.Token);
        foreach (var name in plan.Names.Where(name => taken.All(each => each.Card.Name != name)))
            log.Say($"no interface {name}: there are {string.Join(' ', taken.Select(each => each.Card.Name))}");
        var leased = Leased;
        if (await Task.WhenAny(leased, Task.Delay(Patience, clock.Provider, stop)) != leased)
            log.Say($"no answer to DHCP yet");
    }

    /// <summary>Ends DHCP.</summary>
    /// <param name="givesBack">True to give addresses back, for two seconds at the most.</param>
    public async Task EndAsync(bool givesBack)
    {
        if (givesBack)
        {
            var released = Task.WhenAll([.. taken.Where(each => each.Client?.Lease is not null).Select(Release), routers?.ReleaseAsync() ?? Task.CompletedTask]);
            if (await Task.WhenAny(released, Task.Delay(UntilReleased, clock.Provider)) != released)
                log.Say($"nobody says that an address was given back");
        }
        await ending.CancelAsync();
    }

    /// <summary>Runs something until it ends; what fails is said and begun again, since a machine without a network can not be mended from afar.</summary>
    /// <param name="what">For the console.</param>
    /// <param name="work">It goes on where it was.</param>
    /// <param name="clock">For the pause before it is begun again.</param>
    /// <param name="log">The console.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task KeepAsync(string what, Func<CancellationToken, Task> work, HostClock clock, MachineLog log, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
                return;
            }
            catch (Exception exception)
            {
                if (stop.IsCancellationRequested)
                    return;
                log.Say($"{what} ended, and begins again in {AfterFault.TotalSeconds} s: {exception.Message}");
            }
            await Task.Delay(AfterFault, clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        routes.Dispose();
    }

    private static Task Release(TakenInterface one)
    {
        one.Client!.Release();
        return one.Ended;
    }

    // One behind USB comes a second or two after its bus.
    private async Task UntilThereAsync(Action lookAgain, CancellationToken stop)
    {
        var until = clock.Elapsed + Patience;
        var cards = EthernetInterface.All();
        while ((cards.Count == 0 || plan.Names.Any(name => cards.All(card => card.Name != name))) && clock.Elapsed < until)
        {
            await Task.Delay(LookEvery, clock.Provider, stop);
            lookAgain();
            cards = EthernetInterface.All();
        }
    }

    private void Hear(RouteEvent heard)
    {
        // Of one that is known already there is nothing to take; the end of a list tells what is gone.
        if (heard is RouteEvent.LinkGone or RouteEvent.Answered || (heard is RouteEvent.Link some && taken.All(each => each.Card.Index != some.Index)))
            Look();
        routers!.Hear(heard);
        if (heard is not RouteEvent.Link link)
            return;
        foreach (var client in Clients)
            client.Hear(link);
    }

    // Takes what is there and was not, and leaves what is there no longer.
    private void Look()
    {
        lock (changing)
        {
            if (ending.IsCancellationRequested)
                return;
            var cards = EthernetInterface.All();
            foreach (var gone in taken.Where(each => cards.All(card => card.Index != each.Card.Index)))
                Leave(gone);
            foreach (var card in cards.Where(card => taken.All(each => each.Card.Index != card.Index)))
                Take(card);
        }
    }

    private void Leave(TakenInterface gone)
    {
        taken = taken.Remove(gone);
        log.Say($"{gone.Card.Name}: it is gone");
        // What is still done comes before it is forgotten, and another may have its name next.
        Task.WhenAll(routers!.RemoveAsync(gone.Card), EndAsync(gone)).Wait(UntilReleased);
        resolvers.Forget(gone.Card.Name);
    }

    private static async Task EndAsync(TakenInterface gone)
    {
        await gone.Stop.CancelAsync();
        await gone.Ended;
        gone.Stop.Dispose();
    }

    private void Take(EthernetInterface card)
    {
        firstName ??= card.Name;
        var (v4, v6) = (NetworkPlan.For(plan.IPv4, card.Name), NetworkPlan.For(plan.IPv6, card.Name));
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        var client = v4.Source is AddressSource.Automatic ? new DhcpDriver(card, routes, resolvers, () => AddWaysOut(card, isIPv6: false), clock, random, log) : null;
        if (v6.Source is AddressSource.Automatic)
            routers!.Add(card);
        Start(card, v4, v6);
        taken = taken.Add(new(card, client, client is null ? Task.CompletedTask : Keep($"{card.Name}: DHCP", client.RunAsync, stop.Token), stop));
    }

    private void Start(EthernetInterface card, AddressChoice v4, AddressChoice v6)
    {
        if (v6.Source is AddressSource.None)
            Write($"/proc/sys/net/ipv6/conf/{card.Name}/disable_ipv6", "1");
        // Only what a router says is believed; static addresses want none of it.
        Write($"/proc/sys/net/ipv6/conf/{card.Name}/accept_ra", v6.Source is AddressSource.Automatic ? "1" : "0");
        routes.Ask($"{card.Name}", sequence => RouteRequest.SwitchOn(card.Index, mtu: null, sequence));
        foreach (var choice in (ReadOnlySpan<AddressChoice>)[v4, v6])
        {
            if (choice.Source is not AddressSource.Static)
                continue;
            routes.Ask($"{card.Name}: {choice.Address}/{choice.PrefixLength}", sequence => RouteRequest.AddAddress(card.Index, choice.Address, choice.PrefixLength, sequence));
            log.Say($"{card.Name}: {choice.Address}/{choice.PrefixLength}");
        }
        AddWaysOut(card, isIPv6: true);
        // With DHCP there is no address yet to go out with.
        if (v4.Source is AddressSource.Static)
            AddWaysOut(card, isIPv6: false);
    }

    private void AddWaysOut(EthernetInterface card, bool isIPv6)
    {
        foreach (var gateway in plan.Gateways.Where(gateway => gateway.Address.IsIPv6 == isIPv6 && (gateway.Interface ?? firstName) == card.Name))
            routes.Ask($"{card.Name}: the way out by {gateway.Address}", sequence => RouteRequest.AddDefaultRoute(card.Index, gateway.Address, Metric + card.Index, sequence));
    }

    private Task Keep(string what, Func<CancellationToken, Task> work, CancellationToken stop) => Task.Run(() => KeepAsync(what, work, clock, log, stop), CancellationToken.None);

    private void Write(string file, string value)
    {
        try
        {
            if (File.Exists(file))
                File.WriteAllText(file, value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"{file}: {exception.Message}");
        }
    }

    private sealed record TakenInterface(EthernetInterface Card, DhcpDriver? Client, Task Ended, CancellationTokenSource Stop);
}
