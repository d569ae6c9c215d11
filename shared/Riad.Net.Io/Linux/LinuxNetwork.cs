using Riad.Core;
using Riad.Net.Io.Portable;

namespace Riad.Net.Io.Linux;

/// <summary>UDP services by recvmmsg and sendmmsg, TCP services by epoll. Questions of our own go over plain sockets.</summary>
internal sealed class LinuxNetwork : INetwork, IDisposable
{
    private readonly KernelNetworkOptions options;
    private readonly int[] processors = Processors.Allowed();
    private readonly Lock gate = new();
    private Reactor[] reactors = [];

    internal LinuxNetwork(KernelNetworkOptions options) => this.options = options;

    private int Threads => options.Threads > 0 ? options.Threads : processors.Length;

    public IUdpServer ServeUdp(IpEndpoint local, Func<int, IDatagramHandler> handlers) => UdpServer.Open(local, handlers, Threads, ProcessorOf, options);

    public IUdpSocket OpenUdp(IpEndpoint local) => SocketUdp.Open(local);

    public ITcpListener ListenTcp(IpEndpoint local, Func<TcpFlow, Task> serve) => EpollListener.Open(local, serve, Reactors());

    public ValueTask<TcpFlow> ConnectTcpAsync(IpEndpoint remote, CancellationToken cancellation) => SocketFlow.ConnectAsync(remote, cancellation);

    public void Dispose()
    {
        Reactor[] running;
        lock (gate)
            (running, reactors) = (reactors, []);
        foreach (var reactor in running)
            reactor.Dispose();
    }

    private Reactor[] Reactors()
    {
        lock (gate)
        {
            if (reactors.Length == 0)
                reactors = [.. Enumerable.Range(0, Threads).Select(thread => Reactor.Start(thread, ProcessorOf(thread)))];
            return reactors;
        }
    }

    /// <summary>The processor of a thread, or null when it is not bound: with more threads than processors the kernel knows better.</summary>
    private int? ProcessorOf(int thread) => options.Pin && Threads <= processors.Length ? processors[thread] : null;
}
