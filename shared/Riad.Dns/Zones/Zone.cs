using Riad.Core;
using Riad.Dns.Dnssec;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones.Edits;

namespace Riad.Dns.Zones;

/// <summary>One version of one zone: immutable, compact, found by name without allocating.</summary>
/// <remarks>
/// Records are kept as the octets of answers (see the folder's stored forms); the typed side reads them on demand. Any
/// number of threads may read a zone.
/// </remarks>
public sealed class Zone
{
    private readonly OctetChunks chunks;
    private readonly PlaceTable table;
    private readonly uint apexPlace;

    internal Zone(DomainName apex, OctetChunks chunks, PlaceTable table, int nameCount, long recordCount, PlaceChanges? changes = null)
    {
        (Apex, NameCount, RecordCount) = (apex, nameCount, recordCount);
        this.chunks = chunks;
        this.table = table;
        var path = new NamePath().Set(apex.Wire);
        ApexLabelCount = path.LabelCount;
        ApexHash = path.Hash(0);
        apexPlace = FindPlace(ApexHash, default);
        var soa = Find(apex, RrTypes.Soa) ?? throw new InvalidOperationException("the apex holds no SOA record");
        if (Node(apexPlace).Find(RrTypes.Soa.Code).Count != 1)
            throw new InvalidOperationException("the apex holds more than one SOA record");
        (Soa, SoaTtl) = (soa.Value, soa.Ttl);
        Negative = NegativeSection.Of(this);
        IsSigned = Denial.IsSigned(ApexNode);
        Denial = !IsSigned ? Denial.None : changes is null ? Denial.Of(this) : changes.Before.Denial.For(this, changes);
    }

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>The record at the apex that describes the zone.</summary>
    public Soa Soa { get; }

    /// <summary>The TTL of the SOA record.</summary>
    public Ttl SoaTtl { get; }

    /// <summary>The zone's version.</summary>
    public Serial Serial => Soa.Serial;

    /// <summary>Names, empty non-terminals and glue counted.</summary>
    public int NameCount { get; }

    /// <summary>Records, glue counted.</summary>
    public long RecordCount { get; }

    /// <summary>Octets of memory that the zone takes.</summary>
    public long Octets => chunks.Length + table.Octets + Negative.Length + Denial.Octets;

    /// <summary>Every name, the apex first. To be enumerated with foreach.</summary>
    /// <remarks>Then in the order in which a builder took them, empty non-terminals after them, and last what edits changed since.</remarks>
    public ZoneNodes Nodes => new(this, chunks);

    /// <summary>True when the zone holds signatures: its records cannot be changed without being signed anew.</summary>
    public bool IsSigned { get; }

    internal int ApexLabelCount { get; }

    internal ulong ApexHash { get; }

    /// <summary>The SOA record as the authority section of a negative answer.</summary>
    internal NegativeSection Negative { get; }

    /// <summary>How the zone proves what is not there.</summary>
    internal Denial Denial { get; }

    /// <summary>The TTL of a negative answer.</summary>
    /// <remarks>Source: RFC 2308 §3.</remarks>
    internal uint NegativeTtl => Math.Min(SoaTtl.Seconds, Soa.NegativeTtl);

    internal StoredNode ApexNode => Node(ApexPlace);

    internal uint ApexPlace => apexPlace;

    internal OctetChunks Chunks => chunks;

    internal PlaceTable Table => table;

    /// <summary>Begins the next version, which shares with this one what is not changed.</summary>
    public ZoneEdit Edit() => new(this);

    /// <summary>The same records under another serial.</summary>
    public Zone WithSerial(Serial serial)
    {
        var edit = Edit();
        edit.SetSerial(serial);
        return edit.Build();
    }

    /// <summary>Finds a name by its octets, without allocating.</summary>
    /// <param name="name">Uncompressed and valid, in any case, absolute.</param>
    /// <param name="node">Not to be used when the name does not exist.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out ZoneNode node)
    {
        var relativeLength = name.Length - Apex.Wire.Length;
        var exists = relativeLength >= 0 && NameOctets.IsAtOrBelow(name, Apex.Wire);
        var place = exists ? FindPlace(NameHash.Of(name), name[..relativeLength]) : 0;
        node = new(place == 0 ? default : Node(place), Apex);
        return place != 0;
    }

    /// <summary>Finds a name at or below the apex that was taken apart.</summary>
    internal bool TryFind(NamePath path, out ZoneNode node)
    {
        var stored = path.LabelCount < ApexLabelCount ? default : Find(path.Hash(0), path.Between(0, path.LabelCount - ApexLabelCount));
        node = new(stored, Apex);
        return !stored.IsNone;
    }

    /// <summary>Finds a name of another version of this zone, without computing its hash again.</summary>
    /// <param name="other">From the enumeration of the other version's names.</param>
    /// <param name="node">Not to be used when the name does not exist here.</param>
    public bool TryFind(ZoneNode other, out ZoneNode node)
    {
        var place = FindPlace(other.Hash, other.RelativeName);
        node = new(place == 0 ? default : Node(place), Apex, other.Hash);
        return place != 0;
    }

    /// <summary>Every name in canonical order (RFC 4034 §6.1). Sorts anew each time: for transfers, listings and signing.</summary>
    public IReadOnlyList<DomainName> NamesInCanonicalOrder()
    {
        var names = new List<DomainName>(NameCount);
        foreach (var node in Nodes)
            names.Add(node.Owner);
        names.Sort();
        return names;
    }

    /// <summary>The set of a type at a name, whatever lies above it; null when there is none.</summary>
    public RrSet<T>? Find<T>(DomainName name, RrType<T> type)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        return TryFind(name.Wire, out var node) && node.TryFind(type.Code, out var set) ? TypedSets.Read(set, type) : null;
    }

    /// <summary>The one record of a type at a name, whatever lies above it; null when there is none.</summary>
    public Rr<T>? Find<T>(DomainName name, SingletonRrType<T> type)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        return TryFind(name.Wire, out var node) && node.TryFind(type.Code, out var set) ? TypedSets.Read(set, type) : null;
    }

    /// <summary>What this zone answers to a question, as a typed value; the answering of queries follows the same rules on octets.</summary>
    public Lookup<RrSet<T>> Lookup<T>(DomainName name, RrType<T> type)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(type);
        return ZoneLookup.Lookup(this, name, type.Code, set => TypedSets.Read(set, type));
    }

    /// <summary>As the other overload, for a type of which a name holds at most one record.</summary>
    public Lookup<Rr<T>> Lookup<T>(DomainName name, SingletonRrType<T> type)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(type);
        return ZoneLookup.Lookup(this, name, type.Code, set => TypedSets.Read(set, type));
    }

    /// <summary>Finds a name by the hash of the absolute name and its labels below the apex, in lower case for speed.</summary>
    /// <returns>None when the name does not exist.</returns>
    internal StoredNode Find(ulong hash, ReadOnlySpan<byte> relativeName)
    {
        var place = FindPlace(hash, relativeName);
        return place == 0 ? default : Node(place);
    }

    internal StoredNode Node(uint place) => new(chunks.At(place));

    /// <summary>Where a name is stored; 0 when it does not exist.</summary>
    internal uint FindPlace(ulong hash, ReadOnlySpan<byte> relativeName)
    {
        var slots = table;
        for (var slot = (int)hash & slots.Mask; ; slot = (slot + 1) & slots.Mask)
        {
            var entry = slots[slot];
            if (entry == 0)
                return 0;
            if ((uint)(entry >> 32) != (uint)hash)
                continue;
            var stored = Node((uint)entry).RelativeName;
            if (stored.SequenceEqual(relativeName) || NameOctets.AreEqual(stored, relativeName))
                return (uint)entry;
        }
    }
}
