using Riad.Core;
using Riad.Dns.Secondary;

namespace Riad.DnsSecondary.Serving;

/// <summary>How the zones are altogether: what health needs each second, of however many there are.</summary>
/// <param name="Followed">How many there are.</param>
/// <param name="Served">How many of them are served; catalogs are not.</param>
/// <param name="Troubled">Those that are not served as they should be, or only from the state.</param>
internal sealed record ZoneSurvey(int Followed, int Served, IReadOnlyList<ZoneView> Troubled)
{
    public static ZoneSurvey Of(SecondaryZones zones, Elapsed now)
    {
        var (followed, served, troubled) = (0, 0, new List<ZoneView>());
        foreach (var zone in zones.Followed)
        {
            followed++;
            var hasVersion = zone.Zone is not null && !zone.Maintenance.IsExpired;
            served += hasVersion && !zone.IsCatalog ? 1 : 0;
            if (!hasVersion || zone.Maintenance.IsUnconfirmed)
                troubled.Add(ZoneView.Of(zone, now));
        }
        return new(followed, served, troubled);
    }
}
