namespace Riad.Interop.Tests.Peers;

/// <summary>The smallest configuration with which each server serves the zones on one port of loopback, unhindered.</summary>
internal static class PeerConfiguration
{
    /// <summary>The secret from which each server makes its DNS cookies: 32 hexadecimal digits.</summary>
    public const string CookieSecret = "e5e973e5a6b2a43f48e7dc849e37bfcf";

    public static string Of(PeerKind kind, string home, int port, IReadOnlyList<PeerZone> zones) => kind switch
    {
        PeerKind.Nsd => Nsd(home, port, zones),
        PeerKind.Knot => Knot(home, port, zones),
        PeerKind.Bind => Bind(home, port, zones),
    };

    private static string Nsd(string home, int port, IReadOnlyList<PeerZone> zones) =>
        $"""
        server:
          ip-address: 127.0.0.1@{port}
          username: ""
          chroot: ""
          database: ""
          zonesdir: "{home}"
          pidfile: "{home}/pid"
          xfrdfile: "{home}/xfrd"
          zonelistfile: "{home}/zones"
          server-count: 1
          minimal-responses: yes
          rrl-ratelimit: 0
          answer-cookie: yes
          cookie-secret: "{CookieSecret}"
        remote-control:
          control-enable: no
        {Each(zones, zone => $"zone:\n  name: {zone.Name}\n  zonefile: {zone.File}")}
        """;

    private static string Knot(string home, int port, IReadOnlyList<PeerZone> zones) =>
        $"""
        server:
            listen: 127.0.0.1@{port}
            rundir: {home}
        database:
            storage: {home}
        log:
          - target: stderr
            any: warning
        mod-cookies:
          - id: default
            secret: 0x{CookieSecret}
            badcookie-slip: 1
        template:
          - id: default
            global-module: mod-cookies/default
            storage: {home}
            semantic-checks: off
            zonefile-sync: -1
            zonefile-load: whole
            journal-content: none
        zone:
        {Each(zones, zone => $"  - domain: {zone.Name}\n    file: {zone.File}")}

        """;

    private static string Bind(string home, int port, IReadOnlyList<PeerZone> zones) =>
        $$"""
        options {
            directory "{{home}}"; pid-file none; session-keyfile "{{home}}/session.key";
            listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
            recursion no; minimal-responses no-auth; minimal-any yes; zero-no-soa-ttl no; notify no; check-integrity no;
            answer-cookie yes; require-server-cookie yes; cookie-algorithm siphash24; cookie-secret "{{CookieSecret}}";
        };
        controls { };
        {{Each(zones, zone => $"zone \"{zone.Name}\" {{ type primary; file \"{zone.File}\"; check-names ignore; }};")}}
        """;

    private static string Each(IReadOnlyList<PeerZone> zones, Func<PeerZone, string> text) => string.Join('\n', zones.Select(text));
}
