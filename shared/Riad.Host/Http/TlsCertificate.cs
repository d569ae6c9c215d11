using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Riad.Host.Http;

/// <summary>A server's certificate with its key and the certificates above it.</summary>
public sealed class TlsCertificate
{
    private TlsCertificate(SslStreamCertificateContext context) => Context = context;

    /// <summary>For <see cref="SslServerAuthenticationOptions.ServerCertificateContext"/>.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads a certificate and its key, both PEM, and watches both files.</summary>
    /// <exception cref="OperatorException">They cannot be read, or do not belong together.</exception>
    public static ReloadedFile<TlsCertificate> Open(FileInfo certificate, FileInfo key, ILogger log) =>
        ReloadedFile.Open(() => Read(certificate, key), log, certificate, key);

    private static TlsCertificate Read(FileInfo certificate, FileInfo key)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificate.FullName, key.FullName);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate.FullName);
            // Offline: a certificate that the file does not hold is not fetched from wherever it points to.
            return new(SslStreamCertificateContext.Create(new X509Certificate2(pem), chain, offline: true));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw OperatorException.CannotRun(
                $"--tls-certificate {OneLine.Escape(certificate.ToString())} with --tls-key {OneLine.Escape(key.ToString())} cannot be used ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }
}
