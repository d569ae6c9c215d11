using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>One socket and one thread per processor on the same port; the kernel spreads clients over them by a hash of their address.</summary>
internal sealed class UdpServer : IUdpServer
{
    private readonly UdpThread[] threads;

    private UdpServer(IpEndpoint local, UdpThread[] threads) => (Local, this.threads) = (local, threads);

    public IpEndpoint Local { get; }

    internal static UdpServer Open(IpEndpoint local, Func<int, IDatagramHandler> handlers, int threads, Func<int, int?> processorOf, KernelNetworkOptions options)
    {
        var opened = new List<UdpThread>(threads);
        try
        {
            for (var thread = 0; thread < threads; thread++)
            {
                var descriptor = Descriptor.OpenBound(local, Native.SOCK_DGRAM, first: thread == 0);
                local = Descriptor.LocalOf(descriptor);
                opened.Add(new(descriptor, local, handlers(thread), options));
            }
        }
        catch
        {
            opened.ForEach(thread => thread.Close());
            throw;
        }
        for (var thread = 0; thread < threads; thread++)
            opened[thread].Start($"udp {local} {thread}", processorOf(thread));
        return new(local, [.. opened]);
    }

    public void Dispose()
    {
        foreach (var thread in threads)
            thread.Stop();
        foreach (var thread in threads)
            thread.Join();
    }
}
