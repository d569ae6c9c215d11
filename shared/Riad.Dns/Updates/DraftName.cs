using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Updates;

/// <summary>The records of one name while an update is applied. Mutable.</summary>
internal sealed class DraftName
{
    private readonly SortedDictionary<ushort, DraftSet> before = [];
    private readonly SortedDictionary<ushort, DraftSet> sets = [];

    private DraftName(DomainName owner) => Owner = owner;

    public DomainName Owner { get; }

    /// <summary>True when the name has a record.</summary>
    public bool IsInUse => sets.Count > 0;

    /// <summary>The types that the name has, in ascending order.</summary>
    public IEnumerable<RrType> Types => sets.Values.Select(set => set.Type);

    /// <summary>What a zone has under a name, which need not exist.</summary>
    public static DraftName Of(Zone zone, DomainName owner)
    {
        var draft = new DraftName(owner);
        if (!zone.TryFind(owner.Wire, out var node))
            return draft;
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var view in node.Sets)
        {
            var set = new DraftSet(RrTypes.FromCode(view.Type), new(view.Ttl));
            foreach (var rdata in view.Rdatas(scratch))
                set.Add(new(rdata));
            draft.before[view.Type] = set;
            draft.sets[view.Type] = set.Copy();
        }
        return draft;
    }

    public DraftSet? Find(RrType type) => sets.GetValueOrDefault(type.Code);

    /// <summary>Adds a record to its set; the set takes the TTL.</summary>
    public void Add(RrType type, Ttl ttl, Octets data)
    {
        if (!sets.TryGetValue(type.Code, out var set))
            sets[type.Code] = set = new(type, ttl);
        set.Ttl = ttl;
        set.Add(data);
    }

    /// <summary>Puts a record in the place of all records of its type.</summary>
    public void Replace(RrType type, Ttl ttl, Octets data)
    {
        // The same record but for the case of its names stays as it was written.
        if (sets.TryGetValue(type.Code, out var present) && present is { Count: 1 } && present.Contains(data))
        {
            present.Ttl = ttl;
            return;
        }
        sets.Remove(type.Code);
        Add(type, ttl, data);
    }

    public void Remove(RrType type) => sets.Remove(type.Code);

    public void Remove(RrType type, Octets data)
    {
        if (Find(type) is not { } set)
            return;
        set.Remove(data);
        if (set.Count == 0)
            sets.Remove(type.Code);
    }

    /// <summary>What differs from the zone, in ascending order of types.</summary>
    public IEnumerable<SetChange> Changes()
    {
        foreach (var code in before.Keys.Union(sets.Keys).Order())
        {
            var (old, now) = (before.GetValueOrDefault(code), sets.GetValueOrDefault(code));
            if (old is null || now is null || !old.IsSameAs(now))
                yield return new(Owner, (old ?? now)!.Type, old?.Ttl ?? default, [.. old?.Data ?? []], now?.Ttl ?? default, [.. now?.Data ?? []]);
        }
    }
}
