using Riad.Core;

namespace Riad.Net;

/// <summary>One host of a <see cref="MemoryNetwork"/>: its addresses and its open ports.</summary>
internal sealed class MemoryHost(MemoryNetwork network, IpAddress[] addresses) : INetwork
{
    private const int FirstEphemeralPort = 49152;

    private readonly Dictionary<IpEndpoint, MemoryUdpPort> datagrams = [];
    private readonly Dictionary<IpEndpoint, MemoryListener> listeners = [];
    private int ephemeral = FirstEphemeralPort;

    internal MemoryNetwork Network => network;

    public IUdpServer ServeUdp(IpEndpoint local, Func<int, IDatagramHandler> handlers)
    {
        local = Claim(local, "UDP", datagrams.ContainsKey);
        var server = new MemoryUdpServer(this, local, handlers(0));
        datagrams.Add(local, server);
        return server;
    }

    public IUdpSocket OpenUdp(IpEndpoint local)
    {
        local = Claim(local, "UDP", datagrams.ContainsKey);
        var socket = new MemoryUdpSocket(this, local);
        datagrams.Add(local, socket);
        return socket;
    }

    public ITcpListener ListenTcp(IpEndpoint local, Func<TcpFlow, Task> serve)
    {
        local = Claim(local, "TCP", listeners.ContainsKey);
        var listener = new MemoryListener(this, local, serve);
        listeners.Add(local, listener);
        return listener;
    }

    public async ValueTask<TcpFlow> ConnectTcpAsync(IpEndpoint remote, CancellationToken cancellation)
    {
        var local = new IpEndpoint(SourceFor(remote.Address), NextPort());
        var link = network.LinkBetween(local.Address, remote.Address);
        var arrived = new TaskCompletionSource<TcpFlow>();
        if (!link.IsCut)
            network.After(link.Latency, () => Answer(local, remote, link, arrived));
        return await arrived.Task.WaitAsync(cancellation);
    }

    internal void Close(IpEndpoint local, MemoryUdpPort port)
    {
        if (datagrams.GetValueOrDefault(local) == port)
            datagrams.Remove(local);
    }

    internal void Close(IpEndpoint local) => listeners.Remove(local);

    internal void Deliver(IpEndpoint from, IpEndpoint to, byte[] octets) => Find(datagrams, to)?.Deliver(from, to.Address, octets);

    /// <summary>The address that a packet to <paramref name="remote"/> leaves from when nobody chose one.</summary>
    internal IpAddress SourceFor(IpAddress remote) => Array.Find(addresses, address => address.IsIPv6 == remote.IsIPv6) is var source && source.IsIPv6 == remote.IsIPv6 && !source.IsAny
        ? source
        : throw new NetworkException(NetworkFault.Unreachable, $"there is no way to {remote}");

    private void Answer(IpEndpoint local, IpEndpoint remote, MemoryLink link, TaskCompletionSource<TcpFlow> arrived)
    {
        var listener = network.HostOf(remote.Address) is { } host ? Find(host.listeners, remote) : null;
        if (listener is null)
        {
            network.After(link.Latency, () => arrived.TrySetException(new NetworkException(NetworkFault.Refused, $"nobody listens on {remote}")));
            return;
        }
        var (ours, theirs) = MemoryFlow.Pair(network, local, remote);
        network.After(link.Latency, () => arrived.TrySetResult(ours));
        listener.Accept(theirs);
    }

    private static T? Find<T>(Dictionary<IpEndpoint, T> ports, IpEndpoint to) where T : class =>
        ports.GetValueOrDefault(to) ?? ports.GetValueOrDefault(to with { Address = AnyOf(to.Address) });

    private static IpAddress AnyOf(IpAddress address) => address.IsIPv6 ? new(default(IPv6Address)) : default;

    private IpEndpoint Claim(IpEndpoint local, string transport, Func<IpEndpoint, bool> isTaken)
    {
        if (!local.Address.IsAny && !addresses.Contains(local.Address))
            throw NetworkException.CannotListen(NetworkFault.AddressNotAvailable, local, transport, "");
        if (local.Port == 0)
            local = local with { Port = NextPort() };
        if (isTaken(local))
            throw NetworkException.CannotListen(NetworkFault.PortTaken, local, transport, "");
        return local;
    }

    private ushort NextPort() => (ushort)(ephemeral = ephemeral == ushort.MaxValue ? FirstEphemeralPort : ephemeral + 1);
}
