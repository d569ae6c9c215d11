using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Riad.Dns.Names;

namespace Riad.Interop.Tests.Peers;

/// <summary>One question and its answer, as octets over plain sockets: nothing of ours but the name.</summary>
internal static class DnsExchange
{
    /// <summary>A query of class IN without RD, and with EDNS(0) unless the size is 0.</summary>
    /// <param name="name">Absolute.</param>
    /// <param name="type">The type's number.</param>
    /// <param name="size">Octets that the client takes over UDP; 0 for no EDNS.</param>
    public static byte[] Query(string name, ushort type, int size = 4096)
    {
        if (!DomainName.TryParseAbsolute(name, out var owner))
            throw new ArgumentException(name, nameof(name));
        List<byte> octets = [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(size > 0 ? 1 : 0), .. owner.Wire, (byte)(type >> 8), (byte)type, 0, 1];
        if (size > 0)
            octets.AddRange([0, 0, 41, (byte)(size >> 8), (byte)size, 0, 0, 0, 0, 0, 0]);
        return [.. octets];
    }

    /// <summary>Gives a query one EDNS option more.</summary>
    /// <param name="query">With an OPT record at its end that holds no option yet.</param>
    /// <param name="code">The option's code.</param>
    /// <param name="value">At most 200 octets.</param>
    public static byte[] WithOption(ReadOnlySpan<byte> query, byte code, ReadOnlySpan<byte> value) =>
        [.. query[..^2], 0, (byte)(value.Length + 4), 0, code, 0, (byte)value.Length, .. value];

    public static byte[] OverTcp(IPEndPoint server, ReadOnlySpan<byte> query)
    {
        using var client = new TcpClient();
        client.Connect(server);
        using var stream = client.GetStream();
        stream.ReadTimeout = 60_000;
        byte[] framed = [(byte)(query.Length >> 8), (byte)query.Length, .. query];
        stream.Write(framed);
        var length = new byte[2];
        stream.ReadExactly(length);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        stream.ReadExactly(answer);
        return answer;
    }

    public static byte[]? OverUdp(IPEndPoint server, ReadOnlySpan<byte> query, int milliseconds = 60_000)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = milliseconds };
        socket.Connect(server);
        var answer = new byte[65535];
        try
        {
            socket.Send(query);
            return answer[..socket.Receive(answer)];
        }
        catch (SocketException silence) when (silence.SocketErrorCode is SocketError.TimedOut or SocketError.ConnectionRefused)
        {
            return null;
        }
    }
}
