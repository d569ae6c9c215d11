using Riad.Net.Arp;

namespace Riad.Net.Dhcp;

/// <summary>What happens to a DHCP client.</summary>
public abstract record DhcpInput
{
    private DhcpInput()
    {
    }

    /// <summary>The time has come that <see cref="DhcpClient.WakeAt"/> named; at first, to begin.</summary>
    public sealed record Tick : DhcpInput;

    /// <summary>A message came. It may be for others.</summary>
    /// <param name="Message">From anyone.</param>
    public sealed record Received(DhcpMessage Message) : DhcpInput;

    /// <summary>A frame of ARP came, while an address is probed. It may be our own.</summary>
    /// <param name="Packet">From anyone.</param>
    public sealed record Heard(ArpPacket Packet) : DhcpInput;

    /// <summary>The interface lost its carrier and has it again, perhaps on another network.</summary>
    public sealed record Reconnected : DhcpInput;

    /// <summary>The machine needs its address no longer.</summary>
    public sealed record Release : DhcpInput;
}
