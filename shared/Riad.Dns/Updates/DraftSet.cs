using Riad.Core;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>The records of one name and type while an update is applied. Mutable.</summary>
internal sealed class DraftSet(RrType type, Ttl ttl)
{
    private readonly List<Octets> data = [];
    private readonly HashSet<Octets> known = [];

    public RrType Type => type;

    public Ttl Ttl { get; set; } = ttl;

    public int Count => data.Count;

    public IReadOnlyList<Octets> Data => data;

    public bool Contains(Octets record) => known.Contains(CanonicalData.Of(type, record));

    public void Add(Octets record)
    {
        if (known.Add(CanonicalData.Of(type, record)))
            data.Add(record);
    }

    public void Remove(Octets record)
    {
        var canonical = CanonicalData.Of(type, record);
        if (known.Remove(canonical))
            data.RemoveAll(other => CanonicalData.Of(type, other) == canonical);
    }

    public DraftSet Copy()
    {
        var copy = new DraftSet(type, Ttl);
        copy.data.AddRange(data);
        copy.known.UnionWith(known);
        return copy;
    }

    /// <summary>True when both have the same records, in any order, and the same TTL.</summary>
    public bool IsSameAs(DraftSet other) => Ttl == other.Ttl && known.SetEquals(other.known);
}
