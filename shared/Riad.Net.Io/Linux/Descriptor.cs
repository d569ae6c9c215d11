using System.Runtime.InteropServices;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>Opens sockets and turns the kernel's refusals into sentences.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Opens a UDP or TCP socket for a service and binds it.</summary>
    /// <param name="local">Where to listen.</param>
    /// <param name="type">SOCK_DGRAM or SOCK_STREAM, with flags.</param>
    /// <param name="first">
    /// The first socket of a service binds alone, so that a port that another program holds is noticed even when that program
    /// shares its ports too; only then is the port opened for our other threads.
    /// </param>
    internal static int OpenBound(IpEndpoint local, int type, bool first)
    {
        var transport = (type & 0xf) == Native.SOCK_DGRAM ? "UDP" : "TCP";
        var descriptor = Native.Socket(SocketAddress.FamilyOf(local.Address), type | Native.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            throw CannotListen(local, transport);
        try
        {
            if (local.Address.IsIPv6)
                Set(descriptor, Native.IPPROTO_IPV6, Native.IPV6_V6ONLY, 1);
            if ((type & 0xf) == Native.SOCK_STREAM)
                Set(descriptor, Native.SOL_SOCKET, Native.SO_REUSEADDR, 1);
            if (!first)
                Set(descriptor, Native.SOL_SOCKET, Native.SO_REUSEPORT, 1);
            var address = stackalloc byte[SocketAddress.MaxOctets];
            var length = SocketAddress.Write(new(address, SocketAddress.MaxOctets), local);
            if (Native.Bind(descriptor, address, (uint)length) < 0)
                throw CannotListen(local, transport);
            if (first)
                Set(descriptor, Native.SOL_SOCKET, Native.SO_REUSEPORT, 1);
            return descriptor;
        }
        catch
        {
            _ = Native.Close(descriptor);
            throw;
        }
    }

    /// <summary>Sets a whole number; an option that this kernel does not know is left alone.</summary>
    internal static void Set(int descriptor, int level, int name, int value) =>
        _ = Native.SetSocketOption(descriptor, level, name, &value, sizeof(int));

    /// <summary>The address and port that a socket has.</summary>
    internal static IpEndpoint LocalOf(int descriptor)
    {
        var address = stackalloc byte[SocketAddress.MaxOctets];
        uint length = SocketAddress.MaxOctets;
        return Native.GetSocketName(descriptor, address, &length) < 0 ? default : SocketAddress.Read(new(address, SocketAddress.MaxOctets));
    }

    /// <summary>The refusal of the system call that just failed.</summary>
    internal static NetworkException CannotListen(IpEndpoint local, string transport)
    {
        var error = Marshal.GetLastPInvokeError();
        return NetworkException.CannotListen(FaultOf(error), local, transport, Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>What a number of the kernel means to us.</summary>
    internal static NetworkFault FaultOf(int error) => error switch
    {
        Native.EADDRINUSE => NetworkFault.PortTaken,
        Native.EACCES or Native.EPERM => NetworkFault.PermissionDenied,
        Native.EADDRNOTAVAIL => NetworkFault.AddressNotAvailable,
        Native.ECONNREFUSED => NetworkFault.Refused,
        Native.ENETUNREACH or Native.EHOSTUNREACH => NetworkFault.Unreachable,
        Native.ECONNRESET or Native.EPIPE or Native.ENOTCONN or Native.ECONNABORTED => NetworkFault.Reset,
        Native.EMSGSIZE => NetworkFault.TooLong,
        _ => NetworkFault.Other,
    };
}
