using Riad.Core;
using Riad.Net.Io.Linux;
using Riad.Net.Io.Portable;

namespace Riad.Net.Io;

/// <summary>The host's own network. On Linux: batched datagrams and an event loop per processor; elsewhere plain sockets.</summary>
public sealed class KernelNetwork : INetwork, IDisposable
{
    private readonly INetwork network;

    /// <summary>Opens nothing yet.</summary>
    public KernelNetwork(KernelNetworkOptions options) => network = options.Portable ? new SocketNetwork(options) : new LinuxNetwork(options);

    /// <inheritdoc/>
    public IUdpServer ServeUdp(IpEndpoint local, Func<int, IDatagramHandler> handlers) => network.ServeUdp(local, handlers);

    /// <inheritdoc/>
    public IUdpSocket OpenUdp(IpEndpoint local) => network.OpenUdp(local);

    /// <inheritdoc/>
    public ITcpListener ListenTcp(IpEndpoint local, Func<TcpFlow, Task> serve) => network.ListenTcp(local, serve);

    /// <inheritdoc/>
    public ValueTask<TcpFlow> ConnectTcpAsync(IpEndpoint remote, CancellationToken cancellation) => network.ConnectTcpAsync(remote, cancellation);

    /// <summary>Ends the event loops. Services are disposed first, by their owners.</summary>
    public void Dispose() => (network as IDisposable)?.Dispose();
}
