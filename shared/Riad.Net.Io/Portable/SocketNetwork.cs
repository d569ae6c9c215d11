using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>The same services over plain sockets: for a contributor's machine, not for load.</summary>
internal sealed class SocketNetwork(KernelNetworkOptions options) : INetwork
{
    public IUdpServer ServeUdp(IpEndpoint local, Func<int, IDatagramHandler> handlers) => SocketUdpServer.Open(local, handlers, options);

    public IUdpSocket OpenUdp(IpEndpoint local) => SocketUdp.Open(local);

    public ITcpListener ListenTcp(IpEndpoint local, Func<TcpFlow, Task> serve) => SocketListener.Open(local, serve);

    public ValueTask<TcpFlow> ConnectTcpAsync(IpEndpoint remote, CancellationToken cancellation) => SocketFlow.ConnectAsync(remote, cancellation);
}
