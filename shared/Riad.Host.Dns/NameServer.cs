using System.Text;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;

namespace Riad.Host.Dns;

/// <summary>From what the operator set to where and how queries are answered.</summary>
public static class NameServer
{
    private const int KeyOctets = 16;

    /// <summary>Where it listens.</summary>
    /// <exception cref="OperatorException">TLS without a certificate.</exception>
    public static DnsListenerOptions ListenerOf(HostServices host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var listenTls = host.Settings.Get(NameServerSettings.ListenTls);
        if (!listenTls.IsEmpty && host.Certificate is null)
            throw OperatorException.BadArguments("--listen-tls needs --tls-certificate FILE and --tls-key FILE");
        return new() { Listen = host.Listen, ListenTls = listenTls, Certificate = host.Certificate is null ? null : () => host.Certificate.Current.Context };
    }

    /// <summary>How it answers.</summary>
    /// <param name="host">What the operator set.</param>
    /// <param name="appliance">Its name, for version.bind.</param>
    /// <exception cref="OperatorException">The secrets of cookies cannot be read.</exception>
    public static ServerOptions AnswersOf(HostServices host, string appliance)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new()
        {
            Identifier = new(Encoding.UTF8.GetBytes(host.Settings.Get(NameServerSettings.ServerId) ?? "")),
            Version = new(Encoding.UTF8.GetBytes(host.Settings.Get(NameServerSettings.ShowVersion) ? $"{appliance} {ApplianceVersion.Current.Version}" : "")),
            Cookies = CookieSecretsFile.Read(host.Settings.Get(NameServerSettings.CookieSecrets), host.Random),
        };
    }

    /// <summary>Makes the limiter of a thread; null when nothing is limited.</summary>
    /// <remarks>On by default, but not for clients on this machine unless a limit was written.</remarks>
    public static Func<RateLimiter?> NewLimiter(HostServices host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var limit = host.Settings.Get(NameServerSettings.RateLimit);
        if (limit == 0)
            return static () => null;
        var usual = new RateLimitOptions { Slip = host.Settings.Get(NameServerSettings.RateLimitSlip) };
        var options = limit < 0 ? usual : usual with { AnswersPerSecond = limit, IncludesLoopback = true };
        var key = new byte[KeyOctets];
        host.Random.Fill(key);
        return () => new RateLimiter(options, key);
    }
}
