using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Transfers;

/// <summary>The smallest configuration with which each server is a secondary of ours, and gives its zones to anybody on loopback.</summary>
internal static class SecondaryConfiguration
{
    /// <summary>Makes it.</summary>
    /// <param name="kind">Which server.</param>
    /// <param name="home">A folder of its own.</param>
    /// <param name="port">Where it answers.</param>
    /// <param name="primary">The port at which we answer.</param>
    /// <param name="key">The name of a key of HMAC-SHA256.</param>
    /// <param name="secret">In Base64.</param>
    /// <param name="zones">What it is configured to fetch.</param>
    /// <param name="catalog">The catalog that it follows; null for none, and never for NSD, whose version in Debian cannot.</param>
    public static string Of(PeerKind kind, string home, int port, int primary, string key, string secret, IReadOnlyList<string> zones, string? catalog = null) => kind switch
    {
        PeerKind.Nsd => Nsd(home, port, primary, key, secret, zones),
        PeerKind.Knot => Knot(home, port, primary, key, secret, zones, catalog),
        PeerKind.Bind => Bind(home, port, primary, key, secret, zones, catalog),
    };

    private static string Nsd(string home, int port, int primary, string key, string secret, IReadOnlyList<string> zones) =>
        $"""
        {PeerHead.Nsd(home, port, $"xfrdir: \"{home}\"", "xfrd-reload-timeout: 0")}
        key:
          name: "{key}"
          algorithm: hmac-sha256
          secret: "{secret}"
        {Each(zones, zone => $"zone:\n  name: {zone}\n  zonefile: {home}/{zone}\n  allow-notify: 127.0.0.1 NOKEY\n  request-xfr: 127.0.0.1@{primary} {key}\n  provide-xfr: 127.0.0.1 NOKEY")}
        """;

    private static string Knot(string home, int port, int primary, string key, string secret, IReadOnlyList<string> zones, string? catalog) =>
        $"""
        {PeerHead.Knot(home, port, "info")}
        key:
          - id: {key}
            algorithm: hmac-sha256
            secret: {secret}
        remote:
          - id: primary
            address: 127.0.0.1@{primary}
            key: {key}
        acl:
          - id: anybody
            address: 127.0.0.1
            action: [notify, transfer]
        template:
          - id: default
            storage: {home}
            master: primary
            acl: anybody
            semantic-checks: off
            zonefile-sync: -1
          - id: member
            storage: {home}
            master: primary
            acl: anybody
        zone:
        {Each(zones, zone => $"  - domain: {zone}")}
        {(catalog is null ? "" : $"  - domain: {catalog}\n    catalog-role: interpret\n    catalog-template: member")}

        """;

    private static string Bind(string home, int port, int primary, string key, string secret, IReadOnlyList<string> zones, string? catalog) =>
        $$"""
        key "{{key}}" { algorithm hmac-sha256; secret "{{secret}}"; };
        {{PeerHead.Bind(home, port, "notify no; allow-transfer { 127.0.0.1; }; allow-notify { 127.0.0.1; };", catalog is null ? "" : $"catalog-zones {{ zone \"{catalog}\" default-primaries port {primary} {{ 127.0.0.1 key \"{key}\"; }} in-memory yes min-update-interval 1; }};")}}
        {{Each(catalog is null ? zones : [.. zones, catalog], zone => $"zone \"{zone}\" {{ type secondary; file \"{zone}.db\"; primaries port {primary} {{ 127.0.0.1 key \"{key}\"; }}; }};")}}
        """;

    private static string Each(IReadOnlyList<string> zones, Func<string, string> text) => string.Join('\n', zones.Select(text));
}
