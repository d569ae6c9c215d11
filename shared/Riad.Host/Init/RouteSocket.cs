using Riad.Core;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Asks the kernel for changes to interfaces, addresses and ways, one at a time, and hears what routers say.</summary>
internal sealed class RouteSocket(MachineLog log) : IDisposable
{
    private const int Route = 0;
    private const uint Links = 1, AddressesOfIPv6 = 1u << 8, LinksOfIPv6 = 1u << 11, UserOptions = 1u << 19;

    private readonly Lock asking = new();
    private readonly int descriptor = Open(Route, groups: 0);
    private uint sequence;
    private bool isClosed;

    /// <summary>Asks, and waits for the answer; what is refused is said on the console.</summary>
    /// <param name="what">For the console: what could not be done.</param>
    /// <param name="write">Makes the request with its sequence number.</param>
    /// <param name="tolerated">Errors that mean that there is nothing to do.</param>
    public bool Ask(string what, Func<uint, byte[]> write, params ReadOnlySpan<int> tolerated)
    {
        lock (asking)
        {
            // Its number may be another file's by now.
            if (isClosed)
                return false;
            var error = Exchange(write(++sequence));
            if (error == 0 || tolerated.Contains(error))
                return true;
            log.Say($"{what} cannot be done: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");
            return false;
        }
    }

    /// <summary>From now on hands over what the kernel says of itself, for ever: on a thread of its own.</summary>
    /// <param name="heard">Gets all of it.</param>
    /// <param name="log">The console.</param>
    public static void Listen(Action<RouteEvent> heard, MachineLog log) =>
        new RouteListener(Open(Route, Links | AddressesOfIPv6 | LinksOfIPv6 | UserOptions), heard, log).Start();

    /// <summary>Opens a socket to the kernel.</summary>
    /// <param name="protocol">What about.</param>
    /// <param name="groups">What to hear without asking, a bit each.</param>
    /// <exception cref="IOException">The kernel refuses it.</exception>
    internal static unsafe int Open(int protocol, uint groups)
    {
        var socket = Native.Socket(Native.AF_NETLINK, Native.SOCK_RAW | Native.SOCK_CLOEXEC, protocol);
        if (socket < 0)
            throw new IOException($"no netlink socket: {Native.Reason}");
        // struct sockaddr_nl: family, padding, port chosen by the kernel, groups.
        var address = stackalloc uint[3];
        (address[0], address[1], address[2]) = (Native.AF_NETLINK, 0, groups);
        if (Native.Bind(socket, (byte*)address, 12) == 0)
            return socket;
        var reason = Native.Reason;
        _ = Native.Close(socket);
        throw new IOException($"no netlink address: {reason}");
    }

    public void Dispose()
    {
        lock (asking)
        {
            isClosed = true;
            _ = Native.Close(descriptor);
        }
    }

    private unsafe int Exchange(byte[] request)
    {
        fixed (byte* octets = request)
        {
            if (Native.Send(descriptor, octets, (nuint)request.Length, 0) < 0)
                return System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        }
        var answer = stackalloc byte[4096];
        while (true)
        {
            var length = Native.Receive(descriptor, answer, 4096, 0);
            if (length <= 0)
                return System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
            foreach (var each in RouteEventReader.Read(new(answer, (int)length)))
            {
                if (each is RouteEvent.Answered(var number, var error) && number == sequence)
                    return error;
            }
        }
    }
}
