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

    private readonly RouteSocket routes = new(log);
    private readonly Resolvers resolvers = new(plan.NameServers, resolverFile, log);
    private readonly SystemRandom random = new();
    private ImmutableArray<DhcpDriver> clients = [];

    /// <summary>The leases of this moment, in the order of the interfaces.</summary>
    public ImmutableArray<DhcpLease> Leases => [.. clients.Select(client => client.Lease).OfType<DhcpLease>()];

    /// <summary>Ends when every interface that asks for a lease has had one.</summary>
    public Task Leased => Task.WhenAll(clients.Select(client => client.First));

    /// <summary>Sets everything up; waits for DHCP, but not for ever: the service can begin without it.</summary>
    /// <param name="lookAgain">Done before each further look for interfaces: those behind slow buses need their modules first.</param>
    /// <param name="stop">Ends DHCP too.</param>
    public async Task StartAsync(Action lookAgain, CancellationToken stop)
    {
        resolvers.Set("lo", "", [], domain: null);
        routes.Ask("lo", sequence => RouteRequest.SwitchOn(Loopback, mtu: null, sequence));
        var cards = await FindCardsAsync(lookAgain, stop);
        var drivers = cards
            .Where(card => NetworkPlan.For(plan.IPv4, card.Name).Source is AddressSource.Automatic)
            .Select(card => (Card: card, Driver: new DhcpDriver(card, routes, resolvers, () => AddWaysOut(card, cards, isIPv6: false), clock, random, log))).ToList();
        clients = [.. drivers.Select(each => each.Driver)];
        var routers = new RouterListener(cards.Where(card => NetworkPlan.For(plan.IPv6, card.Name).Source is AddressSource.Automatic), routes, resolvers, clock, random, log);
        // Before the interfaces are on, so that nothing is missed.
        RouteSocket.Listen(heard => Hear(routers, heard));
        if (cards.Count == 0)
            log.Say($"no Ethernet interface");
        foreach (var card in cards)
            Start(card, cards);
        Keep("routers", routers.RunAsync, stop);
        foreach (var (card, driver) in drivers)
            Keep($"{card.Name}: DHCP", driver.RunAsync, stop);
        foreach (var name in plan.Names.Where(name => cards.All(card => card.Name != name)))
            log.Say($"no interface {name}: there are {string.Join(' ', cards.Select(card => card.Name))}");
        var leased = Leased;
        if (await Task.WhenAny(leased, Task.Delay(Patience, clock.Provider, stop)) != leased)
            log.Say($"no answer to DHCP yet");
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

    public void Dispose() => routes.Dispose();

    // One behind USB comes a second or two after its bus.
    private async Task<IReadOnlyList<EthernetInterface>> FindCardsAsync(Action lookAgain, CancellationToken stop)
    {
        var until = clock.Elapsed + Patience;
        var cards = EthernetInterface.All();
        while ((cards.Count == 0 || plan.Names.Any(name => cards.All(card => card.Name != name))) && clock.Elapsed < until)
        {
            await Task.Delay(LookEvery, clock.Provider, stop);
            lookAgain();
            cards = EthernetInterface.All();
        }
        return cards;
    }

    private void Hear(RouterListener routers, RouteEvent heard)
    {
        routers.Hear(heard);
        if (heard is not RouteEvent.Link link)
            return;
        foreach (var client in clients)
            client.Hear(link);
    }

    private void Start(EthernetInterface card, IReadOnlyList<EthernetInterface> cards)
    {
        var v6 = NetworkPlan.For(plan.IPv6, card.Name);
        if (v6.Source is AddressSource.None)
            Write($"/proc/sys/net/ipv6/conf/{card.Name}/disable_ipv6", "1");
        // Only what a router says is believed; static addresses want none of it.
        Write($"/proc/sys/net/ipv6/conf/{card.Name}/accept_ra", v6.Source is AddressSource.Automatic ? "1" : "0");
        routes.Ask($"{card.Name}", sequence => RouteRequest.SwitchOn(card.Index, mtu: null, sequence));
        var v4 = NetworkPlan.For(plan.IPv4, card.Name);
        foreach (var choice in (ReadOnlySpan<AddressChoice>)[v4, v6])
        {
            if (choice.Source is not AddressSource.Static)
                continue;
            routes.Ask($"{card.Name}: {choice.Address}/{choice.PrefixLength}", sequence => RouteRequest.AddAddress(card.Index, choice.Address, choice.PrefixLength, sequence));
            log.Say($"{card.Name}: {choice.Address}/{choice.PrefixLength}");
        }
        AddWaysOut(card, cards, isIPv6: true);
        // With DHCP there is no address yet to go out with.
        if (v4.Source is AddressSource.Static)
            AddWaysOut(card, cards, isIPv6: false);
    }

    private void AddWaysOut(EthernetInterface card, IReadOnlyList<EthernetInterface> cards, bool isIPv6)
    {
        foreach (var gateway in plan.Gateways.Where(gateway => gateway.Address.IsIPv6 == isIPv6 && (gateway.Interface ?? cards[0].Name) == card.Name))
            routes.Ask($"{card.Name}: the way out by {gateway.Address}", sequence => RouteRequest.AddDefaultRoute(card.Index, gateway.Address, Metric + card.Index, sequence));
    }

    private void Keep(string what, Func<CancellationToken, Task> work, CancellationToken stop) => _ = Task.Run(() => KeepAsync(what, work, clock, log, stop), CancellationToken.None);

    private void Write(string file, string value)
    {
        try
        {
            if (File.Exists(file))
                File.WriteAllText(file, value);
        }
        catch (IOException exception)
        {
            log.Say($"{file}: {exception.Message}");
        }
    }
}
