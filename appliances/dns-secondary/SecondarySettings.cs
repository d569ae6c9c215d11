using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Host.Settings;

namespace Riad.DnsSecondary;

/// <summary>What an operator can set, besides what every appliance has.</summary>
internal static class SecondarySettings
{
    private const int MaxIdentifierOctets = 128;

    /// <summary>Where queries are answered when nothing is set: loopback, above 1024.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultListen = [Loopback(5310)];

    /// <summary>Where browsers go when nothing is set.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultHttp = [Loopback(8310)];

    public static readonly Setting<ImmutableArray<IpEndpoint>> Primary = SettingOf.Many<IpEndpoint>(
        "--primary", "ADDRESS[:PORT]", "Whom zones are transferred from; several are asked in turn. Port 53, or 853 with --tls. May be left out when the name of a key tells it.", PrimaryEndpoint, []);

    public static readonly Setting<FileInfo?> Keys = SettingOf.Optional(
        "--keys", "FILE", "Keys, one NAME:ALGORITHM:SECRET a line, or BIND's key statements. Without it nothing is signed, and NOTIFY is believed by address.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<DomainName?> Key = SettingOf.Optional(
        "--key", "NAME", "Which key signs what is said to the primaries. A file with one key needs none.", (ValueReader<DomainName>)KeyName);

    public static readonly Setting<FileInfo?> Policy = SettingOf.Optional(
        "--policy", "FILE", "Who may transfer zones from here, where the names of keys do not say it: 'key NAME may transfer every zone'.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<ImmutableArray<IpEndpoint>> Notify = SettingOf.Many<IpEndpoint>(
        "--notify", "ADDRESS:PORT", "A further secondary that is told of every change.", ValueOf.Endpoint, []);

    public static readonly Setting<bool> AllowSha1 = SettingOf.Switch("--allow-sha1", "Takes keys for HMAC-SHA1 too.");

    public static readonly Setting<ImmutableArray<DomainName>> Zone = SettingOf.Many<DomainName>(
        "--zone", "NAME", "A zone to transfer and serve.", ZoneName, []);

    public static readonly Setting<ImmutableArray<DomainName>> Catalog = SettingOf.Many<DomainName>(
        "--catalog", "NAME", "A catalog zone (RFC 9432): what it lists is transferred and served.", ZoneName, []);

    public static readonly Setting<string?> Tls = SettingOf.Optional(
        "--tls", "NAME", "Transfers over TLS; the primary's certificate must carry this name.", (ValueReader<string>)ValueOf.Text);

    public static readonly Setting<FileInfo?> TlsAuthorities = SettingOf.Optional(
        "--tls-ca", "FILE", "A PEM file of the authorities whose certificates are believed with --tls, in place of the system's.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<int> MaxRecords = SettingOf.One(
        "--max-records", "COUNT", "The most records that a transfer may bring.", ValueOf.Count(1, int.MaxValue), 50_000_000);

    public static readonly Setting<int> MaxTransfer = SettingOf.One(
        "--max-transfer", "MIB", "The longest transfer.", ValueOf.Count(1, 1 << 20), 4096);

    public static readonly Setting<int> Transfers = SettingOf.One(
        "--transfers", "COUNT", "Transfers under way at once, half of them with one primary.", ValueOf.Count(1, 1000), 32);

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

    public static ImmutableArray<Setting> Serve { get; } =
    [
        Primary, Keys, Key, AllowSha1, Policy, Notify, Zone, Catalog, Tls, TlsAuthorities, MaxRecords, MaxTransfer, Transfers,
        ListenTls, Threads, RateLimit, RateLimitSlip, ServerId, ShowVersion,
    ];

    /// <summary>In place of a port that was not written: which one is meant follows from --tls.</summary>
    public const ushort UsualPort = 0;

    private static bool PrimaryEndpoint(string text, out IpEndpoint value, [NotNullWhen(false)] out string? instead)
    {
        instead = null;
        if (IpEndpoint.TryParse(text, out value) && value.Port != 0)
            return true;
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;
        if (IpAddress.TryParse(Encoding.UTF8.GetBytes(bare), out var address))
        {
            value = new(address, UsualPort);
            return true;
        }
        instead = "write ADDRESS or ADDRESS:PORT, such as 192.0.2.1, 192.0.2.1:5300 or [2001:db8::1]:53";
        return false;
    }

    private static bool ZoneName(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = DomainName.TryParseAbsolute(text, out value) ? null : "write the name of a zone, such as example.org";
        return value is not null;
    }

    private static bool KeyName(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = DomainName.TryParseAbsolute(text, out value) ? null : "write the name of a key, as it stands in the file";
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
