using System.Text;
using Riad.Dns.Cookies;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Riad.Host;

namespace Riad.DnsSecondary.Serving;

/// <summary>From what the operator set to how queries are answered.</summary>
internal static class AnswerOptions
{
    private const int KeyOctets = 16;

    public static ServerOptions Of(HostServices host) => new()
    {
        Identifier = new(Encoding.UTF8.GetBytes(host.Settings.Get(SecondarySettings.ServerId) ?? "")),
        Version = new(Encoding.UTF8.GetBytes(host.Settings.Get(SecondarySettings.ShowVersion) ? $"{SecondaryAppliance.Name} {ApplianceVersion.Current.Version}" : "")),
        Cookies = new(NewSecret(host)),
    };

    /// <summary>Makes the limiter of a thread; null when nothing is limited.</summary>
    /// <remarks>On by default, but not for clients on this machine unless a limit was written.</remarks>
    public static Func<RateLimiter?> NewLimiter(HostServices host)
    {
        var limit = host.Settings.Get(SecondarySettings.RateLimit);
        if (limit == 0)
            return static () => null;
        var usual = new RateLimitOptions { Slip = host.Settings.Get(SecondarySettings.RateLimitSlip) };
        var options = limit < 0 ? usual : usual with { AnswersPerSecond = limit, IncludesLoopback = true };
        var key = new byte[KeyOctets];
        host.Random.Fill(key);
        return () => new RateLimiter(options, key);
    }

    private static CookieSecret NewSecret(HostServices host)
    {
        Span<byte> octets = stackalloc byte[CookieSecret.Length];
        host.Random.Fill(octets);
        return CookieSecret.TryCreate(octets, out var secret) ? secret : throw new System.Diagnostics.UnreachableException();
    }
}
