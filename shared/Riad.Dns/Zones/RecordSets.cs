using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>The sets of one name, to be enumerated with foreach.</summary>
public ref struct RecordSets
{
    private readonly ReadOnlySpan<byte> relativeName;
    private readonly DomainName apex;
    private ReadOnlySpan<byte> rest;
    private int left;

    internal RecordSets(StoredNode node, DomainName apex)
    {
        relativeName = node.RelativeName;
        this.apex = apex;
        rest = node.Sets;
        left = node.SetCount;
    }

    /// <summary>The present set.</summary>
    public RecordSetView Current { get; private set; }

    /// <summary>This value: it enumerates itself.</summary>
    public readonly RecordSets GetEnumerator() => this;

    /// <summary>Goes to the next set.</summary>
    public bool MoveNext()
    {
        while (left-- > 0)
        {
            var set = new StoredSet(rest);
            rest = rest[set.StoredLength..];
            if (set.Type == 0)
                continue; // a prepared referral repeats records
            Current = new(set, relativeName, apex);
            return true;
        }
        return false;
    }
}
