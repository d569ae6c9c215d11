using Riad.Core;

namespace Riad.Net;

/// <summary>The network refused. The message is one sentence that an operator can act on.</summary>
public sealed class NetworkException(NetworkFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What was refused.</summary>
    public NetworkFault Fault { get; } = fault;

    /// <summary>Why a service could not listen, in the same words on every network.</summary>
    /// <param name="fault">What was refused.</param>
    /// <param name="local">Where it was to listen.</param>
    /// <param name="transport">"UDP" or "TCP".</param>
    /// <param name="detail">The system's own words, for faults that have none here.</param>
    public static NetworkException CannotListen(NetworkFault fault, IpEndpoint local, string transport, string detail) => new(fault, fault switch
    {
        NetworkFault.PortTaken => $"{transport} port {local.Port} on {local.Address} is already taken; stop the other program or choose another port than {local}",
        NetworkFault.PermissionDenied when local.Port is > 0 and < 1024 =>
            $"no permission to listen on {transport} {local}: a port below 1024 needs CAP_NET_BIND_SERVICE (or root); grant it or choose a port from 1024",
        NetworkFault.PermissionDenied => $"no permission to listen on {transport} {local}",
        NetworkFault.AddressNotAvailable => $"cannot listen on {transport} {local}: no interface of this host has the address {local.Address}",
        NetworkFault.Refused or NetworkFault.Unreachable or NetworkFault.Reset or NetworkFault.TooLong or NetworkFault.Other =>
            $"cannot listen on {transport} {local}: {detail}",
    });
}
