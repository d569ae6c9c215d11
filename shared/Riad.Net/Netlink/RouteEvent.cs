using Riad.Core;

namespace Riad.Net.Netlink;

/// <summary>What a kernel says about its network.</summary>
public abstract record RouteEvent
{
    private RouteEvent()
    {
    }

    /// <summary>A request was done, with all that it asked for, or refused.</summary>
    /// <param name="Sequence">That of the request.</param>
    /// <param name="Error">0, or the number of the error as in errno(3).</param>
    public sealed record Answered(uint Sequence, int Error) : RouteEvent;

    /// <summary>An interface is there, or has changed.</summary>
    /// <param name="Index">The kernel's number of it.</param>
    /// <param name="HasCarrier">True when it is on and something is at the other end.</param>
    /// <param name="Managed">True when a router says that addresses come from DHCPv6 (RFC 4861 §4.2, M).</param>
    /// <param name="OtherConfiguration">True when a router says that anything else comes from DHCPv6 (RFC 4861 §4.2, O).</param>
    /// <param name="CarrierUps">How often it got its carrier until now; 0 when the message does not say.</param>
    public sealed record Link(uint Index, bool HasCarrier, bool Managed, bool OtherConfiguration, uint CarrierUps = 0) : RouteEvent;

    /// <summary>An interface is there no longer.</summary>
    /// <param name="Index">The kernel's number of it, which no other gets soon.</param>
    public sealed record LinkGone(uint Index) : RouteEvent;

    /// <summary>A router names resolvers.</summary>
    /// <param name="Index">The interface that it was heard on.</param>
    /// <param name="Servers">At most eight.</param>
    /// <param name="Lifetime">For how long; zero takes them back; null is for ever.</param>
    /// <remarks>Source: RFC 8106 §5.1.</remarks>
    public sealed record NameServers(uint Index, Seq<IPv6Address> Servers, TimeSpan? Lifetime) : RouteEvent;

    /// <summary>Another on the link has an address of the interface (RFC 4862 §5.4.5).</summary>
    /// <param name="Index">The kernel's number of the interface.</param>
    /// <param name="Address">The kernel does not use it.</param>
    public sealed record Duplicate(uint Index, IPv6Address Address) : RouteEvent;
}
