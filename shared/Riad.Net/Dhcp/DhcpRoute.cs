using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>A way that a server names.</summary>
/// <param name="Destination">The network; its bits beyond the prefix are zero.</param>
/// <param name="PrefixLength">How many bits of it are the network: 0, for what has no other way, to 32.</param>
/// <param name="Router">Who carries it there; null when the network lies on the interface's own Ethernet.</param>
public readonly record struct DhcpRoute(IPv4Address Destination, int PrefixLength, IPv4Address? Router)
{
    /// <summary>As many are taken; a server that names more is heard no further.</summary>
    public const int MaxRoutes = 64;

    private const int MaxPrefix = 32;

    /// <summary>Reads the option for classless routes: of each the length of its prefix, as many octets of the network as that needs, the router.</summary>
    /// <param name="octets">The whole option, joined.</param>
    /// <param name="routes">The first with each destination, at most <see cref="MaxRoutes"/>.</param>
    /// <returns>False when it holds nothing, is cut short, or names what is no prefix or no router: then none of it is to be believed.</returns>
    /// <remarks>Source: RFC 3442. A router of 0.0.0.0 says that the network is on the link.</remarks>
    public static bool TryReadAll(ReadOnlySpan<byte> octets, out Seq<DhcpRoute> routes)
    {
        var found = new List<DhcpRoute>();
        var reader = new WireReader(octets);
        while (!reader.Failed && reader.Remaining > 0)
        {
            var prefix = reader.ReadByte();
            var bits = 0u;
            for (var index = 0; index < (Math.Min(prefix, (byte)MaxPrefix) + 7) / 8; index++)
                bits |= (uint)reader.ReadByte() << (24 - (8 * index));
            var router = IPv4Address.Read(ref reader);
            if (prefix > MaxPrefix || (router != default && !DhcpLease.IsHost(router)))
                reader.Fail(WireFault.Malformed);
            var route = new DhcpRoute(new(prefix == 0 ? 0 : bits & (uint.MaxValue << (MaxPrefix - prefix))), prefix, router == default ? null : router);
            if (found.Count < MaxRoutes && !found.Exists(other => (other.Destination, other.PrefixLength) == (route.Destination, route.PrefixLength)))
                found.Add(route);
        }
        routes = reader.Failed ? default : found.ToSeq();
        return routes.Count > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Destination}/{PrefixLength} by {Router?.ToString() ?? "nobody"}";
}
