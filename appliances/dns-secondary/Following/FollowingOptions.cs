using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Secondary;
using Riad.Dns.Transfers.Incoming;
using Riad.Host;

namespace Riad.DnsSecondary.Following;

/// <summary>From what the operator set to how primaries are asked.</summary>
internal static class FollowingOptions
{
    // A record takes some 70 octets once it is served, and three times that for a while. This is against a primary that
    // sends without end: a zone that just fits is not to be refused. With little memory still one of some size.
    private const long OctetsPerRecord = 128;
    private const long MemoryPerTransfer = 2;
    private const long LeastMaxRecords = 100_000;
    private const long LeastMaxOctets = 32L << 20;

    public static SecondaryOptions Of(HostServices host)
    {
        var transfers = host.Settings.Get(SecondarySettings.Transfers);
        return new() { MaxAttempts = transfers, MaxAttemptsPerPrimary = Math.Max(1, transfers / 2) };
    }

    public static PrimaryClientOptions ClientOf(HostServices host)
    {
        var limits = LimitsFor(host.Settings.Get(SecondarySettings.MaxRecords), host.Settings.Get(SecondarySettings.MaxTransfer), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        host.Log.LogInformation("transfers may bring records={Records} mebibytes={Mebibytes}", limits.MaxRecords, limits.MaxOctets >> 20);
        return new() { Transfer = limits, Authorities = ReadAuthorities(host.Settings.Get(SecondarySettings.TlsAuthorities)) };
    }

    /// <summary>How much a transfer may bring.</summary>
    /// <param name="records">As set; <see cref="SecondarySettings.AsMemoryAllows"/> when it was not.</param>
    /// <param name="mebibytes">Likewise.</param>
    /// <param name="memoryOctets">What this process may have: of the machine, or three quarters of what the container may have where it has a limit.</param>
    /// <remarks>A primary that sends without end is then refused before the process is ended for want of memory.</remarks>
    public static TransferLimits LimitsFor(int records, int mebibytes, long memoryOctets)
    {
        var most = new TransferLimits();
        return new()
        {
            MaxRecords = records is SecondarySettings.AsMemoryAllows ? Math.Clamp(memoryOctets / OctetsPerRecord, LeastMaxRecords, most.MaxRecords) : records,
            MaxOctets = mebibytes is SecondarySettings.AsMemoryAllows ? Math.Clamp(memoryOctets / MemoryPerTransfer, LeastMaxOctets, most.MaxOctets) : (long)mebibytes << 20,
        };
    }

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
