using System.Collections.Immutable;
using Riad.Net.Dhcp;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>The machine's interfaces: switched on, with the addresses that were set or that the network gives.</summary>
internal sealed class MachineNetwork(NetworkPlan plan, HostClock clock, MachineLog log) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private const uint Loopback = 1, Metric = 50;

    private readonly RouteSocket routes = new(log);
    private readonly Resolvers resolvers = new(plan.NameServers, log);
    private readonly SystemRandom random = new();

    /// <summary>Leases that came while the machine started, in the order of the interfaces.</summary>
    public ImmutableArray<DhcpLease> Leases { get; private set; } = [];

    /// <summary>Sets everything up; waits for DHCP, but not for ever: the service can begin without it.</summary>
    /// <param name="lookAgain">Done before each further look for interfaces: those behind slow buses need their modules first.</param>
    /// <param name="stop">Ends DHCP too.</param>
    public async Task StartAsync(Action lookAgain, CancellationToken stop)
    {
        resolvers.Set("", [], domain: null);
        routes.Ask("lo", sequence => RouteRequest.SwitchOn(Loopback, mtu: null, sequence));
        var cards = await FindCardsAsync(lookAgain, stop);
        // Before the interfaces are on, so that nothing is missed.
        new RouterListener(cards.Where(card => NetworkPlan.For(plan.IPv6, card.Name).Source is AddressSource.Automatic), routes, resolvers, clock, random, log, stop).Start();
        if (cards.Count == 0)
            log.Say($"no Ethernet interface");
        var clients = new List<DhcpDriver>();
        foreach (var card in cards)
            Start(card, isFirst: card == cards[0], clients, stop);
        foreach (var name in plan.Names.Where(name => cards.All(card => card.Name != name)))
            log.Say($"no interface {name}: there are {string.Join(' ', cards.Select(card => card.Name))}");
        var firsts = Task.WhenAll(clients.Select(client => client.First));
        if (await Task.WhenAny(firsts, Task.Delay(Patience, stop)) != firsts)
            log.Say($"no answer to DHCP yet");
        Leases = [.. clients.Where(client => client.First.IsCompletedSuccessfully).Select(client => client.First.Result)];
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

    private void Start(EthernetInterface card, bool isFirst, List<DhcpDriver> clients, CancellationToken stop)
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
        foreach (var gateway in plan.Gateways.Where(gateway => gateway.Interface == card.Name || (gateway.Interface is null && isFirst)))
            routes.Ask($"{card.Name}: the way out by {gateway.Address}", sequence => RouteRequest.AddDefaultRoute(card.Index, gateway.Address, Metric + card.Index, sequence));
        if (v4.Source is not AddressSource.Automatic)
            return;
        var client = new DhcpDriver(card, routes, resolvers, clock, random, log);
        clients.Add(client);
        _ = Task.Run(() => RunAsync(card, client, stop), CancellationToken.None);
    }

    private async Task RunAsync(EthernetInterface card, DhcpDriver client, CancellationToken stop)
    {
        try
        {
            await client.RunAsync(stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            log.Say($"{card.Name}: DHCP ended: {exception.Message}");
        }
    }

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
