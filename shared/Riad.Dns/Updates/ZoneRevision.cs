using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Updates;

/// <summary>The next version of a zone, from the changes of an update.</summary>
public static class ZoneRevision
{
    /// <summary>Makes the changes.</summary>
    /// <param name="zone">Stays as it is.</param>
    /// <param name="changes">Of this zone: no name and type twice.</param>
    /// <param name="next">Null when a set would become larger than any message can hold.</param>
    public static bool TryApply(Zone zone, Seq<SetChange> changes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Zone? next)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var builder = new ZoneBuilder(zone.Apex);
        var changed = changes.Select(change => (change.Owner, change.Type.Code)).ToHashSet();
        var owners = changes.Select(change => change.Owner).ToHashSet();
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        foreach (var node in zone.Nodes)
        {
            var owner = wire[..node.CopyOwner(wire)];
            var touched = owners.Count > 0 && owners.Contains(node.Owner) ? node.Owner : null;
            foreach (var set in node.Sets)
            {
                if (touched is not null && changed.Contains((touched, set.Type)))
                    continue;
                foreach (var rdata in set.Rdatas(scratch))
                    builder.Add(owner, RrTypes.FromCode(set.Type), set.Ttl, rdata);
            }
        }
        foreach (var change in changes)
        {
            foreach (var data in change.New)
                builder.Add(change.Owner.Wire, change.Type, change.NewTtl.Seconds, data.Span);
        }
        next = builder.Build();
        if (builder.OversizeCount > 0)
            next = null;
        return next is not null;
    }
}
