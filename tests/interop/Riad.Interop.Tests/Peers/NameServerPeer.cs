using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Riad.Interop.Tests.Peers;

/// <summary>Another name server, started on a free port of loopback with the same zones and ended by its process.</summary>
internal sealed class NameServerPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly DirectoryInfo folder;

    private NameServerPeer(string name, int port, Process process, DirectoryInfo folder) =>
        (Name, Endpoint, this.process, this.folder) = (name, new(IPAddress.Loopback, port), process, folder);

    public string Name { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>Starts NSD, Knot or BIND.</summary>
    public static NameServerPeer Start(PeerKind kind, IReadOnlyList<PeerZone> zones)
    {
        var home = Directory.CreateTempSubdirectory("riad-peer-");
        var port = FreePort();
        var configuration = Path.Combine(home.FullName, "server.conf");
        File.WriteAllText(configuration, PeerConfiguration.Of(kind, home.FullName, port, zones));
        var (program, arguments) = kind switch
        {
            PeerKind.Nsd => ("/usr/sbin/nsd", (string[])["-d", "-c", configuration]),
            PeerKind.Knot => ("/usr/sbin/knotd", ["-c", configuration]),
            PeerKind.Bind => ("/usr/sbin/named", ["-g", "-n", "1", "-c", configuration]),
        };
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        var server = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var log = new List<string>();
        server.ErrorDataReceived += (_, line) => Remember(log, line.Data);
        server.OutputDataReceived += (_, line) => Remember(log, line.Data);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        var peer = new NameServerPeer(kind.ToString(), port, server, home);
        if (peer.WaitUntilReady(zones[^1].Name))
            return peer;
        peer.Dispose();
        lock (log)
            throw new InvalidOperationException($"{program} does not answer:\n{string.Join('\n', log)}");
    }

    /// <summary>Asks over TCP, so that nothing is cut; gives the answer's octets.</summary>
    public byte[] AskByTcp(ReadOnlySpan<byte> query) => DnsExchange.OverTcp(Endpoint, query);

    /// <summary>Asks over UDP; null when no answer comes.</summary>
    public byte[]? AskByUdp(ReadOnlySpan<byte> query) => DnsExchange.OverUdp(Endpoint, query);

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static void Remember(List<string> log, string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }

    private static int FreePort()
    {
        using var stream = new Socket(SocketType.Stream, ProtocolType.Tcp);
        stream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)stream.LocalEndPoint!).Port;
    }

    private bool WaitUntilReady(string zone)
    {
        var query = DnsExchange.Query(zone, type: 6);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !process.HasExited)
        {
            if (DnsExchange.OverUdp(Endpoint, query, milliseconds: 100) is { } answer && (answer[3] & 15) == 0 && answer[7] > 0)
                return true;
        }
        return false;
    }
}
