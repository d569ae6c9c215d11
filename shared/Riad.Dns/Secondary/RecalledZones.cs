using System.Collections.Immutable;
using Riad.Dns.Names;

namespace Riad.Dns.Secondary;

/// <summary>Versions that were kept over a restart and that no zone has asked for yet.</summary>
internal sealed class RecalledZones
{
    private readonly Dictionary<DomainName, RecalledZone> waiting = [];
    private bool isOver;

    /// <summary>Some more of them.</summary>
    public void Keep(ImmutableArray<RecalledZone> kept)
    {
        foreach (var zone in kept)
            waiting[zone.Zone.Apex] = zone;
    }

    /// <summary>There are no more.</summary>
    public void End() => isOver = true;

    /// <summary>Takes what was kept of a zone, which nobody gets a second time.</summary>
    /// <param name="apex">The zone.</param>
    /// <param name="origin">Why it is followed now.</param>
    /// <returns>Null when nothing was kept, or for a zone that was followed for another reason.</returns>
    public RecalledZone? Take(DomainName apex, ZoneOrigin origin) => waiting.Remove(apex, out var kept) && kept.IsFor(origin) ? kept : null;

    /// <summary>True when all have come and some are left.</summary>
    public bool IsLeft => isOver && waiting.Count > 0;

    /// <summary>Nobody will ask for what is left.</summary>
    public void Forget() => waiting.Clear();
}
