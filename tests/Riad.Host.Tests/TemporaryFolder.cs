using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Riad.Host.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("riad-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public (FileInfo Certificate, FileInfo Key) WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(PathOf("certificate.pem"), certificate.ExportCertificatePem());
        return (new(PathOf("certificate.pem")), new(PathOf("key.pem")));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
