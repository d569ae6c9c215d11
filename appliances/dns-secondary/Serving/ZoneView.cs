using Riad.Core;
using Riad.Dns.Secondary;

namespace Riad.DnsSecondary.Serving;

/// <summary>One zone as pages, metrics and health see it.</summary>
/// <param name="Name">Without the final dot.</param>
/// <param name="State">Whether it is served.</param>
/// <param name="Origin">Why it is followed.</param>
/// <param name="Primary">Whom it is transferred from, the first of them.</param>
/// <param name="Serial">Of the version that we have; null when there is none.</param>
/// <param name="Records">Of that version.</param>
/// <param name="Age">Since a primary was last heard; null when none ever was.</param>
/// <param name="NextRefresh">Until a primary is asked next; null while one is being asked.</param>
/// <param name="Expires">Until it expires; null when there is no version.</param>
/// <param name="Failure">Why the last round was in vain; null when it was not.</param>
/// <param name="IsUnconfirmed">True while it is the version of an earlier run, and no primary was heard since.</param>
internal sealed record ZoneView(
    string Name, ZoneState State, string Origin, string Primary, uint? Serial, long Records, TimeSpan? Age, TimeSpan? NextRefresh, TimeSpan? Expires, string? Failure,
    bool IsUnconfirmed = false)
{
    public static ZoneView Of(FollowedZone zone, Elapsed now)
    {
        var maintenance = zone.Maintenance;
        return new(
            zone.Apex.ToStringWithoutFinalDot(),
            zone.Zone is null ? ZoneState.NotLoaded : maintenance.IsExpired ? ZoneState.Expired : zone.IsCatalog ? ZoneState.Followed : ZoneState.Served,
            OriginOf(zone.Origin),
            zone.Primaries[0].Endpoint.ToString(),
            zone.Zone?.Serial.Value,
            zone.Zone?.RecordCount ?? 0,
            now - maintenance.LastContact,
            maintenance.NextAt - now,
            maintenance.ExpiresAt - now,
            maintenance.LastFailure?.ToString(),
            maintenance.IsUnconfirmed);
    }

    private static string OriginOf(ZoneOrigin origin) => origin switch
    {
        ZoneOrigin.Given => "--zone",
        ZoneOrigin.Catalog => "--catalog",
        ZoneOrigin.Member(var catalog, _, null) => $"catalog {catalog.ToStringWithoutFinalDot()}",
        ZoneOrigin.Member(var catalog, _, var group) => $"catalog {catalog.ToStringWithoutFinalDot()}, group {group}",
        ZoneOrigin.Learned => "NOTIFY",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Whether a zone is served.</summary>
internal enum ZoneState
{
    /// <summary>It is.</summary>
    Served,

    /// <summary>It is a catalog, which is followed and not served.</summary>
    Followed,

    /// <summary>No version came yet.</summary>
    NotLoaded,

    /// <summary>No primary was heard for too long.</summary>
    Expired,
}
