using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Riad.Interop.Tests.Peers;

/// <summary>Asks many questions over one TCP connection, and connects again when the server has had enough of it.</summary>
internal sealed class TcpAsker(IPEndPoint server) : IDisposable
{
    private const int Attempts = 3;

    private TcpClient? client;

    public byte[] Ask(ReadOnlySpan<byte> query)
    {
        byte[] framed = [(byte)(query.Length >> 8), (byte)query.Length, .. query];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                client ??= new TcpClient(server.Address.ToString(), server.Port) { NoDelay = true, ReceiveTimeout = 60_000 };
                return Exchange(client.GetStream(), framed);
            }
            catch (IOException) when (attempt < Attempts)
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    private static byte[] Exchange(NetworkStream stream, byte[] framed)
    {
        stream.Write(framed);
        var length = new byte[2];
        stream.ReadExactly(length);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        stream.ReadExactly(answer);
        return answer;
    }
}
