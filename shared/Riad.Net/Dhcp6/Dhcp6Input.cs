using Riad.Core;

namespace Riad.Net.Dhcp6;

/// <summary>What happens to a DHCPv6 client.</summary>
public abstract record Dhcp6Input
{
    private Dhcp6Input()
    {
    }

    /// <summary>The time has come that <see cref="Dhcp6Client.WakeAt"/> named; at first, to begin.</summary>
    public sealed record Tick : Dhcp6Input;

    /// <summary>A message came. It may be for others.</summary>
    /// <param name="Message">From anyone on the link.</param>
    public sealed record Received(Dhcp6Message Message) : Dhcp6Input;

    /// <summary>The interface lost its carrier and has it again, perhaps on another network.</summary>
    public sealed record Reconnected : Dhcp6Input;

    /// <summary>The kernel found that another on the link has an address of the interface.</summary>
    /// <param name="Address">Perhaps one that is not the client's.</param>
    public sealed record Duplicate(IPv6Address Address) : Dhcp6Input;

    /// <summary>The machine needs its address no longer.</summary>
    public sealed record Release : Dhcp6Input;
}
