using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.DnsPrimaryGit.Access;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving.Transfers;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit;

/// <summary>What an operator can set, besides what every appliance has.</summary>
internal static class PrimaryGitSettings
{
    private const int MaxIdentifierOctets = 128;

    /// <summary>Where the example answers when nothing is set: loopback, above 1024.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultListen = [Loopback(5300)];

    /// <summary>Where git and browsers go when nothing is set.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultHttp = [Loopback(8300)];

    public static readonly Setting<DirectoryInfo?> Repository = SettingOf.Optional(
        "--repository", "DIR", "The bare Git repository that is served and pushed to; created when missing. Without it: zones.git in the state directory.", (ValueReader<DirectoryInfo>)ValueOf.Folder);

    public static readonly Setting<string> Branch = SettingOf.One(
        "--branch", "NAME", "The branch that is served; others are stored only.", ValueOf.Text, "main");

    public static readonly Setting<bool> StrictSerials = SettingOf.One(
        "--serial", "RULE", "When a push changes a zone and not its serial: 'next' serves the next serial, 'strict' refuses the push.",
        ValueOf.Choice(("next", false), ("strict", true)), fallback: false, "next");

    public static readonly Setting<bool> AllowForce = SettingOf.Switch(
        "--allow-force", "Lets a push rewrite or delete the served branch; the push says which served changes are lost.");

    public static readonly Setting<bool> Example = SettingOf.Switch(
        "--example", "Puts the zone example.org into a new repository; one with a branch in it is left as it is.");

    public static readonly Setting<ImmutableArray<IpEndpoint>> ListenTls = SettingOf.Many<IpEndpoint>(
        "--listen-tls", "ADDRESS:PORT", "Where DNS over TLS is answered (port 853 by custom); needs --tls-certificate.", ValueOf.Endpoint, []);

    public static readonly Setting<int> Threads = SettingOf.One(
        "--threads", "COUNT", "Threads that answer over UDP, each on a core of its own; 0 means one for each core.", ValueOf.Count(0, 256), 0);

    public static readonly Setting<int> RateLimit = SettingOf.One(
        "--rate-limit", "COUNT", "Identical answers a second to one /24 or /56 over UDP; 0 means no limit.",
        ValueOf.Count(0, 1_000_000), -1, "200, none on loopback");

    public static readonly Setting<int> RateLimitSlip = SettingOf.One(
        "--rate-limit-slip", "COUNT", "Every COUNTth limited answer is sent truncated, so that a real client asks again by TCP; 0 drops all.", ValueOf.Count(0, 10), 2);

    public static readonly Setting<string?> ServerId = SettingOf.Optional(
        "--nsid", "TEXT", "What this server calls itself: to clients that ask with NSID, and to id.server.", (ValueReader<string>)Identifier);

    public static readonly Setting<bool> ShowVersion = SettingOf.Switch(
        "--show-version", "Answers version.bind with the version; otherwise it is refused.");

    public static readonly Setting<FileInfo?> CookieSecrets = SettingOf.Optional(
        "--cookie-secret-file", "FILE", "Secrets of DNS cookies to share with other servers: 32 hexadecimal digits a line, the first is used for new cookies, the second is still accepted.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<int> MaxPushMebibytes = SettingOf.One(
        "--max-push", "MIB", "The largest pack that a push may send.", ValueOf.Count(1, 2047), 512);

    public static ImmutableArray<Setting> Serve { get; } =
    [
        Repository, Branch, StrictSerials, AllowForce, Example, .. AccessSettings.All, .. KeySettings.All, ListenTls, Threads,
        RateLimit, RateLimitSlip, ServerId, ShowVersion, CookieSecrets, MaxPushMebibytes, .. RemoteSettings.All, .. TransferSettings.All,
    ];

    /// <summary>The name of a zone.</summary>
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

    private static IpEndpoint Loopback(ushort port) => new(new(new IPv4Address(0x7f00_0001)), port);
}
