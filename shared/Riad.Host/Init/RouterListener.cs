using Riad.Core;
using Riad.Net.Machine;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Does what routers say beyond what the kernel does: uses the resolvers they name, and asks by DHCPv6 where they send it.</summary>
internal sealed class RouterListener(RouteSocket routes, Resolvers resolvers, HostClock clock, IRandom random, MachineLog log)
{
    private readonly Lock following = new();
    private readonly Dictionary<uint, EthernetInterface> cards = [];
    private readonly Dictionary<uint, Asking> asking = [];
    private readonly Inbox<RouteEvent> inbox = new(clock);
    private RouterNameServers named = RouterNameServers.None;

    /// <summary>From now on listens to the routers on an interface too.</summary>
    public void Add(EthernetInterface card)
    {
        lock (following)
            cards.Add(card.Index, card);
    }

    /// <summary>Forgets an interface that is there no longer; ends when nothing asks there any more.</summary>
    public Task RemoveAsync(EthernetInterface card)
    {
        Asking? one;
        lock (following)
        {
            cards.Remove(card.Index);
            named = named.Without(card.Index);
            asking.Remove(card.Index, out one);
        }
        return one is null ? Task.CompletedTask : EndAsync(one);
    }

    /// <summary>Gives back the addresses that it got by DHCPv6; ends when that is done.</summary>
    public Task ReleaseAsync()
    {
        lock (following)
            return Task.WhenAll(asking.Values.Where(one => one.Driver.Address is not null).Select(Release));
    }

    /// <summary>Takes what the kernel says.</summary>
    public void Hear(RouteEvent heard)
    {
        if (heard is not RouteEvent.Answered)
            inbox.Put(heard);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Elapsed? wakeAt;
            lock (following)
                wakeAt = named.WakeAt;
            var heard = await inbox.NextAsync(wakeAt, stop);
            lock (following)
                Follow(heard, stop);
        }
    }

    private static Task Release(Asking one)
    {
        one.Driver.Release();
        return one.Ended;
    }

    private static async Task EndAsync(Asking one)
    {
        await one.Stop.CancelAsync();
        await one.Ended;
        one.Stop.Dispose();
    }

    private void Follow(RouteEvent? heard, CancellationToken stop)
    {
        named = named.After(clock.Elapsed);
        if (heard is RouteEvent.NameServers servers && cards.ContainsKey(servers.Index))
            named = named.With(servers, clock.Elapsed);
        if (heard is RouteEvent.Link link && cards.TryGetValue(link.Index, out var card))
            Follow(card, link, stop);
        if (heard is RouteEvent.Duplicate duplicate && asking.TryGetValue(duplicate.Index, out var one))
            one.Driver.Hear(duplicate);
        foreach (var each in cards.Values)
            resolvers.Set(each.Name, "router", named.Of(each.Index).Select(server => new IpAddress(server)), domain: null);
    }

    // A router that begins to manage addresses changes what is asked; one that ends it leaves what was given.
    private void Follow(EthernetInterface card, RouteEvent.Link link, CancellationToken stop)
    {
        if (asking.TryGetValue(card.Index, out var before))
            before.Driver.Hear(link);
        if (!(link.Managed || link.OtherConfiguration) || (before is not null && (before.WantsAddress || !link.Managed)))
            return;
        before?.Stop.Cancel();
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var driver = new Dhcp6Driver(card, link.Managed, routes, resolvers, clock, random, log);
        var ended = Task.Run(() => MachineNetwork.KeepAsync($"{card.Name}: DHCPv6", driver.RunAsync, clock, log, cancel.Token), CancellationToken.None);
        asking[card.Index] = new(link.Managed, driver, cancel, ended);
    }

    private sealed record Asking(bool WantsAddress, Dhcp6Driver Driver, CancellationTokenSource Stop, Task Ended);
}
