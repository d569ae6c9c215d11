using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Riad.Interop.Tests.Peers;
using Xunit;

namespace Riad.Interop.Tests.Secondary;

/// <summary>Transfers over TLS (RFC 9103) from BIND, whose certificate comes from an authority of the test's own.</summary>
public sealed class TransferOverTlsTests : IDisposable
{
    private const string Zone = "example.org";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-xot-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_zone_comes_over_TLS_from_the_right_name_alone()
    {
        var (authority, tlsPort) = (MakeCertificates("ns1.test"), NameServerPeer.FreePort());
        using var primary = NameServerPeer.Start(PeerKind.Bind, (home, port) => Configuration(home, port, tlsPort), Zone);
        var (address, port) = ("127.0.0.1", tlsPort.ToString(CultureInfo.InvariantCulture));

        using var right = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", $"{address}:{port}", "--zone", Zone, "--tls", "ns1.test", "--tls-ca", authority);
        right.Until("at serial 1", () => right.SerialOf(Zone) == 1);

        using var wrong = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", $"{address}:{port}", "--zone", Zone, "--tls", "ns2.test", "--tls-ca", authority);
        wrong.Until("degraded by the name", () => wrong.Get("/health").Contains("TLS with ns2.test failed", StringComparison.Ordinal));

        using var unknown = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", $"{address}:{port}", "--zone", Zone, "--tls", "ns1.test");
        unknown.Until("degraded by the authority", () => unknown.Get("/health").Contains("TLS with ns1.test failed", StringComparison.Ordinal));
        Assert.Null(wrong.SerialOf(Zone));
        Assert.Null(unknown.SerialOf(Zone));
    }

    private string Configuration(string home, int port, int tlsPort)
    {
        var file = Path.Combine(folder.FullName, Zone);
        File.WriteAllText(file, $"$ORIGIN {Zone}.\n$TTL 300\n@ SOA ns admin 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
        return $$"""
            key "xfr.test" { algorithm hmac-sha256; secret "{{PrimaryConfiguration.Secret}}"; };
            tls own { cert-file "{{folder.FullName}}/server.pem"; key-file "{{folder.FullName}}/server.key"; };
            options {
                directory "{{home}}"; pid-file none; session-keyfile "{{home}}/session.key";
                listen-on port {{port}} { 127.0.0.1; }; listen-on port {{tlsPort}} tls own { 127.0.0.1; }; listen-on-v6 { none; };
                recursion no; check-integrity no; notify no;
            };
            controls { };
            zone "{{Zone}}" { type primary; file "{{file}}"; allow-transfer port {{tlsPort}} transport tls { key xfr.test; }; };
            """;
    }

    /// <summary>Makes an authority and a certificate of this name; gives the authority's file.</summary>
    private string MakeCertificates(string name)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest($"CN={name}", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(29), [1]);
        File.WriteAllText(Path.Combine(folder.FullName, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
        var file = Path.Combine(folder.FullName, "authority.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }
}
