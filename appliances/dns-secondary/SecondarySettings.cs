using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Host.Dns;
using Riad.Host.Settings;

namespace Riad.DnsSecondary;

/// <summary>What an operator can set, besides what every appliance has.</summary>
internal static class SecondarySettings
{
    /// <summary>In place of a limit that was not written: <see cref="Following.FollowingOptions.LimitsFor"/> has one.</summary>
    public const int AsMemoryAllows = 0;

    /// <summary>Where queries are answered when nothing is set: loopback, above 1024.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultListen = [NameServerSettings.Loopback(5310)];

    /// <summary>Where browsers go when nothing is set.</summary>
    public static readonly ImmutableArray<IpEndpoint> DefaultHttp = [NameServerSettings.Loopback(8310)];

    public static readonly Setting<ImmutableArray<IpEndpoint>> Primary = SettingOf.Many<IpEndpoint>(
        "--primary", "ADDRESS[:PORT]", "Whom zones are transferred from; several are asked in turn. Port 53, or 853 with --tls. May be left out when the name of a key tells it.", PrimaryEndpoint, []);

    public static readonly Setting<DomainName?> Key = SettingOf.Optional(
        "--key", "NAME", "Which key signs what is said to the primaries. A file with one key needs none.", (ValueReader<DomainName>)KeyName);

    public static readonly Setting<ImmutableArray<IpEndpoint>> Notify = SettingOf.Many<IpEndpoint>(
        "--notify", "ADDRESS:PORT", "A further secondary that is told of every change.", ValueOf.Endpoint, []);

    public static readonly Setting<ImmutableArray<DomainName>> Zone = SettingOf.Many<DomainName>(
        "--zone", "NAME", "A zone to transfer and serve.", NameServerSettings.Zone, []);

    public static readonly Setting<ImmutableArray<DomainName>> Catalog = SettingOf.Many<DomainName>(
        "--catalog", "NAME", "A catalog zone (RFC 9432): what it lists is transferred and served.", NameServerSettings.Zone, []);

    public static readonly Setting<string?> Tls = SettingOf.Optional(
        "--tls", "NAME", "Transfers over TLS; the primary's certificate must carry this name.", (ValueReader<string>)ValueOf.Text);

    public static readonly Setting<FileInfo?> TlsAuthorities = SettingOf.Optional(
        "--tls-ca", "FILE", "A PEM file of the authorities whose certificates are believed with --tls, in place of the system's.", (ValueReader<FileInfo>)ValueOf.File);

    public static readonly Setting<int> MaxRecords = SettingOf.One(
        "--max-records", "COUNT", "The most records that a transfer may bring.", ValueOf.Count(1, int.MaxValue), AsMemoryAllows, "as memory allows");

    public static readonly Setting<int> MaxTransfer = SettingOf.One(
        "--max-transfer", "MIB", "The longest transfer.", ValueOf.Count(1, 1 << 20), AsMemoryAllows, "as memory allows");

    public static readonly Setting<int> Transfers = SettingOf.One(
        "--transfers", "COUNT", "Transfers under way at once, half of them with one primary.", ValueOf.Count(1, 1000), 32);

    public static readonly Setting<bool> PublicStatus = SettingOf.Switch(
        "--public-status", "Everybody may look at the status page, the reasons in /health, and /metrics; otherwise this host alone.");

    public static ImmutableArray<Setting> Serve { get; } =
    [
        Primary, .. KeyFileSettings.All, Key, Notify, Zone, Catalog, Tls, TlsAuthorities, MaxRecords, MaxTransfer, Transfers, PublicStatus,
        .. NameServerSettings.All,
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

    private static bool KeyName(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = DomainName.TryParseAbsolute(text, out value) ? null : "write the name of a key, as it stands in the file";
        return value is not null;
    }
}
