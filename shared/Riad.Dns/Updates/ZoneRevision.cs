using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Zones;

namespace Riad.Dns.Updates;

/// <summary>The next version of a zone, from the changes of an update.</summary>
public static class ZoneRevision
{
    /// <summary>Makes the changes; the cost grows with them, not with the zone.</summary>
    /// <param name="zone">Stays as it is.</param>
    /// <param name="changes">Of this zone: no name and type twice.</param>
    /// <param name="next">Null when a set would become larger than any message can hold.</param>
    public static bool TryApply(Zone zone, Seq<SetChange> changes, [NotNullWhen(true)] out Zone? next)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var edit = zone.Edit();
        foreach (var change in changes)
        {
            foreach (var data in change.Removed)
                edit.Remove(change.Owner.Wire, change.Type, data.Span);
            if (change.New.Count > 0)
                edit.SetTtl(change.Owner.Wire, change.Type, change.NewTtl.Seconds);
            foreach (var data in change.Added)
                edit.Add(change.Owner.Wire, change.Type, change.NewTtl.Seconds, data.Span);
        }
        next = edit.Build();
        if (edit.OversizeCount > 0)
            next = null;
        return next is not null;
    }
}
