using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Secondary;
using Riad.Host;

namespace Riad.DnsSecondary.Following;

/// <summary>From what the operator set to how primaries are asked.</summary>
internal static class FollowingOptions
{
    public static SecondaryOptions Of(HostServices host)
    {
        var transfers = host.Settings.Get(SecondarySettings.Transfers);
        return new() { MaxAttempts = transfers, MaxAttemptsPerPrimary = Math.Max(1, transfers / 2) };
    }

    public static PrimaryClientOptions ClientOf(HostServices host) => new()
    {
        Transfer = new() { MaxRecords = host.Settings.Get(SecondarySettings.MaxRecords), MaxOctets = (long)host.Settings.Get(SecondarySettings.MaxTransfer) << 20 },
        Authorities = ReadAuthorities(host.Settings.Get(SecondarySettings.TlsAuthorities)),
    };

    private static X509Certificate2Collection? ReadAuthorities(FileInfo? file)
    {
        if (file is null)
            return null;
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file.FullName);
            return authorities.Count > 0 ? authorities : throw OperatorException.CannotRun($"--tls-ca {file} holds no certificate in PEM form");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw OperatorException.CannotRun($"--tls-ca {file} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }
}
