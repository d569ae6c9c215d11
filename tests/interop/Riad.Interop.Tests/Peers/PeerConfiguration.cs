using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;

namespace Riad.Interop.Tests.Peers;

/// <summary>The smallest configuration with which each server serves the zones on one port of loopback, unhindered.</summary>
internal static class PeerConfiguration
{
    /// <summary>The secret from which each server makes its DNS cookies: 32 hexadecimal digits.</summary>
    public const string CookieSecret = "e5e973e5a6b2a43f48e7dc849e37bfcf";

    /// <summary>The configuration; who has one of the keys may transfer every zone, and notify of the zone that the server is secondary of, whose primary is nowhere.</summary>
    public static string Of(PeerKind kind, string home, int port, IReadOnlyList<PeerZone> zones, TsigKeys keys, string? secondaryOf = null) => kind switch
    {
        PeerKind.Nsd => Nsd(home, port, zones, keys, secondaryOf),
        PeerKind.Knot => Knot(home, port, zones, keys, secondaryOf),
        PeerKind.Bind => Bind(home, port, zones, keys, secondaryOf),
    };

    private static string Nsd(string home, int port, IReadOnlyList<PeerZone> zones, TsigKeys keys, string? secondaryOf) =>
        $"""
        {PeerHead.Nsd(home, port, "minimal-responses: yes", "rrl-ratelimit: 0", "answer-cookie: yes", $"cookie-secret: \"{CookieSecret}\"")}
        {Each(keys, KeyText.Nsd)}
        {Each(zones, zone => $"zone:\n  name: {zone.Name}\n  zonefile: {zone.File}\n{Each(keys, key => $"  provide-xfr: 127.0.0.1 {Name(key)}")}")}
        {(secondaryOf is null ? "" : $"zone:\n  name: {secondaryOf}\n  zonefile: secondary\n{Each(keys, key => $"  allow-notify: 127.0.0.1 {Name(key)}\n  request-xfr: 127.0.0.1@1 {Name(key)}")}")}
        """;

    private static string Knot(string home, int port, IReadOnlyList<PeerZone> zones, TsigKeys keys, string? secondaryOf) =>
        $"""
        {PeerHead.Knot(home, port, "warning")}
        {Each(keys, KeyText.Knot)}
        {Each(keys, key => $"acl:\n  - id: {Name(key)}\n    key: {Name(key)}\n    action: [transfer, notify]")}
        {(secondaryOf is null ? "" : "remote:\n  - id: nowhere\n    address: 127.0.0.1@1")}
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
            {(keys.Count == 0 ? "" : $"acl: [{string.Join(", ", keys.Select(Name))}]")}
        zone:
        {Each(zones, zone => $"  - domain: {zone.Name}\n    file: {zone.File}")}
        {(secondaryOf is null ? "" : $"  - domain: {secondaryOf}\n    master: nowhere")}

        """;

    private static string Bind(string home, int port, IReadOnlyList<PeerZone> zones, TsigKeys keys, string? secondaryOf) =>
        $$"""
        {{PeerHead.Bind(home, port, "minimal-responses no-auth; minimal-any yes; zero-no-soa-ttl no; notify no; check-integrity no;", $"answer-cookie yes; require-server-cookie yes; cookie-algorithm siphash24; cookie-secret \"{CookieSecret}\";")}}
        {{Each(keys, KeyText.Bind)}}
        {{Each(zones, zone => $"zone \"{zone.Name}\" {{ type primary; file \"{zone.File}\"; check-names ignore; allow-transfer {{ {Each(keys, key => $"key {Name(key)};")} }}; }};")}}
        {{(secondaryOf is null ? "" : $"zone \"{secondaryOf}\" {{ type secondary; file \"secondary\"; primaries {{ 127.0.0.1 port 1; }}; allow-notify {{ {Each(keys, key => $"key {Name(key)};")} }}; }};")}}
        """;

    private static string Each<T>(IEnumerable<T> parts, Func<T, string> text) => string.Join('\n', parts.Select(text));

    private static string Name(TsigKey key) => key.Name.ToStringWithoutFinalDot();
}
