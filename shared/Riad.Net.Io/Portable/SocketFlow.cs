using System.Net.Sockets;
using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>A connection over a plain socket.</summary>
internal sealed class SocketFlow : TcpFlow
{
    private readonly Socket socket;

    internal SocketFlow(Socket socket)
    {
        this.socket = socket;
        socket.NoDelay = true;
        Local = socket.LocalEndPoint.ToEndpoint();
        Remote = socket.RemoteEndPoint.ToEndpoint();
    }

    public override IpEndpoint Local { get; }

    public override IpEndpoint Remote { get; }

    internal static async ValueTask<TcpFlow> ConnectAsync(IpEndpoint remote, CancellationToken cancellation)
    {
        var opened = new Socket(SocketEndpoints.FamilyOf(remote.Address), SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await opened.ConnectAsync(remote.ToNative(), cancellation);
            return new SocketFlow(opened);
        }
        catch (SocketException exception)
        {
            opened.Dispose();
            throw new NetworkException(SocketEndpoints.FaultOf(exception), $"cannot connect to {remote}: {exception.Message}", exception);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Failed(exception);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!buffer.IsEmpty)
                buffer = buffer[await socket.SendAsync(buffer, SocketFlags.None, cancellationToken)..];
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Failed(exception);
        }
    }

    public override void CompleteWriting() => Shutdown(SocketShutdown.Send);

    public override void Abort() => Shutdown(SocketShutdown.Both);

    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side was faster: the flow has ended already, which is what was asked for.
        }
    }

    private NetworkException Failed(Exception exception) => new(
        exception is SocketException fault ? SocketEndpoints.FaultOf(fault) : NetworkFault.Reset,
        $"the connection with {Remote} has ended: {exception.Message}",
        exception);
}
