using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Riad.Dns.Messages;

namespace Riad.Load;

/// <summary>How long a change that a primary has taken needs to be answered by its secondary.</summary>
internal static class ChangeLag
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500); // so that each change is one of its own

    /// <summary>Sends updates of hosts.test to the primary, one after another, and asks the secondary for each until it has it.</summary>
    /// <returns>Milliseconds from the primary's answer, which follows on its journal entry, and from the sending of the update.</returns>
    public static string Run(IPEndPoint primary, IPEndPoint secondary, int count)
    {
        using var updates = Connect(primary, 10_000);
        var (request, answer) = (new byte[1024], new byte[1232]);
        var (fromAnswer, fromSending) = (new List<double>(), new List<double>());
        var first = Environment.TickCount & 0x7fff; // no name gets the address that an earlier run gave it
        for (var number = first; number < first + count; number++)
        {
            var host = string.Create(CultureInfo.InvariantCulture, $"lag{number % 100}");
            var length = UpdateLoad.Write(request, (ushort)number, host, number);
            var watch = Stopwatch.StartNew();
            var seen = TimeSpan.MaxValue;
            var asking = new Thread(() => seen = WaitFor(secondary, $"{host}.hosts.test", [198, 18, (byte)(number >> 8), (byte)number], watch));
            asking.Start();
            var sent = watch.Elapsed;
            updates.Send(request.AsSpan(0, length));
            do
                updates.Receive(answer);
            while (answer[0] != request[0] || answer[1] != request[1]);
            var taken = watch.Elapsed;
            asking.Join();
            if ((answer[3] & 15) != 0 || seen == TimeSpan.MaxValue)
                return $"update {number} was not taken, or is not at the secondary after {Patience.TotalSeconds} s (rcode {answer[3] & 15})";
            fromAnswer.Add((seen - taken).TotalMilliseconds);
            fromSending.Add((seen - sent).TotalMilliseconds);
            Thread.Sleep(Pause);
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {Middle(fromAnswer):F1} ms after the update's answer ({fromAnswer.Min():F1} to {fromAnswer.Max():F1}), {Middle(fromSending):F1} ms after its sending, {count} updates");
    }

    /// <summary>Asks for all zones of a list until each has a serial; gives the moment at which the last had it, null when that is too late.</summary>
    public static DateTimeOffset? WaitForSerial(IPEndPoint server, IReadOnlyList<string> zones, uint serial, TimeSpan patience)
    {
        using var socket = Connect(server, 100);
        var answer = new byte[1500];
        var clock = Stopwatch.StartNew();
        byte[] wanted = [(byte)(serial >> 24), (byte)(serial >> 16), (byte)(serial >> 8), (byte)serial, 0, 0, 0x1c, 0x20]; // the serial, and refresh 7200
        for (var next = 0; clock.Elapsed < patience; Thread.Sleep(1))
        {
            while (next < zones.Count && Has(socket, Query.Encode(zones[next], QueryType.SOA, edns: false), answer, wanted))
                next++;
            if (next == zones.Count)
                return DateTimeOffset.UtcNow;
        }
        return null;
    }

    /// <summary>Sends an unsigned NOTIFY; gives the code of the answer.</summary>
    public static int Notify(IPEndPoint server, string zone)
    {
        using var socket = Connect(server, 10_000);
        var query = Query.Encode(zone, QueryType.SOA, edns: false);
        query[2] = ((byte)Opcode.Notify << 3) | 4; // authoritative
        var answer = new byte[1500];
        socket.Send(query);
        return socket.Receive(answer) >= Header.Length ? answer[3] & 15 : -1;
    }

    private static TimeSpan WaitFor(IPEndPoint server, string name, byte[] address, Stopwatch watch)
    {
        using var socket = Connect(server, 100);
        var (query, answer) = (Query.Encode(name, QueryType.A, edns: false), new byte[1500]);
        for (; watch.Elapsed < Patience; Thread.Sleep(1))
        {
            if (Has(socket, query, answer, address))
                return watch.Elapsed;
        }
        return TimeSpan.MaxValue;
    }

    private static bool Has(Socket socket, byte[] query, byte[] answer, ReadOnlySpan<byte> wanted)
    {
        try
        {
            socket.Send(query);
            return answer.AsSpan(0, socket.Receive(answer)).IndexOf(wanted) >= 0;
        }
        catch (SocketException notYet) when (notYet.SocketErrorCode is SocketError.ConnectionRefused or SocketError.TimedOut)
        {
            return false;
        }
    }

    private static Socket Connect(IPEndPoint server, int milliseconds)
    {
        var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = milliseconds };
        socket.Connect(server);
        return socket;
    }

    private static double Middle(List<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
