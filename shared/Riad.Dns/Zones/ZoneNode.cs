using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>One name of a zone and its records: a view, which allocates nothing.</summary>
/// <remarks>Empty non-terminals are nodes too, without sets (RFC 4592 §2.2.2). The view must not outlive its zone's version.</remarks>
public readonly ref struct ZoneNode
{
    private readonly StoredNode stored;
    private readonly DomainName apex;

    internal ZoneNode(StoredNode stored, DomainName apex, uint hash = 0, uint place = 0)
    {
        this.stored = stored;
        this.apex = apex;
        (Hash, Place) = (hash, place);
    }

    /// <summary>The half of the name's hash that tables keep; 0 where the node does not come from an enumeration.</summary>
    internal uint Hash { get; }

    /// <summary>Where the name is stored; 0 where the node does not come from an enumeration.</summary>
    internal uint Place { get; }

    /// <summary>True for the zone's own name.</summary>
    public bool IsApex => stored.Flags.Has(NodeFlags.Apex);

    /// <summary>True where authority is delegated: NS records below the apex.</summary>
    public bool IsDelegation => stored.Flags.Has(NodeFlags.Cut) && !IsOccluded;

    /// <summary>True below a delegation or a DNAME (glue, or records that nobody can reach), and where only NSEC3 records stand.</summary>
    public bool IsOccluded => stored.Flags.Has(NodeFlags.Occluded);

    /// <summary>True when the name holds no records and exists only because a name below it does.</summary>
    public bool IsEmptyNonTerminal => stored.SetCount == 0;

    /// <summary>The name, in the case in which it was first written. Allocates.</summary>
    public DomainName Owner
    {
        get
        {
            Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
            var length = CopyOwner(wire);
            return DomainName.TryCreate(wire[..length], out var name) ? name : throw new InvalidOperationException("a stored name is always valid");
        }
    }

    internal NodeFlags Flags => stored.Flags;

    internal ReadOnlySpan<byte> Stored => stored.Stored;

    internal int Children => stored.Children;

    /// <summary>The labels below the apex, without a final zero; none for the apex.</summary>
    internal ReadOnlySpan<byte> RelativeName => stored.RelativeName;

    /// <summary>The sets of the name, in ascending order of their types.</summary>
    public RecordSets Sets => new(stored, apex);

    /// <summary>Copies the owner's octets, uncompressed, and says how many there are.</summary>
    /// <param name="wire">At least 255 octets.</param>
    public int CopyOwner(Span<byte> wire)
    {
        stored.RelativeName.CopyTo(wire);
        apex.Wire.CopyTo(wire[stored.RelativeName.Length..]);
        return stored.RelativeName.Length + apex.Wire.Length;
    }

    /// <summary>True when both names hold the same records, stored alike: a quick look before a thorough one.</summary>
    /// <returns>False also when equal records are stored in another order, or under a name in another case.</returns>
    public bool IsStoredLike(ZoneNode other)
    {
        if (stored.SetCount != other.stored.SetCount || !stored.RelativeName.SequenceEqual(other.stored.RelativeName) || !apex.Wire.SequenceEqual(other.apex.Wire))
            return false;
        var mine = stored.Sets;
        var others = other.stored.Sets;
        for (var left = stored.SetCount; left > 0; left--)
        {
            var length = new StoredSet(mine).StoredLength;
            if (length > others.Length || !mine[..length].SequenceEqual(others[..length]))
                return false;
            mine = mine[length..];
            others = others[length..];
        }
        return true;
    }

    /// <summary>Finds the set of a type.</summary>
    /// <param name="type">The number on the wire.</param>
    /// <param name="set">Not to be used when there is none.</param>
    public bool TryFind(ushort type, out RecordSetView set)
    {
        var found = type == 0 ? default : stored.Find(type);
        set = new(found, stored.RelativeName, apex);
        return !found.IsNone;
    }
}
