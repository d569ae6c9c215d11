using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Riad.Dns.Tsig;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Peers;

/// <summary>Another name server, started on a free port of loopback with the same zones and ended by its process.</summary>
internal sealed class NameServerPeer : IDisposable
{
    private const int Attempts = 5;
    private const int LowestPort = 10_240;
    private const int PortCount = 20_000;   // below those that the system gives to whoever asks for any port

    private static readonly ConcurrentDictionary<int, byte> GivenPorts = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly List<string> log = [];
    private bool isDisposed;

    private NameServerPeer(string name, int port, Process process, DirectoryInfo folder)
    {
        (Name, Endpoint, this.process, this.folder) = (name, new(IPAddress.Loopback, port), process, folder);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public string Name { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>Starts NSD, Knot or BIND; once more on another port when somebody was faster to take the first.</summary>
    public static NameServerPeer Start(PeerKind kind, IReadOnlyList<PeerZone> zones, TsigKeys? keys = null, string? secondaryOf = null) =>
        Start(kind, (home, port) => PeerConfiguration.Of(kind, home, port, zones, keys ?? TsigKeys.None, secondaryOf), zones[^1].Name);

    /// <summary>The same with a configuration of its own.</summary>
    /// <param name="kind">Which server.</param>
    /// <param name="configuration">Makes it for a folder and a port.</param>
    /// <param name="zone">It is ready when it answers for this zone.</param>
    public static NameServerPeer Start(PeerKind kind, Func<string, int, string> configuration, string zone) =>
        Start(kind.ToString(), (home, port) => Configure(kind, home, configuration(home, port)), zone);

    /// <summary>The same for any other server.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="prepare">Prepares a folder for a port; gives the program and its arguments.</param>
    /// <param name="zone">It is ready when it answers for this zone.</param>
    public static NameServerPeer Start(string name, Func<string, int, (string Program, string[] Arguments)> prepare, string zone)
    {
        var said = new List<string>();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var peer = Launch(name, prepare);
            if (peer.WaitUntilReady(zone))
                return peer;
            peer.Dispose();
            lock (peer.log)
                said.AddRange([$"attempt {attempt} on port {peer.Endpoint.Port}:", .. peer.log]);
        }
        throw new InvalidOperationException($"{name} does not answer:\n{string.Join('\n', said)}");
    }

    /// <summary>Everything it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Asks over TCP, so that nothing is cut; gives the answer's octets.</summary>
    public byte[] AskByTcp(ReadOnlySpan<byte> query) => DnsExchange.OverTcp(Endpoint, query);

    /// <summary>Asks over UDP; null when no answer comes.</summary>
    public byte[]? AskByUdp(ReadOnlySpan<byte> query) => DnsExchange.OverUdp(Endpoint, query);

    /// <summary>Has it read its zones again: SIGHUP.</summary>
    public void Reload() => Tool.Run("sh", ["-c", $"kill -HUP {process.Id}"], ".").MustSucceed();

    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static (string Program, string[] Arguments) Configure(PeerKind kind, string home, string configuration)
    {
        var file = Path.Combine(home, "server.conf");
        File.WriteAllText(file, configuration);
        return kind switch
        {
            PeerKind.Nsd => ("/usr/sbin/nsd", ["-d", "-c", file]),
            PeerKind.Knot => ("/usr/sbin/knotd", ["-c", file]),
            PeerKind.Bind => ("/usr/sbin/named", ["-g", "-n", "1", "-c", file]),
        };
    }

    private static NameServerPeer Launch(string name, Func<string, int, (string Program, string[] Arguments)> prepare)
    {
        var home = Directory.CreateTempSubdirectory("riad-peer-");
        var port = FreePort();
        var (program, arguments) = prepare(home.FullName, port);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        return new(name, port, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"), home);
    }

    private void Remember(string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }

    /// <summary>A port that is free for UDP and TCP now, that no socket with a port of the system's choice will take, and that no other test was given.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var endpoint = new IPEndPoint(IPAddress.Loopback, LowestPort + Random.Shared.Next(PortCount));
            using var stream = new Socket(SocketType.Stream, ProtocolType.Tcp);
            using var datagram = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                stream.Bind(endpoint);
                datagram.Bind(endpoint);
                if (GivenPorts.TryAdd(endpoint.Port, 0))
                    return endpoint.Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
            }
        }
    }

    private bool WaitUntilReady(string zone)
    {
        var query = DnsExchange.Query(zone, type: 6);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !process.HasExited)
        {
            if (DnsExchange.OverUdp(Endpoint, query, milliseconds: 1000) is { } answer && (answer[3] & 15) == 0 && answer[7] > 0)
                return true;
            Thread.Sleep(20);   // a refusal comes at once
        }
        return false;
    }
}
