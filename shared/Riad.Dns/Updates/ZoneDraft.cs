using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Updates;

/// <summary>A zone while an update is applied to it: the names that were looked at or changed, over the zone as it is. Mutable.</summary>
internal sealed class ZoneDraft(Zone zone)
{
    private readonly Dictionary<DomainName, DraftName> names = [];

    public Zone Zone => zone;

    public DomainName Apex => zone.Apex;

    /// <summary>The records of a name, taken from the zone when it is asked for the first time.</summary>
    public DraftName At(DomainName owner)
    {
        if (!names.TryGetValue(owner, out var name))
            names[owner] = name = DraftName.Of(zone, owner);
        return name;
    }

    /// <summary>The net difference to the zone, in canonical order of names and types.</summary>
    public Seq<SetChange> Changes() => names.Values.OrderBy(name => name.Owner).SelectMany(name => name.Changes()).ToSeq();
}
