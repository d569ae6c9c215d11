using Riad.Core;
using Riad.Net.Arp;

namespace Riad.Net.Dhcp;

/// <summary>What a DHCP client wants done.</summary>
public abstract record DhcpOutput
{
    private DhcpOutput()
    {
    }

    /// <summary>Send to port 67 of a server; to 255.255.255.255 from an interface that may have no address.</summary>
    /// <param name="Message">To be written.</param>
    /// <param name="To">A server, or the broadcast address.</param>
    public sealed record Send(DhcpMessage Message, IPv4Address To) : DhcpOutput;

    /// <summary>Send a frame to everyone on the Ethernet, and until the next tick hear what others say there.</summary>
    /// <param name="Packet">A probe, or after <see cref="Bind"/> an announcement.</param>
    public sealed record Broadcast(ArpPacket Packet) : DhcpOutput;

    /// <summary>The address that a server gave is in use by another; the operator should know.</summary>
    /// <param name="Lease">It was not bound.</param>
    public sealed record Conflict(DhcpLease Lease) : DhcpOutput;

    /// <summary>Give the interface this address; it has none from us yet.</summary>
    /// <param name="Lease">Also with the way out and the resolvers.</param>
    public sealed record Bind(DhcpLease Lease) : DhcpOutput;

    /// <summary>The lease goes on; its resolvers and names may have changed.</summary>
    /// <param name="Lease">With the same address, network, router and largest packet as before: what differs in one of them is unbound and bound.</param>
    public sealed record Renew(DhcpLease Lease) : DhcpOutput;

    /// <summary>Take the address away: the lease is over, was refused, or is about to be bound anew with something else.</summary>
    /// <param name="Lease">The one that was in force.</param>
    public sealed record Unbind(DhcpLease Lease) : DhcpOutput;
}
