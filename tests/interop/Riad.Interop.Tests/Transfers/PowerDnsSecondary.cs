using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Transfers;

/// <summary>PowerDNS as a secondary that follows a catalog, its zones in LMDB.</summary>
/// <remarks>Its version in Debian signs its questions about the catalog; those about the catalog's zones it does not.</remarks>
internal static class PowerDnsSecondary
{
    /// <summary>Starts it; it is ready when it answers for a zone.</summary>
    /// <param name="primary">The port at which we answer.</param>
    /// <param name="key">The name of a key of HMAC-SHA256.</param>
    /// <param name="secret">In Base64.</param>
    /// <param name="catalog">The catalog that it follows.</param>
    /// <param name="zone">One that the catalog lists.</param>
    public static NameServerPeer Start(int primary, string key, string secret, string catalog, string zone) =>
        NameServerPeer.Start("PowerDNS", (home, port) => Prepare(home, port, primary, key, secret, catalog), zone);

    private static (string Program, string[] Arguments) Prepare(string home, int port, int primary, string key, string secret, string catalog)
    {
        File.WriteAllText(Path.Combine(home, "pdns.conf"), Configuration(home, port));
        Tell(home, "create-secondary-zone", catalog, $"127.0.0.1:{primary}");
        Tell(home, "set-kind", catalog, "consumer");
        Tell(home, "import-tsig-key", key, "hmac-sha256", secret);
        Tell(home, "activate-tsig-key", catalog, key, "secondary");
        return ("/usr/sbin/pdns_server", [$"--config-dir={home}"]);
    }

    private static void Tell(string home, params string[] words) => Tool.Run("pdnsutil", [$"--config-dir={home}", .. words], home).MustSucceed();

    private static string Configuration(string home, int port) =>
        $"""
        launch=lmdb
        lmdb-filename={home}/pdns.lmdb
        local-address=127.0.0.1
        local-port={port}
        secondary=yes
        xfr-cycle-interval=1
        allow-axfr-ips=127.0.0.1
        allow-notify-from=127.0.0.1
        cache-ttl=0
        query-cache-ttl=0
        negquery-cache-ttl=0
        zone-cache-refresh-interval=0
        socket-dir={home}
        daemon=no
        guardian=no
        write-pid=no
        disable-syslog=yes
        setuid=
        setgid=
        """;
}
