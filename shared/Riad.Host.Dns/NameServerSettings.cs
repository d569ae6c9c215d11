using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Host.Settings;

namespace Riad.Host.Dns;

/// <summary>What an operator can set of any name server.</summary>
public static class NameServerSettings
{
    private const int MaxIdentifierOctets = 128;

    /// <summary>Where DNS over TLS is answered.</summary>
    public static readonly Setting<ImmutableArray<IpEndpoint>> ListenTls = SettingOf.Many<IpEndpoint>(
        "--listen-tls", "ADDRESS:PORT", "Where DNS over TLS is answered (port 853 by custom); needs --tls-certificate.", ValueOf.Endpoint, []);

    /// <summary>For <c>KernelNetworkOptions.Threads</c>.</summary>
    public static readonly Setting<int> Threads = SettingOf.One(
        "--threads", "COUNT", "Threads that answer over UDP, each on a core of its own; 0 means one for each core.", ValueOf.Count(0, 256), 0);

    /// <summary>All of them.</summary>
    public static ImmutableArray<Setting> All => [ListenTls, Threads, RateLimit, RateLimitSlip, ServerId, ShowVersion, CookieSecrets];

    internal static readonly Setting<int> RateLimit = SettingOf.One(
        "--rate-limit", "COUNT", "Identical answers a second to one /24 or /56 over UDP; 0 means no limit.",
        ValueOf.Count(0, 1_000_000), -1, "200, none on loopback");

    internal static readonly Setting<int> RateLimitSlip = SettingOf.One(
        "--rate-limit-slip", "COUNT", "Every COUNTth limited answer is sent truncated, so that a real client asks again by TCP; 0 drops all.", ValueOf.Count(0, 10), 2);

    internal static readonly Setting<string?> ServerId = SettingOf.Optional(
        "--nsid", "TEXT", "What this server calls itself: to clients that ask with NSID, and to id.server.", (ValueReader<string>)Identifier);

    internal static readonly Setting<bool> ShowVersion = SettingOf.Switch(
        "--show-version", "Answers version.bind with the version; otherwise it is refused.");

    internal static readonly Setting<FileInfo?> CookieSecrets = SettingOf.Optional(
        "--cookie-secret-file", "FILE", "Secrets of DNS cookies to share with other servers: 32 hexadecimal digits a line, the first is used for new cookies, the second is still accepted.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary>A port of loopback, where an appliance is when nothing is set.</summary>
    public static IpEndpoint Loopback(ushort port) => new(new(new IPv4Address(0x7f00_0001)), port);

    /// <summary>Reads the name of a zone.</summary>
    public static bool Zone(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = DomainName.TryParseAbsolute(text, out value) ? null : "write the name of a zone, such as example.org";
        return value is not null;
    }

    private static bool Identifier(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? instead)
    {
        instead = Encoding.UTF8.GetByteCount(text) is > 0 and <= MaxIdentifierOctets ? null : "write 1 to 128 octets";
        value = text;
        return instead is null;
    }
}
