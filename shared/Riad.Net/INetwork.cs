using Riad.Core;

namespace Riad.Net;

/// <summary>A host's way to the network: the kernel's sockets, or a host of a <see cref="MemoryNetwork"/>.</summary>
/// <remarks>
/// Every failure to open is a <see cref="NetworkException"/> whose message is one sentence for the operator.
/// IPv4 and IPv6 are separate: [::] takes no IPv4 traffic, so whoever wants both listens on both.
/// </remarks>
public interface INetwork
{
    /// <summary>Answers datagrams until the server is disposed.</summary>
    /// <param name="local">Where to listen. Port 0 lets the system choose; 0.0.0.0 and [::] mean every address of the host.</param>
    /// <param name="handlers">Called once for each thread, counted from 0, before the first datagram: a handler is used by its thread only.</param>
    /// <remarks>An answer leaves from the address that was asked, and is never sent in fragments.</remarks>
    IUdpServer ServeUdp(IpEndpoint local, Func<int, IDatagramHandler> handlers);

    /// <summary>Opens a socket for questions of our own.</summary>
    /// <param name="local">The address to send from; 0.0.0.0 or [::] lets the system choose, as port 0 does.</param>
    IUdpSocket OpenUdp(IpEndpoint local);

    /// <summary>Accepts connections until the listener is disposed; those that were accepted go on.</summary>
    /// <param name="local">As for <see cref="ServeUdp"/>.</param>
    /// <param name="serve">
    /// Called for each connection, on the thread that the connection belongs to; must not block. The connection is closed when its task ends.
    /// </param>
    ITcpListener ListenTcp(IpEndpoint local, Func<TcpFlow, Task> serve);

    /// <summary>Connects to a server.</summary>
    ValueTask<TcpFlow> ConnectTcpAsync(IpEndpoint remote, CancellationToken cancellation);
}
