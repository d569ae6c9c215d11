using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>What counts as one client where clients are counted: an IPv4 address, or the /64 of an IPv6 address.</summary>
internal static class ClientNetwork
{
    private const int NetworkBits6 = 64;

    internal static IpAddress Of(IpAddress client) => client.IsIPv6 ? client.Network(NetworkBits6) : client;
}
