using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.Load;

/// <summary>Clients that each send one signed update after another over UDP.</summary>
internal static class UpdateLoad
{
    private const int NamesOfAClient = 500; // a name that comes again gets another address

    private static readonly DomainName Zone = Name("hosts.test");

    private static readonly TsigKey Key = new(Name("load._update.hosts.test"), TsigAlgorithm.HmacSha256, TsigSecret.TryCreate(new byte[32], out var secret) ? secret : throw new UnreachableException());

    public static void WriteZone(string file, int names)
    {
        using var text = new StreamWriter(file);
        text.Write("$TTL 3600\n@ IN SOA ns1 hostmaster 1 7200 900 1209600 300\n  IN NS ns1\nns1 IN A 192.0.2.1\n");
        for (var host = 0; host < names; host++)
            text.Write(string.Create(CultureInfo.InvariantCulture, $"host{host:D6}      IN A 10.{host >> 16 & 255}.{host >> 8 & 255}.{host & 255} ; rack {host / 40}\n"));
    }

    public static string Run(IPEndPoint server, int clients, TimeSpan duration)
    {
        var latencies = new List<double>[clients];
        var failed = 0;
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, clients).Select(client => new Thread(() => latencies[client] = RunClient(server, client, watch, duration, ref failed))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var elapsed = watch.Elapsed;
        var all = latencies.SelectMany(one => one).Order().ToList();
        return all.Count == 0 ? $"no update was taken ({failed} failed)" : string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count / elapsed.TotalSeconds:F0} updates/s, median {all[all.Count / 2]:F1} ms, p99 {all[all.Count * 99 / 100]:F1} ms, {all.Count} taken, {failed} failed");
    }

    private static List<double> RunClient(IPEndPoint server, int client, Stopwatch watch, TimeSpan duration, ref int failed)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        socket.Connect(server);
        var (request, answer, taken) = (new byte[1024], new byte[1232], new List<double>());
        var first = Environment.TickCount & 0x7fff; // no name gets the address that an earlier run gave it
        for (var number = first; watch.Elapsed < duration; number++)
        {
            var length = Write(request, (ushort)number, $"c{client}n{number % NamesOfAClient}", number);
            var began = watch.Elapsed;
            socket.Send(request.AsSpan(0, length));
            try
            {
                while (socket.Receive(answer) < Header.Length || answer[0] != request[0] || answer[1] != request[1])
                {
                }
            }
            catch (SocketException silence) when (silence.SocketErrorCode is SocketError.TimedOut)
            {
                Interlocked.Increment(ref failed);
                continue;
            }
            if ((answer[3] & 15) == 0)
                taken.Add((watch.Elapsed - began).TotalMilliseconds);
            else
                Interlocked.Increment(ref failed);
        }
        return taken;
    }

    /// <summary>Gives a name a new address, whatever it had.</summary>
    public static int Write(byte[] buffer, ushort id, string host, int number)
    {
        var owner = Name($"{host}.hosts.test");
        var gone = new ResourceRecord(owner, 1, RecordClass.Any, default, default);
        var come = new ResourceRecord(owner, 1, RecordClass.Internet, new(60), new([198, 18, (byte)(number >> 8), (byte)number]));
        var message = new Message(id, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(Zone, 6, RecordClass.Internet)], [], [gone, come], [], null);
        return message.TryWrite(buffer, out var length) && TsigSigner.TrySignRequest(Key, buffer, ref length, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out _)
            ? length
            : throw new UnreachableException();
    }

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);
}
