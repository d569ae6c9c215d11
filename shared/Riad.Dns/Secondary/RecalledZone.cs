using System.Collections.Immutable;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>A version of a zone that was kept from an earlier run.</summary>
/// <param name="Zone">The version.</param>
/// <param name="Steps">What led to it from versions before; may be empty.</param>
/// <param name="Origin">How we came to the zone then.</param>
/// <param name="Age">Since a primary last gave it, or said that it is the newest; not negative.</param>
/// <param name="Left">Until it expires; it has when this is not positive.</param>
public sealed record RecalledZone(Zone Zone, ImmutableArray<ZoneStep> Steps, ZoneOrigin Origin, TimeSpan Age, TimeSpan Left)
{
    /// <summary>False where the zone is another one now: an entry of a catalog with another label begins anew.</summary>
    /// <remarks>Source: RFC 9432 §5.3.</remarks>
    internal bool IsFor(ZoneOrigin origin) =>
        Origin is not ZoneOrigin.Member(var catalog, var id, _) || origin is not ZoneOrigin.Member(var catalogNow, var idNow, _) || (catalog == catalogNow && id == idNow);
}
