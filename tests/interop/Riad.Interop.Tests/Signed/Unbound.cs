using System.Diagnostics;
using System.Net;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Signed;

/// <summary>Unbound as a validating resolver that knows nobody but one server.</summary>
internal sealed class Unbound : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-unbound-");
    private readonly List<string> log = [];
    private readonly Process process;
    private readonly IPEndPoint endpoint;

    private Unbound(IPEndPoint server, IReadOnlyList<SignedZone> anchors, IReadOnlyList<PeerZone> zones)
    {
        endpoint = new(IPAddress.Loopback, NameServerPeer.FreePort());
        var keys = Path.Combine(folder.FullName, "keys");
        File.WriteAllLines(keys, anchors.Select(zone => zone.Key));
        var configuration = Path.Combine(folder.FullName, "unbound.conf");
        File.WriteAllText(configuration, Configuration(server, keys, zones));
        var start = new ProcessStartInfo("/usr/sbin/unbound", ["-d", "-p", "-c", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        process = Process.Start(start) ?? throw new InvalidOperationException("unbound did not start");
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Why it found an answer bogus, among much else.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    public static Unbound Start(IPEndPoint server, IReadOnlyList<SignedZone> anchors, IReadOnlyList<PeerZone> zones)
    {
        var unbound = new Unbound(server, anchors, zones);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !unbound.process.HasExited)
        {
            if (DnsExchange.OverUdp(unbound.endpoint, SignedQuestions.Query($"{anchors[0].Name}.", type: 6, isRecursive: true), milliseconds: 1000) is not null)
                return unbound;
        }
        unbound.Dispose();
        throw new InvalidOperationException($"unbound does not answer:\n{unbound.Log}");
    }

    public TcpAsker Connect() => new(endpoint);

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private string Configuration(IPEndPoint server, string keys, IReadOnlyList<PeerZone> zones) =>
        $"""
        server:
          interface: 127.0.0.1
          port: {endpoint.Port}
          username: ""
          chroot: ""
          directory: "{folder.FullName}"
          pidfile: ""
          use-syslog: no
          logfile: ""
          num-threads: 1
          do-ip6: no
          do-not-query-localhost: no
          do-not-query-address: 192.0.2.0/24
          root-hints: "/dev/null"
          local-zone: "test." nodefault
          trust-anchor-file: "{keys}"
          module-config: "validator iterator"
          val-log-level: 2
          qname-minimisation: no
          aggressive-nsec: no
          minimal-responses: no
          incoming-num-tcp: 4
          edns-tcp-keepalive: yes
          tcp-idle-timeout: 60000
        remote-control:
          control-enable: no
        {string.Join('\n', zones.Select(zone => $"stub-zone:\n  name: \"{zone.Name}.\"\n  stub-addr: 127.0.0.1@{server.Port}"))}
        """;

    private void Remember(string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }
}
