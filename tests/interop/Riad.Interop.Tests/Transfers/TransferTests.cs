using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.PrimaryGit;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Transfers;

/// <summary>Zones sent to the tools and to the servers that others run, signed with TSIG.</summary>
public sealed partial class TransferTests : IDisposable
{
    private const string KeyName = "secondaries";
    private const string Secret = "c2VjcmV0cyBvZiBoaWRkZW4gcHJpbWFyaWVzIQ==";
    private const string Key = $"hmac-sha256:{KeyName}:{Secret}";
    private const ushort Soa = 6;

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("riad-transfer-");
    private Workplace? work;

    private string PolicyFile => Path.Combine(home.FullName, "policy");

    [Fact]
    public void Dig_fetches_a_zone_whole_and_in_differences_and_nobody_does_without_a_key()
    {
        Start();
        Assert.Contains("Transfer failed", Dig("axfr", "example.org"), StringComparison.Ordinal);
        Assert.Contains("Transfer failed", Dig("-y", $"hmac-sha256:{KeyName}:{Secret[..^8]}AAAAAAA=", "axfr", "example.org"), StringComparison.Ordinal);
        var first = Fetch();
        var serial = Serial(first);
        Assert.Equal(Records(work!.Dig("+noall", "+answer", "www.example.org", "A")), first.Where(line => line.StartsWith("www.example.org. ", StringComparison.Ordinal) && line.Contains(" A ", StringComparison.Ordinal)));
        Assert.Equal(2, Records(Dig("-y", Key, "axfr", "example.org")).Count(line => line.Contains(" SOA ", StringComparison.Ordinal)));

        Change("192.0.2.10", "192.0.2.20");

        var differences = Records(Dig("-y", Key, $"ixfr={serial}", "example.org"));
        Assert.Equal(6, differences.Count);
        Assert.Contains(differences, line => line.EndsWith(" A 192.0.2.10", StringComparison.Ordinal));
        Assert.Contains(differences, line => line.EndsWith(" A 192.0.2.20", StringComparison.Ordinal));
        Assert.Equal(differences.Order(StringComparer.Ordinal), Records(Dig("+notcp", "-y", Key, $"ixfr={serial}", "example.org")).Order(StringComparer.Ordinal));
        Assert.Single(Records(Dig("-y", Key, $"ixfr={Serial(Fetch())}", "example.org")));
    }

    [Fact]
    public void Kdig_fetches_a_zone_over_TLS_1_3_where_nothing_else_will_do()
    {
        var (certificate, key) = MakeCertificate();
        var rights = Rights();
        File.AppendAllText(PolicyFile, "address 127.0.0.1 may transfer zone example.org\n");
        using var appliance = RunningAppliance.Start(
            Path.Combine(home.FullName, "state"),
            [.. rights, "--example", "--listen-tls", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key, "--transfer-tls"]);
        Assert.Contains("Transfer failed", Dig(appliance.Dns.Port, "-y", Key, "axfr", "example.org"), StringComparison.Ordinal);
        var port = TlsLine().Match(appliance.Log).Groups["port"].Value;

        var said = Tool.Run("kdig", ["@127.0.0.1", "-p", port, "+tls", "-y", Key, "+timeout=60", "+retry=0", "example.org", "AXFR"], home.FullName).Output;

        Assert.Equal(2, Records(said).Count(line => line.Contains(" SOA ", StringComparison.Ordinal)));
        Assert.Contains(Records(said), line => line.EndsWith(" A 192.0.2.10", StringComparison.Ordinal));
        Assert.Equal((0, 5), (AskForZone(int.Parse(port, CultureInfo.InvariantCulture), SslProtocols.Tls13), AskForZone(int.Parse(port, CultureInfo.InvariantCulture), SslProtocols.Tls12)));
    }

    /// <summary>Asks for the zone over a version of TLS, without a key; gives the response code.</summary>
    private static int AskForZone(int port, SslProtocols version)
    {
        using var client = new TcpClient { ReceiveTimeout = 60_000 };
        client.Connect(IPAddress.Loopback, port);
        using var stream = new SslStream(client.GetStream());
#pragma warning disable CA5359 // the certificate is this test's own
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "ns.example.net", EnabledSslProtocols = version, RemoteCertificateValidationCallback = static (_, _, _, _) => true });
#pragma warning restore CA5359
        var query = DnsExchange.Query("example.org", 252, size: 0);
        stream.Write([(byte)(query.Length >> 8), (byte)query.Length, .. query]);
        var answer = new byte[14];
        stream.ReadExactly(answer);
        return answer[5] & 15;
    }

    [Theory, InlineData(PeerKind.Nsd), InlineData(PeerKind.Knot), InlineData(PeerKind.Bind)]
    public void A_secondary_has_what_we_have_and_follows_by_differences(PeerKind kind)
    {
        Start();
        var dns = work!.Appliance.Dns.Port;
        using var secondary = NameServerPeer.Start(kind, (folder, port) => SecondaryConfiguration.Of(kind, folder, port, dns, KeyName, Secret, ["example.org"]), "example.org");
        Assert.Equal(Fetch(), Fetch(secondary));
        var whole = CountTransfers("whole");

        Change("192.0.2.10", "192.0.2.20");
        var expected = Fetch();
        var seen = Workplace.Await(() => Told(secondary, "example.org"), zone => zone.SequenceEqual(expected));

        Assert.Equal(expected, seen);
        Assert.True(CountTransfers("whole") - whole <= 2, $"{kind} fetched the whole zone again");   // both by this test
        Assert.True(CountTransfers("differences") > 0, $"{kind} fetched no differences");
    }

    [Theory, InlineData(PeerKind.Knot), InlineData(PeerKind.Bind)]
    public void A_secondary_follows_the_catalog(PeerKind kind)
    {
        Start("--catalog", "catalog.invalid");
        var dns = work!.Appliance.Dns.Port;
        using var secondary = NameServerPeer.Start(kind, (folder, port) => SecondaryConfiguration.Of(kind, folder, port, dns, KeyName, Secret, [], "catalog.invalid"), "example.org");
        FollowCatalog(secondary);
    }

    [Fact]
    public void PowerDNS_follows_the_catalog_and_fetches_what_it_lists_where_its_address_may()
    {
        Start("--catalog", "catalog.invalid");
        File.AppendAllText(PolicyFile, "address 127.0.0.1 may transfer zones under example.org\naddress 127.0.0.1 may transfer zones under example.net\n");
        Assert.NotEmpty(Workplace.Await(() => Records(Dig("axfr", "example.org")), records => records.Count > 0));
        Assert.Empty(Records(Dig("axfr", "catalog.invalid")));
        using var secondary = PowerDnsSecondary.Start(work!.Appliance.Dns.Port, KeyName, Secret, "catalog.invalid", "example.org");
        FollowCatalog(secondary);
    }

    /// <summary>The secondary knows nothing but the catalog: a zone that comes is there, one that goes is gone.</summary>
    private void FollowCatalog(NameServerPeer secondary)
    {
        Assert.Equal(Fetch(), Fetch(secondary));

        work!.Write("example.net", "@ 3600 SOA ns1.example.org. hostmaster.example.org. 1 7200 900 1209600 300\n@ 3600 NS ns1.example.org.\n@ 60 A 192.0.2.77\n");
        work.Commit("another zone");
        work.Push().MustSucceed();
        var there = Workplace.Await(() => Follow(secondary, "example.net"), code => code == 0);
        Assert.True(there == 0, $"{secondary.Name} has no example.net:\n{secondary.Log}");

        work.Git(work.Clone, "rm", "-q", "example.net").MustSucceed();
        work.Commit("and gone");
        work.Push().MustSucceed();
        var gone = Workplace.Await(() => Follow(secondary, "example.net"), code => code != 0);
        Assert.True(gone != 0, $"{secondary.Name} still has example.net:\n{secondary.Log}");
    }

    [Fact]
    public void The_catalog_is_for_peers_and_its_serial_survives_a_restart()
    {
        Start("--catalog", "catalog.invalid", "--catalog-groups", GroupsFile());
        Assert.Contains("status: REFUSED", work!.Dig("catalog.invalid", "SOA"), StringComparison.Ordinal);
        var before = Records(Dig("-y", Key, "axfr", "catalog.invalid"));
        Assert.Contains(before, line => line.EndsWith(" PTR example.org.", StringComparison.Ordinal));
        Assert.Contains(before, line => line.EndsWith(" TXT \"customers\"", StringComparison.Ordinal));
        Assert.Matches("flags: qr aa[ ;]", work.Dig("-y", Key, "catalog.invalid", "SOA"));

        Change("192.0.2.10", "192.0.2.20");
        work.KillAndRestart();

        Assert.Equal(before, Records(Dig("-y", Key, "axfr", "catalog.invalid")));
    }

    public void Dispose()
    {
        work?.Dispose();
        home.Delete(recursive: true);
    }

    private void Start(params string[] options) => work = new([.. Rights(), "--example", .. options]);

    /// <summary>One key that may transfer everything.</summary>
    private string[] Rights()
    {
        var keys = Path.Combine(home.FullName, "keys");
        File.WriteAllText(keys, $"{KeyName}:hmac-sha256:{Secret}\n");
        File.WriteAllText(PolicyFile, $"key {KeyName} may transfer every zone\n");
        return ["--keys", keys, "--policy", PolicyFile];
    }

    private string GroupsFile()
    {
        var file = Path.Combine(home.FullName, "groups");
        File.WriteAllText(file, "example.org customers\n");
        return file;
    }

    private (string Certificate, string Key) MakeCertificate()
    {
        var (certificate, key) = (Path.Combine(home.FullName, "certificate.pem"), Path.Combine(home.FullName, "key.pem"));
        Tool.Run(
            "openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=ns.example.net", "-keyout", key, "-out", certificate],
            home.FullName).MustSucceed();
        return (certificate, key);
    }

    private void Change(string old, string with)
    {
        work!.Replace("example.org", old, with);
        work.Commit("www moves");
        work.Push().MustSucceed();
    }

    private string Dig(params string[] question) => Dig(work!.Appliance.Dns.Port, question);

    private string Dig(int port, params string[] question) =>
        Tool.Run("dig", ["-r", "@127.0.0.1", "-p", $"{port}", "+time=60", "+tries=1", "+nocmd", .. question], home.FullName).Output;

    /// <summary>All records of the zone as we have it, sorted.</summary>
    private List<string> Fetch() => [.. Records(Dig("-y", Key, "axfr", "example.org")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The same of a secondary.</summary>
    private List<string> Fetch(NameServerPeer secondary) => [.. Records(Dig(secondary.Endpoint.Port, "axfr", "example.org")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Tells a secondary that there may be something new, and fetches what it has.</summary>
    private List<string> Told(NameServerPeer secondary, string zone)
    {
        Notify(secondary, zone);
        return Fetch(secondary);
    }

    /// <summary>The same for the catalog; gives the response code for a zone.</summary>
    private static int Follow(NameServerPeer secondary, string zone)
    {
        Notify(secondary, "catalog.invalid");
        var answer = secondary.AskByTcp(DnsExchange.Query(zone, Soa));
        return answer[7] == 0 ? 5 : answer[3] & 15;
    }

    private static void Notify(NameServerPeer secondary, string zone)
    {
        var notify = DnsExchange.Query(zone, Soa, size: 0);
        notify[2] = 4 << 3 | 4;
        _ = secondary.AskByUdp(notify);
    }

    private long CountTransfers(string kind)
    {
        var line = work!.Curl("/metrics").Split('\n').SingleOrDefault(line => line.StartsWith($"riad_dns_transfers_total{{kind=\"{kind}\"}}", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Serial(IEnumerable<string> records) => records.First(line => line.Contains(" SOA ", StringComparison.Ordinal)).Split(' ')[6];

    /// <summary>The lines that are records, their blanks made one.</summary>
    private static List<string> Records(string said) =>
    [
        .. said.Split('\n').Where(line => line.Length > 0 && line[0] != ';').Select(line => Blanks().Replace(line.Trim(), " "))
            .Where(line => !line.Contains(" TSIG ", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"dns over tls 127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TlsLine();
}
