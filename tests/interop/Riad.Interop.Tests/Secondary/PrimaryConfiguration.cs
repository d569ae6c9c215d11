using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Secondary;

/// <summary>Each server as a primary: signed transfers and NOTIFY for one secondary on loopback.</summary>
internal static class PrimaryConfiguration
{
    public const string Secret = "bWFrZSBpdCBzaG9ydCBhbmQgc3dlZXQgMTIzNDU2Nzg=";

    public const string Keys = $"xfr.test:hmac-sha256:{Secret}\n";

    /// <summary>A server with these zones, and with a catalog of them all where one is named.</summary>
    /// <param name="kind">Which server.</param>
    /// <param name="secondary">Where it notifies.</param>
    /// <param name="zones">Besides the catalog.</param>
    /// <param name="catalog">Knot makes its content; BIND and NSD read it from a file of the zones.</param>
    public static Func<string, int, string> Of(PeerKind kind, int secondary, IReadOnlyList<PeerZone> zones, string? catalog = null) => (home, port) => kind switch
    {
        PeerKind.Nsd => Nsd(home, port, secondary, zones),
        PeerKind.Knot => Knot(home, port, secondary, zones, catalog),
        PeerKind.Bind => Bind(home, port, secondary, zones),
    };

    private static string Nsd(string home, int port, int secondary, IReadOnlyList<PeerZone> zones) =>
        $"""
        {PeerHead.Nsd(home, port, "rrl-ratelimit: 0")}
        key:
          name: xfr.test
          algorithm: hmac-sha256
          secret: "{Secret}"
        {Each(zones, zone => $"zone:\n  name: {zone.Name}\n  zonefile: {zone.File}\n  provide-xfr: 127.0.0.1 xfr.test\n  notify: 127.0.0.1@{secondary} xfr.test\n  store-ixfr: yes\n  create-ixfr: yes")}
        """;

    private static string Knot(string home, int port, int secondary, IReadOnlyList<PeerZone> zones, string? catalog) =>
        $"""
        {PeerHead.Knot(home, port, "info")}
        key:
          - id: xfr.test
            algorithm: hmac-sha256
            secret: {Secret}
        remote:
          - id: secondary
            address: 127.0.0.1@{secondary}
            key: xfr.test
        acl:
          - id: transfer
            address: 127.0.0.1
            key: xfr.test
            action: transfer
        template:
          - id: default
            storage: {home}
            semantic-checks: off
            zonefile-sync: -1
            zonefile-load: difference
            journal-content: changes
            notify: secondary
            acl: transfer
        zone:
        {Each(zones, zone => $"  - domain: {zone.Name}\n    file: {zone.File}{(catalog is null ? "" : $"\n    catalog-role: member\n    catalog-zone: {catalog}")}")}
        {(catalog is null ? "" : $"  - domain: {catalog}\n    catalog-role: generate")}

        """;

    private static string Bind(string home, int port, int secondary, IReadOnlyList<PeerZone> zones) =>
        $$"""
        key "xfr.test" { algorithm hmac-sha256; secret "{{Secret}}"; };
        {{PeerHead.Bind(home, port, "check-integrity no; ixfr-from-differences yes; notify-delay 0; serial-query-rate 1000; max-ixfr-ratio unlimited;")}}
        {{Each(zones, zone => $"zone \"{zone.Name}\" {{ type primary; file \"{zone.File}\"; allow-transfer {{ key xfr.test; }}; notify explicit; also-notify {{ 127.0.0.1 port {secondary} key xfr.test; }}; }};")}}
        """;

    private static string Each(IReadOnlyList<PeerZone> zones, Func<PeerZone, string> text) => string.Join('\n', zones.Select(text));
}
