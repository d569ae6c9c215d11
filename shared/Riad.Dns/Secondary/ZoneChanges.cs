using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>What has become of zones since the served set was last made: many changes cost one copy of the set.</summary>
internal sealed class ZoneChanges
{
    private readonly SortedDictionary<DomainName, Change> pending = [];

    public void Set(Zone zone) => pending[zone.Apex] = new(zone, default, IsGone(zone.Apex));

    public void SetAbsent(DomainName apex, ZoneAbsence absence) => pending[apex] = new(null, absence, IsGone(apex));

    public void Remove(DomainName apex) => pending[apex] = new(null, null, WasRemoved: true);

    public ZoneSet Apply(ZoneSet before)
    {
        if (pending.Count == 0)
            return before;
        var next = before.WithChanges(
            pending.Values.Select(change => change.Zone).OfType<Zone>(),
            pending.Where(entry => entry.Value is { Zone: null, Absence: not null }).Select(entry => (entry.Key, entry.Value.Absence!.Value)),
            pending.Where(entry => entry.Value.WasRemoved).Select(entry => entry.Key));
        pending.Clear();
        return next;
    }

    private bool IsGone(DomainName apex) => pending.TryGetValue(apex, out var change) && change.WasRemoved;

    /// <summary>What has become of one zone.</summary>
    /// <param name="Zone">The version to serve.</param>
    /// <param name="Absence">Why there is none; null for a zone that is no longer ours.</param>
    /// <param name="WasRemoved">True when the zone was removed in between, so that it begins anew.</param>
    private readonly record struct Change(Zone? Zone, ZoneAbsence? Absence, bool WasRemoved);
}
