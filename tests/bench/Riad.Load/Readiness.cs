using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Riad.Load;

/// <summary>Waits for a server's first answer, and asks seldom enough that a server which is not ready works on becoming so.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>The moment of the first answer with a record; null when there is none in time.</summary>
    public static DateTimeOffset? Wait(IPEndPoint server, string zone, TimeSpan patience)
    {
        var query = Query.Encode(zone, QueryType.SOA, edns: false);
        var answer = new byte[1500];
        var clock = Stopwatch.StartNew();
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20 };
        socket.Connect(server);
        while (clock.Elapsed < patience)
        {
            try
            {
                socket.Send(query);
                if (socket.Receive(answer) > 12 && answer[7] > 0)
                    return DateTimeOffset.UtcNow;
            }
            catch (SocketException notYet) when (notYet.SocketErrorCode is SocketError.ConnectionRefused or SocketError.TimedOut)
            {
                // it does not listen yet, or it is busy
            }
            Thread.Sleep(Pause);
        }
        return null;
    }
}
