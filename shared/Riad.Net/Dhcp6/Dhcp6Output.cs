using Riad.Core;

namespace Riad.Net.Dhcp6;

/// <summary>What a DHCPv6 client wants done.</summary>
public abstract record Dhcp6Output
{
    private Dhcp6Output()
    {
    }

    /// <summary>Send to port 547 of all servers of the link, ff02::1:2.</summary>
    /// <param name="Message">To be written.</param>
    public sealed record Send(Dhcp6Message Message) : Dhcp6Output;

    /// <summary>Give the interface this address, alone: which network it lies in, routers say.</summary>
    /// <param name="Address">Until <see cref="Unbind"/>.</param>
    public sealed record Bind(IPv6Address Address) : Dhcp6Output;

    /// <summary>Take the address away: its time is over, or it was refused.</summary>
    /// <param name="Address">The one of <see cref="Bind"/>.</param>
    public sealed record Unbind(IPv6Address Address) : Dhcp6Output;

    /// <summary>Use these resolvers, in place of those named before.</summary>
    /// <param name="NameServers">Perhaps none.</param>
    /// <param name="Domains">What to add to short names.</param>
    public sealed record Name(Seq<IPv6Address> NameServers, Seq<string> Domains) : Dhcp6Output;
}
