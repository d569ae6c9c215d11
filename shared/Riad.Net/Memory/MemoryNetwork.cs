using Riad.Core;

namespace Riad.Net;

/// <summary>Hosts in one process, on one thread. Deterministic: the same seed and the same calls give the same conversation.</summary>
/// <param name="clock">Carries the octets: nothing arrives while it stands still.</param>
/// <param name="seed">Decides which datagrams are lost, doubled or late.</param>
public sealed class MemoryNetwork(TimeProvider clock, ulong seed)
{
    private readonly Dictionary<IpAddress, MemoryHost> hosts = [];
    private readonly Dictionary<(IpAddress From, IpAddress To), MemoryLink> links = [];
    private ulong state = seed;

    /// <summary>How octets travel where no link was set.</summary>
    public MemoryLink Link { get; set; }

    internal TimeProvider Clock { get; } = clock;

    /// <summary>Adds a host with one or more addresses, each of them new.</summary>
    public INetwork AddHost(params IpAddress[] addresses)
    {
        ArgumentOutOfRangeException.ThrowIfZero(addresses.Length, nameof(addresses));
        var host = new MemoryHost(this, addresses);
        foreach (var address in addresses)
            hosts.Add(address, host);
        return host;
    }

    /// <summary>Sets how octets travel between two addresses, both ways.</summary>
    public void SetLink(IpAddress one, IpAddress other, MemoryLink link)
    {
        links[(one, other)] = link;
        links[(other, one)] = link;
    }

    internal MemoryLink LinkBetween(IpAddress from, IpAddress to) => links.GetValueOrDefault((from, to), Link);

    internal MemoryHost? HostOf(IpAddress address) => hosts.GetValueOrDefault(address);

    /// <summary>Carries a datagram, or loses it.</summary>
    internal void Send(IpEndpoint from, IpEndpoint to, ReadOnlySpan<byte> octets)
    {
        var link = LinkBetween(from.Address, to.Address);
        if (link.DatagramOctets > 0 && octets.Length > link.DatagramOctets)
            throw new NetworkException(NetworkFault.TooLong, $"a datagram of {octets.Length} octets to {to} is too long");
        if (link.Loss > 0 && Chance() < link.Loss)
            return;
        var copy = octets.ToArray();
        After(Delay(link), () => HostOf(to.Address)?.Deliver(from, to, copy));
        if (link.Duplication > 0 && Chance() < link.Duplication)
            After(Delay(link), () => HostOf(to.Address)?.Deliver(from, to, copy));
    }

    /// <summary>Does something later; at zero delay, after what is due already.</summary>
    internal void After(TimeSpan delay, Action action) =>
        _ = Clock.CreateTimer(static state => ((Action)state!)(), action, delay, Timeout.InfiniteTimeSpan);

    private TimeSpan Delay(MemoryLink link) => link.Latency + (link.Jitter * Chance());

    /// <summary>An even number from 0 to just below 1, from SplitMix64.</summary>
    private double Chance()
    {
        state += 0x9e3779b97f4a7c15;
        var mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        return ((mixed ^ mixed >> 31) >> 11) * (1.0 / (1UL << 53));
    }
}
