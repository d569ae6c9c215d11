using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;

namespace Riad.ZoneRepository.Updates;

/// <summary>What several updates, one after another, change in the end. Mutable.</summary>
internal sealed class NetChanges
{
    private readonly Dictionary<(DomainName Owner, RrType Type), SetChange> sets = [];

    /// <summary>Each name and type once, as it was before the first update and is after the last.</summary>
    public IReadOnlyCollection<SetChange> Changes => sets.Values;

    /// <summary>Adds the changes of the next update.</summary>
    public void Add(Seq<SetChange> changes)
    {
        foreach (var change in changes)
        {
            var key = (change.Owner, change.Type);
            sets[key] = sets.TryGetValue(key, out var first) ? change with { OldTtl = first.OldTtl, Old = first.Old } : change;
        }
    }
}
