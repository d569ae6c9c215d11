using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Secondary;

/// <summary>Which zone is due when.</summary>
/// <param name="followed">Every zone that is followed.</param>
/// <remarks>An entry is not taken out when its zone is due at another time or was left: it is passed over, and dropped when there are many such.</remarks>
internal sealed class ZoneSchedule(SortedDictionary<DomainName, FollowedZone> followed)
{
    private const int MaxOutdated = 1000;

    private readonly PriorityQueue<FollowedZone, (TimeSpan At, long Order)> queue = new();
    private long lastOrder;

    /// <summary>When the next zone is due; null when none is.</summary>
    public Elapsed? NextAt
    {
        get
        {
            while (queue.TryPeek(out var zone, out var at))
            {
                if (zone.IsFollowed && zone.ScheduledAt?.Value == at.At)
                    return new(at.At);
                queue.Dequeue();
            }
            return null;
        }
    }

    /// <summary>How many entries there are, outdated ones counted.</summary>
    public int Count => queue.Count;

    /// <summary>Takes the zone that is due longest; null when none is.</summary>
    public FollowedZone? Take(Elapsed now)
    {
        if (NextAt is not { } at || at > now)
            return null;
        var zone = queue.Dequeue();
        zone.ScheduledAt = null;
        return zone;
    }

    /// <summary>Takes over when a zone is due now.</summary>
    public void Set(FollowedZone zone)
    {
        var at = zone.Maintenance.WakeAt;
        if (zone.ScheduledAt == at)
            return;
        zone.ScheduledAt = at;
        if (at is { } due)
            queue.Enqueue(zone, (due.Value, ++lastOrder));
        if (queue.Count > (2 * followed.Count) + MaxOutdated)
            DropOutdated();
    }

    /// <summary>A zone that is asked for often would leave an entry for each of its expiries, which are far away.</summary>
    private void DropOutdated()
    {
        queue.Clear();
        foreach (var zone in followed.Values)
        {
            if (zone.ScheduledAt is { } at)
                queue.Enqueue(zone, (at.Value, ++lastOrder));
        }
    }
}
