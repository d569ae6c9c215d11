using System.Net;
using Riad.Core;

namespace Riad.Host.Http;

/// <summary>From .NET's addresses to ours and back.</summary>
public static class Addresses
{
    /// <summary>The address; an IPv4 address inside IPv6 as IPv4.</summary>
    public static IpAddress ToRiad(this IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        if (!address.TryWriteBytes(octets, out var length))
            throw new ArgumentException($"{address} is no IP address", nameof(address));
        return length == 4
            ? new(new IPv4Address(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(octets)))
            : new IpAddress(IPv6Address.Read(octets)).Unmapped;
    }

    /// <summary>The address and port.</summary>
    public static IPEndPoint ToSystem(this IpEndpoint endpoint)
    {
        Span<byte> octets = stackalloc byte[16];
        if (endpoint.Address.IsIPv6)
        {
            endpoint.Address.V6.Write(octets);
            return new(new IPAddress(octets), endpoint.Port);
        }
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, endpoint.Address.V4.Value);
        return new(new IPAddress(octets[..4]), endpoint.Port);
    }

    /// <summary>What counts as one client: an IPv4 address, or an IPv6 /64, all of which one client can use.</summary>
    public static IpAddress ClientNetwork(this IpAddress address) => address.IsIPv6 ? address.Network(64) : address;
}
