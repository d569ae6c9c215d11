using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Riad.Load;

/// <summary>Fetches a zone over TCP and throws it away: what is measured is the server.</summary>
internal static class ZoneFetch
{
    private const int HeaderOctets = 12;
    private const int Axfr = 252;
    private const int Soa = 6;

    /// <summary>Fetches a whole zone.</summary>
    /// <returns>Messages, records, octets and seconds, as one line.</returns>
    public static string Run(IPEndPoint server, string zone)
    {
        using var client = new TcpClient { ReceiveBufferSize = 1 << 20 };
        client.Connect(server);
        using var stream = new BufferedStream(client.GetStream(), 1 << 18);
        stream.Write(Query(zone));
        stream.Flush();
        var clock = Stopwatch.StartNew();
        var (messages, records, octets, ends) = (0L, 0L, 0L, 0);
        var message = new byte[ushort.MaxValue];
        while (ends < 2)
        {
            stream.ReadExactly(message, 0, 2);
            int length = BinaryPrimitives.ReadUInt16BigEndian(message);
            stream.ReadExactly(message, 0, length);
            if ((message[3] & 15) != 0)
                throw new FormatException($"the server refuses, response code {message[3] & 15}");
            messages++;
            octets += length + 2;
            records += BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(6));
            ends += CountSoa(message.AsSpan(0, length));
        }
        return string.Create(CultureInfo.InvariantCulture, $"messages={messages} records={records} octets={octets} seconds={clock.Elapsed.TotalSeconds:0.000}");
    }

    private static byte[] Query(string zone)
    {
        List<byte> octets = [0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (var label in zone.TrimEnd('.').Split('.'))
            octets.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        octets.AddRange([0, 0, Axfr, 0, 1]);
        octets[1] = (byte)(octets.Count - 2);
        return [.. octets];
    }

    private static int CountSoa(ReadOnlySpan<byte> message)
    {
        var found = 0;
        var at = HeaderOctets;
        for (int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]); questions > 0; questions--)
            at = SkipName(message, at) + 4;
        for (int records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); records > 0; records--)
        {
            at = SkipName(message, at);
            if (BinaryPrimitives.ReadUInt16BigEndian(message[at..]) == Soa)
                found++;
            at += 10 + BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        }
        return found;
    }

    private static int SkipName(ReadOnlySpan<byte> message, int at)
    {
        while (message[at] is > 0 and < 64)
            at += message[at] + 1;
        return at + (message[at] == 0 ? 1 : 2);
    }
}
