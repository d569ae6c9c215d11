using System.Text;
using Riad.Core;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>From what the operator set to how queries are answered.</summary>
internal static class AnswerOptions
{
    private const int KeyOctets = 16;

    public static ServerOptions Of(HostServices host) => new()
    {
        Identifier = new(Encoding.UTF8.GetBytes(host.Settings.Get(PrimaryGitSettings.ServerId) ?? "")),
        Version = new(Encoding.UTF8.GetBytes(host.Settings.Get(PrimaryGitSettings.ShowVersion) ? $"dns-primary-git {ApplianceVersion.Current.Version}" : "")),
        Cookies = CookieSecretsFile.Read(host.Settings.Get(PrimaryGitSettings.CookieSecrets), host.Random),
    };

    /// <summary>Makes the limiter of a thread; null when nothing is limited.</summary>
    /// <remarks>On by default, but not for clients on this machine unless a limit was written.</remarks>
    public static Func<RateLimiter?> NewLimiter(HostServices host)
    {
        var limit = host.Settings.Get(PrimaryGitSettings.RateLimit);
        if (limit == 0)
            return static () => null;
        var usual = new RateLimitOptions { Slip = host.Settings.Get(PrimaryGitSettings.RateLimitSlip) };
        var options = limit < 0 ? usual : usual with { AnswersPerSecond = limit, IncludesLoopback = true };
        var key = new byte[KeyOctets];
        host.Random.Fill(key);
        return () => new RateLimiter(options, key);
    }
}
