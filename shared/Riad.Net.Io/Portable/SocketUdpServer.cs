using System.Net;
using System.Net.Sockets;
using Riad.Core;

namespace Riad.Net.Io.Portable;

/// <summary>Answers datagrams over plain sockets, one thread and one socket for each address.</summary>
/// <remarks>
/// A plain socket cannot choose the address that an answer leaves from, so 0.0.0.0 and [::] become a socket for each address that
/// the host has at the start.
/// </remarks>
internal sealed class SocketUdpServer : IUdpServer
{
    private readonly List<Socket> sockets = [];
    private readonly List<Thread> threads = [];
    private volatile bool stopping;

    private SocketUdpServer(IpEndpoint local) => Local = local;

    public IpEndpoint Local { get; private set; }

    internal static SocketUdpServer Open(IpEndpoint local, Func<int, IDatagramHandler> handlers, KernelNetworkOptions options)
    {
        var server = new SocketUdpServer(local);
        try
        {
            foreach (var address in SocketEndpoints.Expand(local))
                server.sockets.Add(server.Bind(address with { Port = server.Local.Port }, options));
        }
        catch
        {
            server.Dispose();
            throw;
        }
        for (var thread = 0; thread < server.sockets.Count; thread++)
            server.Start(server.sockets[thread], handlers(thread), options, thread);
        return server;
    }

    public void Dispose()
    {
        stopping = true;
        sockets.ForEach(socket => socket.Dispose());
        threads.ForEach(thread => thread.Join());
    }

    private Socket Bind(IpEndpoint local, KernelNetworkOptions options)
    {
        var socket = new Socket(SocketEndpoints.FamilyOf(local.Address), SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = options.ReceiveBufferOctets;
            if (local.Address.IsIPv6)
                NeverFragmentIPv6(socket);
            else
                socket.DontFragment = true;
            socket.Bind(local.ToNative());
            Local = Local with { Port = socket.LocalEndPoint.ToEndpoint().Port };
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw SocketEndpoints.CannotListen(exception, local, "UDP");
        }
    }

    private static void NeverFragmentIPv6(Socket socket)
    {
        const int Ipv6 = 41;
        const int DontFragment = 62;   // the same number on Linux and on a Mac; .NET has a name for IPv4's only
        socket.DualMode = false;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            socket.SetRawSocketOption(Ipv6, DontFragment, [1, 0, 0, 0]);
    }

    private void Start(Socket socket, IDatagramHandler handler, KernelNetworkOptions options, int number)
    {
        var source = new SocketAddress(socket.AddressFamily);
        var batch = new DatagramBatch(1, options.ReceivedOctets + 1, options.AnswerOctets, _ => Later(socket, source));
        batch.SetLocal(0, socket.LocalEndPoint.ToEndpoint().Address);
        var thread = new Thread(() => Run(socket, handler, batch, source)) { IsBackground = true, Name = $"udp {Local} {number}" };
        threads.Add(thread);
        thread.Start();
    }

    private void Run(Socket socket, IDatagramHandler handler, DatagramBatch batch, SocketAddress source)
    {
        while (!stopping)
        {
            try
            {
                Turn(socket, handler, batch, source);
            }
            catch (SocketException)
            {
                // An ICMP error of an earlier answer, a datagram that is too long, or the end: the loop's condition tells.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static void Turn(Socket socket, IDatagramHandler handler, DatagramBatch batch, SocketAddress source)
    {
        var length = socket.ReceiveFrom(batch.ReceiveSpace(0), SocketFlags.None, source);
        if (length == batch.ReceivedOctets)
            return;   // longer than what is taken: only a full space tells, as .NET does not
        batch.SetReceived(0, length, socket.LocalEndPoint!.Create(source).ToEndpoint());
        batch.SetCount(1);
        handler.Handle(batch);
        if (!batch.Answer(0).IsEmpty)
            Send(socket, handler, batch, source);
    }

    private static void Send(Socket socket, IDatagramHandler handler, DatagramBatch batch, SocketAddress source)
    {
        try
        {
            _ = socket.SendTo(batch.Answer(0), SocketFlags.None, source);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.MessageSize && handler.TryShorten(batch, 0))
        {
            _ = socket.SendTo(batch.Answer(0), SocketFlags.None, source);
        }
    }

    private static LateAnswer Later(Socket socket, SocketAddress source)
    {
        var to = new SocketAddress(source.Family, source.Size);
        source.Buffer.CopyTo(to.Buffer);
        return octets => TrySendLate(socket, octets, to);
    }

    private static bool TrySendLate(Socket socket, ReadOnlySpan<byte> octets, SocketAddress to)
    {
        try
        {
            _ = socket.SendTo(octets, SocketFlags.None, to);
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.MessageSize;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
