using Riad.Core;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Does what routers say beyond what the kernel does: uses the resolvers they name, and asks by DHCPv6 where they send it.</summary>
internal sealed class RouterListener(IEnumerable<EthernetInterface> cards, RouteSocket routes, Resolvers resolvers, HostClock clock, IRandom random, MachineLog log, CancellationToken stop)
{
    private readonly Dictionary<uint, EthernetInterface> cards = cards.ToDictionary(card => card.Index);
    private readonly Dictionary<uint, Asking> asking = [];

    /// <summary>Listens on a thread of its own, for ever.</summary>
    public void Start() => new Thread(() => RouteSocket.Hear(Hear)) { IsBackground = true, Name = "routers" }.Start();

    private void Hear(RouteEvent heard)
    {
        switch (heard)
        {
            case RouteEvent.NameServers(var index, var servers, var lifetime) when cards.TryGetValue(index, out var card):
                resolvers.Set(card.Name + " router", lifetime == TimeSpan.Zero ? [] : servers.Select(server => new IpAddress(server)), domain: null);
                break;
            case RouteEvent.Link(var index, _, var managed, var other) when (managed || other) && cards.TryGetValue(index, out var card):
                Ask(card, managed);
                break;
        }
    }

    // A router that begins to manage addresses changes what is asked; one that ends it leaves what was given.
    private void Ask(EthernetInterface card, bool wantsAddress)
    {
        if (asking.TryGetValue(card.Index, out var before) && (before.WantsAddress || !wantsAddress))
            return;
        before?.Stop.Cancel();
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        asking[card.Index] = new(wantsAddress, cancel);
        var driver = new Dhcp6Driver(card, wantsAddress, routes, resolvers, clock, random, log);
        _ = Task.Run(() => RunAsync(card, driver, cancel.Token), CancellationToken.None);
    }

    private async Task RunAsync(EthernetInterface card, Dhcp6Driver driver, CancellationToken cancelled)
    {
        try
        {
            await driver.RunAsync(cancelled);
        }
        catch (Exception exception) when (!cancelled.IsCancellationRequested)
        {
            log.Say($"{card.Name}: DHCPv6 ended: {exception.Message}");
        }
    }

    private sealed record Asking(bool WantsAddress, CancellationTokenSource Stop);
}
