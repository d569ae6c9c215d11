using System.Runtime.InteropServices;
using Riad.Core;

namespace Riad.Net.Io.Linux;

/// <summary>One listening socket for each reactor, on the same port: a connection stays with the thread that accepted it.</summary>
internal sealed class EpollListener : ITcpListener
{
    private const int Backlog = 1024;   // the kernel takes the smaller of this and net.core.somaxconn

    private readonly Acceptor[] acceptors;

    private EpollListener(IpEndpoint local, Acceptor[] acceptors) => (Local, this.acceptors) = (local, acceptors);

    public IpEndpoint Local { get; }

    internal static EpollListener Open(IpEndpoint local, Func<TcpFlow, Task> serve, Reactor[] reactors)
    {
        var opened = new List<Acceptor>(reactors.Length);
        try
        {
            foreach (var reactor in reactors)
            {
                var descriptor = Descriptor.OpenBound(local, Native.SOCK_STREAM | Native.SOCK_NONBLOCK, first: opened.Count == 0);
                local = Descriptor.LocalOf(descriptor);
                opened.Add(new(descriptor, reactor, serve));
                if (Native.Listen(descriptor, Backlog) < 0)
                    throw Descriptor.CannotListen(local, "TCP");
            }
        }
        catch
        {
            opened.ForEach(acceptor => acceptor.Close());
            throw;
        }
        opened.ForEach(acceptor => acceptor.Watch());
        return new(local, [.. opened]);
    }

    public void Dispose() => Array.ForEach(acceptors, acceptor => acceptor.Close());

    private sealed class Acceptor : ReactorSource
    {
        private readonly Reactor reactor;
        private readonly Func<TcpFlow, Task> serve;
        private readonly Lock gate = new();
        private int descriptor;
        private int spare = OpenSpare();
        private bool watched;

        internal Acceptor(int descriptor, Reactor reactor, Func<TcpFlow, Task> serve)
        {
            (this.descriptor, this.reactor, this.serve) = (descriptor, reactor, serve);
            Descriptor.Set(descriptor, Native.IPPROTO_TCP, Native.TCP_NODELAY, 1);   // accepted sockets inherit it
        }

        internal void Watch() => watched = reactor.TryAdd(this, descriptor, Native.EPOLLIN);

        internal void Close()
        {
            lock (gate)
            {
                if (descriptor < 0)
                    return;
                if (watched)
                    reactor.Remove(this);
                _ = Native.Close(descriptor);
                _ = Native.Close(spare);
                descriptor = -1;
            }
        }

        internal override void OnReady(uint events)
        {
            while (TryAccept(out var flow))
            {
                if (flow is not null)
                    _ = ServeAsync(flow);
            }
        }

        private unsafe bool TryAccept(out EpollFlow? flow)
        {
            flow = null;
            lock (gate)
            {
                if (descriptor < 0)
                    return false;
                var address = stackalloc byte[SocketAddress.MaxOctets];
                uint length = SocketAddress.MaxOctets;
                var accepted = Native.Accept(descriptor, address, &length, Native.SOCK_NONBLOCK | Native.SOCK_CLOEXEC);
                if (accepted < 0)
                    return IsWorthAnotherTry(Marshal.GetLastPInvokeError());
                flow = new(accepted, reactor, Descriptor.LocalOf(accepted), SocketAddress.Read(new(address, SocketAddress.MaxOctets)));
                return true;
            }
        }

        private unsafe bool IsWorthAnotherTry(int error)
        {
            if (error is not (Native.EMFILE or Native.ENFILE))
                return error is Native.EINTR or Native.ECONNABORTED;
            // Out of descriptors: give up the spare one to take the connection and end it, otherwise it would be reported for ever.
            _ = Native.Close(spare);
            var refused = Native.Accept(descriptor, null, null, Native.SOCK_CLOEXEC);
            if (refused >= 0)
                _ = Native.Close(refused);
            spare = OpenSpare();
            return refused >= 0;
        }

        private async Task ServeAsync(EpollFlow flow)
        {
            await using (flow)
            {
                if (flow.TryWatch())
                    await serve(flow);
            }
        }

        private static int OpenSpare() => Native.EventDescriptor(0, Native.EFD_CLOEXEC);
    }
}
