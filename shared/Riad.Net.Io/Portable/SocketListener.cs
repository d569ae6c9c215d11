using System.Net.Sockets;
using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>Accepts connections on a plain socket.</summary>
internal sealed class SocketListener : ITcpListener
{
    private const int Backlog = 1024;
    private readonly Socket socket;
    private Task accepting = Task.CompletedTask;

    private SocketListener(Socket socket) => (this.socket, Local) = (socket, socket.LocalEndPoint.ToEndpoint());

    public IpEndpoint Local { get; }

    internal static SocketListener Open(IpEndpoint local, Func<TcpFlow, Task> serve)
    {
        var opened = new Socket(SocketEndpoints.FamilyOf(local.Address), SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (local.Address.IsIPv6)
                opened.DualMode = false;
            opened.Bind(local.ToNative());
            opened.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            opened.Dispose();
            throw SocketEndpoints.CannotListen(exception, local, "TCP");
        }
        var listener = new SocketListener(opened);
        listener.accepting = Task.Run(() => listener.AcceptAsync(serve));
        return listener;
    }

    public void Dispose()
    {
        socket.Dispose();
        accepting.Wait();   // the kernel closes the port only when nobody waits on it
    }

    private async Task AcceptAsync(Func<TcpFlow, Task> serve)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync();
                _ = Task.Run(() => ServeAsync(accepted, serve));   // whatever it does, it cannot hold this loop
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket)
            {
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));   // out of descriptors: some will be closed
            }
        }
    }

    private static async Task ServeAsync(Socket accepted, Func<TcpFlow, Task> serve)
    {
        using (accepted)
        await using (var flow = new SocketFlow(accepted))
            await serve(flow);
    }
}
