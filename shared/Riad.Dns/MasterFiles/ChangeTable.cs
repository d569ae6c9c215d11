using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Finds the changes that concern a record, and remembers which found one.</summary>
internal sealed class ChangeTable
{
    private readonly IReadOnlyList<MasterChange> changes;
    private readonly int[] met;
    private readonly Dictionary<uint, List<int>> byOwner = [];

    public ChangeTable(IReadOnlyList<MasterChange> changes)
    {
        this.changes = changes;
        met = new int[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is MasterChange.Add)
                continue;
            var hash = Hash(changes[i].Owner.Wire);
            if (!byOwner.TryGetValue(hash, out var list))
                byOwner[hash] = list = [];
            list.Add(i);
        }
    }

    /// <summary>A change that no record had.</summary>
    public MasterChange? FirstMissing => changes.Where((change, at) => met[at] == 0 && change is not MasterChange.Add).FirstOrDefault();

    /// <summary>True for a change that found all its records, where each stands in the files once.</summary>
    public bool IsComplete(int change) => met[change] == changes[change] switch
    {
        MasterChange.Add => 0,
        MasterChange.Remove or MasterChange.Replace => 1,
        MasterChange.SetTtl setTtl => setTtl.Records,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The changes for one record; where several are of one kind the last counts.</summary>
    public (bool Remove, ReadOnlyMemory<byte>? Data, uint? Ttl) Find(in MasterRecord record)
    {
        (bool Remove, ReadOnlyMemory<byte>? Data, uint? Ttl) found = default;
        if (byOwner.Count == 0 || !byOwner.TryGetValue(Hash(record.Owner), out var candidates))
            return found;
        foreach (var i in candidates)
        {
            var change = changes[i];
            if (change.Type != record.Type || !NameOctets.AreEqual(change.Owner.Wire, record.Owner) || !HasData(change, record))
                continue;
            met[i]++;
            if (change is MasterChange.Remove)
                found.Remove = true;
            else if (change is MasterChange.Replace replace)
                found.Data = replace.Next.Span.ToArray();
            else if (change is MasterChange.SetTtl setTtl)
                found.Ttl = setTtl.Ttl.Seconds;
        }
        return found;
    }

    private static bool HasData(MasterChange change, in MasterRecord record) => change switch
    {
        MasterChange.Remove remove => RdataWire.CompareCanonical(record.Type, remove.Data.Span, record.Rdata) == 0,
        MasterChange.Replace replace => RdataWire.CompareCanonical(record.Type, replace.Data.Span, record.Rdata) == 0,
        _ => true,
    };

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var octet in name)
            hash = unchecked((hash ^ NameOctets.ToLower(octet)) * 16777619);
        return hash;
    }
}
