using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>One zone that is followed, as it stands.</summary>
public sealed class FollowedZone
{
    internal FollowedZone(DomainName apex, Seq<PrimaryServer> primaries, ZoneOrigin origin, ZoneMaintenance maintenance) =>
        (Apex, Primaries, Origin, Maintenance) = (apex, primaries, origin, maintenance);

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>Whom it is transferred from.</summary>
    public Seq<PrimaryServer> Primaries { get; internal set; }

    /// <summary>How we came to it.</summary>
    public ZoneOrigin Origin { get; internal set; }

    /// <summary>Its timers and its last failure.</summary>
    public ZoneMaintenance Maintenance { get; internal set; }

    /// <summary>The version that we have, expired or not; null when there is none.</summary>
    public Zone? Zone { get; internal set; }

    /// <summary>True for a catalog, which is not served.</summary>
    public bool IsCatalog => Origin is ZoneOrigin.Catalog;

    /// <summary>True for a catalog once a version of it was understood: until then its zones are not known.</summary>
    public bool IsListing { get; internal set; }

    /// <summary>The attempt under way or in the queue; 0 when there is none.</summary>
    internal long Attempt { get; set; }

    /// <summary>When its tick is due, as it stands in the schedule.</summary>
    internal Elapsed? ScheduledAt { get; set; }

    /// <summary>False once it was left.</summary>
    internal bool IsFollowed { get; set; } = true;
}
