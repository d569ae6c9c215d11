using Riad.Dns.Records;

namespace Riad.Dns.Zones.Edits;

/// <summary>The records of one name and type in an edit. As long as nothing changes them, they stay where the base has them.</summary>
internal sealed class EditedSet
{
    private List<byte[]>? rdatas;

    /// <summary>A set that the base does not have.</summary>
    public EditedSet(RrType type, uint ttl) => (Type, Ttl, rdatas) = (type, ttl, []);

    /// <summary>A set of the base.</summary>
    public EditedSet(RecordSetView set) => (Type, Ttl, Count) = (RrTypes.FromCode(set.Type), set.Ttl, set.Count);

    /// <summary>The type of the records.</summary>
    public RrType Type { get; }

    /// <summary>Seconds.</summary>
    public uint Ttl { get; private set; }

    /// <summary>How many records.</summary>
    public int Count { get; private set; }

    /// <summary>True once the set differs from the base's, or might.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The data of the records in order; null while only the base has them.</summary>
    public IReadOnlyList<byte[]>? Rdatas => rdatas;

    /// <summary>Adds a record; false when it is there already. The lowest TTL counts for all.</summary>
    public bool Add(RecordSetView inBase, uint ttl, ReadOnlySpan<byte> rdata)
    {
        var known = Read(inBase);
        if (known.Count == 0)
            Ttl = ttl;
        (Ttl, IsChanged) = (Math.Min(Ttl, ttl), true);
        if (IndexOf(known, rdata) >= 0)
            return false;
        known.Add(rdata.ToArray());
        Count = known.Count;
        return true;
    }

    /// <summary>Removes a record; false when it is not there.</summary>
    public bool Remove(RecordSetView inBase, ReadOnlySpan<byte> rdata)
    {
        var known = Read(inBase);
        var index = IndexOf(known, rdata);
        if (index < 0)
            return false;
        known.RemoveAt(index);
        (Count, IsChanged) = (known.Count, true);
        return true;
    }

    /// <summary>Gives all records a TTL.</summary>
    public void SetTtl(RecordSetView inBase, uint ttl)
    {
        Read(inBase);
        IsChanged |= Ttl != ttl;
        Ttl = ttl;
    }

    /// <summary>The data of the records, taken from the base if need be.</summary>
    public List<byte[]> Read(RecordSetView inBase)
    {
        if (rdatas is not null)
            return rdatas;
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        rdatas = new(Count);
        foreach (var rdata in inBase.Rdatas(scratch))
            rdatas.Add(rdata.ToArray());
        return rdatas;
    }

    private int IndexOf(List<byte[]> known, ReadOnlySpan<byte> rdata)
    {
        for (var i = 0; i < known.Count; i++)
        {
            if (RdataWire.CompareCanonical(Type, known[i], rdata) == 0)
                return i;
        }
        return -1;
    }
}
