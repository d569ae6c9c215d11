using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Catalogs;
using Riad.Dns.Names;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Serving.Transfers;

/// <summary>The options of transfers and catalogs.</summary>
internal static class TransferSettings
{
    /// <summary><c>--transfer-tls</c>.</summary>
    public static readonly Setting<bool> NeedTls = SettingOf.Switch("--transfer-tls", "Zones are transferred over TLS alone; needs --listen-tls.");

    /// <summary><c>--catalog NAME</c>.</summary>
    public static readonly Setting<DomainName?> Catalog = SettingOf.Optional(
        "--catalog", "NAME", "Lists all zones in a catalog zone of this name, for those who may transfer it and nobody else.", (ValueReader<DomainName>)CatalogName);

    /// <summary><c>--catalog-groups FILE</c>.</summary>
    public static readonly Setting<FileInfo?> CatalogGroups = SettingOf.Optional(
        "--catalog-groups", "FILE", "The groups of zones in the catalog: a zone and its group a line. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary>All of serve.</summary>
    public static ImmutableArray<Setting> All => [NeedTls, Catalog, CatalogGroups];

    private static bool CatalogName(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = "write a domain name that is no zone of yours, such as catalog.invalid";
        if (!DomainName.TryParseAbsolute(text, out value) || value.IsRoot || !CatalogZone.CanBe(value))
            return false;
        instead = null;
        return true;
    }
}
