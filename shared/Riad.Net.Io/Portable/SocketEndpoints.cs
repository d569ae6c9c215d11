using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>Our endpoints and faults, from and to those of .NET.</summary>
internal static class SocketEndpoints
{
    internal static IPEndPoint ToNative(this IpEndpoint endpoint) => new(ToNative(endpoint.Address), endpoint.Port);

    internal static IpEndpoint ToEndpoint(this EndPoint? endpoint) =>
        endpoint is IPEndPoint native ? new(ToAddress(native.Address), (ushort)native.Port) : default;

    internal static AddressFamily FamilyOf(IpAddress address) => address.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>0.0.0.0 or [::] as the addresses that the host has now, any other address as itself.</summary>
    internal static IpEndpoint[] Expand(IpEndpoint local)
    {
        if (!local.Address.IsAny)
            return [local];
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Where(one => one.Address.AddressFamily == FamilyOf(local.Address) && !one.Address.IsIPv6LinkLocal)
            .Select(one => ToAddress(one.Address))
            .Distinct()
            .Order();
        return [.. addresses.Select(address => local with { Address = address })];
    }

    internal static NetworkFault FaultOf(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => NetworkFault.PortTaken,
        SocketError.AccessDenied => NetworkFault.PermissionDenied,
        SocketError.AddressNotAvailable => NetworkFault.AddressNotAvailable,
        SocketError.ConnectionRefused => NetworkFault.Refused,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => NetworkFault.Unreachable,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.OperationAborted or SocketError.NotConnected => NetworkFault.Reset,
        SocketError.MessageSize => NetworkFault.TooLong,
        _ => NetworkFault.Other,
    };

    internal static NetworkException CannotListen(SocketException exception, IpEndpoint local, string transport) =>
        NetworkException.CannotListen(FaultOf(exception), local, transport, exception.Message);

    private static IPAddress ToNative(IpAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        if (address.IsIPv6)
        {
            address.V6.Write(octets);
            return new(octets);
        }
        BinaryPrimitives.WriteUInt32BigEndian(octets, address.V4.Value);
        return new(octets[..4]);
    }

    private static IpAddress ToAddress(IPAddress native)
    {
        Span<byte> octets = stackalloc byte[16];
        return native.TryWriteBytes(octets, out var length) && length == 16
            ? new(IPv6Address.Read(octets))
            : new(new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets)));
    }
}
