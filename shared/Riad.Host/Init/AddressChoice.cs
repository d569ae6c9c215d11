using Riad.Core;

namespace Riad.Host.Init;

/// <summary>Where an interface gets its address from.</summary>
internal enum AddressSource
{
    /// <summary>From the network: DHCP, or routers' advertisements.</summary>
    Automatic,

    /// <summary>From the operator.</summary>
    Static,

    /// <summary>It gets none.</summary>
    None,
}

/// <summary>An address for an interface.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Address">Given by the operator.</param>
/// <param name="PrefixLength">How many bits of it are the network.</param>
/// <param name="Interface">Null means every Ethernet interface.</param>
internal sealed record AddressChoice(AddressSource Source, IpAddress Address, int PrefixLength, string? Interface);

/// <summary>A way out of the network.</summary>
/// <param name="Address">The router.</param>
/// <param name="Interface">Null means the first Ethernet interface.</param>
internal sealed record GatewayChoice(IpAddress Address, string? Interface);
