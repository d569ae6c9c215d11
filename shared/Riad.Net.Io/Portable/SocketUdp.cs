using System.Net;
using System.Net.Sockets;
using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>A socket for questions of our own.</summary>
internal sealed class SocketUdp : IUdpSocket
{
    private readonly Socket socket;
    private readonly IPEndPoint any;

    private SocketUdp(Socket socket)
    {
        this.socket = socket;
        any = new(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        Local = socket.LocalEndPoint.ToEndpoint();
    }

    public IpEndpoint Local { get; }

    internal static SocketUdp Open(IpEndpoint local)
    {
        var opened = new Socket(SocketEndpoints.FamilyOf(local.Address), SocketType.Dgram, ProtocolType.Udp);
        try
        {
            opened.Bind(local.ToNative());
            return new(opened);
        }
        catch (SocketException exception)
        {
            opened.Dispose();
            throw SocketEndpoints.CannotListen(exception, local, "UDP");
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, IpEndpoint destination, CancellationToken cancellation)
    {
        try
        {
            _ = await socket.SendToAsync(octets, SocketFlags.None, destination.ToNative(), cancellation);
        }
        catch (SocketException exception)
        {
            throw new NetworkException(SocketEndpoints.FaultOf(exception), $"cannot send to {destination}: {exception.Message}", exception);
        }
    }

    public async ValueTask<ReceivedDatagram> ReceiveAsync(Memory<byte> space, CancellationToken cancellation)
    {
        try
        {
            var received = await socket.ReceiveFromAsync(space, SocketFlags.None, any, cancellation);
            return new(received.ReceivedBytes, received.RemoteEndPoint.ToEndpoint());
        }
        catch (SocketException exception)
        {
            throw new NetworkException(SocketEndpoints.FaultOf(exception), $"cannot receive on {Local}: {exception.Message}", exception);
        }
    }

    public void Dispose() => socket.Dispose();
}
