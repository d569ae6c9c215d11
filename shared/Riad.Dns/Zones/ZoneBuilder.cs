using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>Collects the records of one zone, in any order, and makes its immutable version.</summary>
/// <remarks>
/// A mutable object with one owner, used once. It holds about as much memory as the zone itself until it is dropped.
/// It takes every record at or below the apex: whether the zone is sensible is the checks' business.
/// </remarks>
public sealed class ZoneBuilder
{
    private readonly NamePath path = new();
    private readonly NamePath apexPath = new();
    private readonly byte[] lastOwner = new byte[NameOctets.MaxLength];
    private int lastOwnerLength;
    private int lastOwnerIndex;
    private BuilderStore? store = new();

    /// <summary>Starts an empty zone.</summary>
    /// <param name="apex">The zone's name.</param>
    public ZoneBuilder(DomainName apex)
    {
        ArgumentNullException.ThrowIfNull(apex);
        Apex = apex;
        apexPath.Set(apex.Wire);
        store.AddOwner(apexPath.Hash(0), default);
        store.OwnerAt(BuilderStore.ApexIndex).Flags = NodeFlags.Apex;
    }

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>Records taken so far, duplicates counted.</summary>
    public long RecordCount => store?.RecordCount ?? 0;

    /// <summary>After <see cref="Build"/>: records that were left out because the same record was there already (RFC 2181 §5).</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>After <see cref="Build"/>: records that were left out because no message can hold their set (about 64 KiB).</summary>
    public long OversizeCount { get; private set; }

    /// <summary>Takes one record of class IN.</summary>
    /// <param name="ownerWire">The owner, uncompressed.</param>
    /// <param name="type">The key of the set.</param>
    /// <param name="ttl">Seconds. Where the records of a set differ, the lowest counts for all.</param>
    /// <param name="rdata">Valid for the type and uncompressed.</param>
    /// <returns>False when the owner is not at or below the apex, or the type is 0: then nothing was taken.</returns>
    /// <exception cref="InvalidOperationException">The zone was built already.</exception>
    public bool Add(ReadOnlySpan<byte> ownerWire, RrType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (store is null)
            throw new InvalidOperationException("the zone was built already");
        var index = type.Code == 0 ? -1 : FindOrAddOwner(store, ownerWire);
        if (index < 0)
            return false;
        store.AddRecord(index, type.Code, ttl, rdata);
        store.OwnerAt(index).Flags |= FlagsOf(type.Code, index);
        return true;
    }

    /// <summary>Makes the zone.</summary>
    /// <exception cref="InvalidOperationException">The apex does not hold exactly one SOA record, or the zone was built already.</exception>
    public Zone Build()
    {
        if (store is null)
            throw new InvalidOperationException("the zone was built already");
        var assembly = new ZoneAssembly(Apex, store);
        store = null;
        var zone = assembly.Assemble();
        (DuplicateCount, OversizeCount) = (assembly.DuplicateCount, assembly.OversizeCount);
        return zone;
    }

    private int FindOrAddOwner(BuilderStore into, ReadOnlySpan<byte> ownerWire)
    {
        if (lastOwner.AsSpan(0, lastOwnerLength).SequenceEqual(ownerWire))
            return lastOwnerIndex;
        path.Set(ownerWire);
        var relativeLabels = path.LabelCount - apexPath.LabelCount;
        if (relativeLabels < 0 || !path.Between(relativeLabels, path.LabelCount).SequenceEqual(apexPath.Between(0, apexPath.LabelCount)))
            return -1;
        var relativeName = ownerWire[..path.Start(relativeLabels)];
        var index = into.Find(path.Hash(0), relativeName);
        if (index < 0)
            index = into.AddOwner(path.Hash(0), relativeName);
        ownerWire.CopyTo(lastOwner);
        (lastOwnerLength, lastOwnerIndex) = (ownerWire.Length, index);
        return index;
    }

    private static NodeFlags FlagsOf(ushort type, int ownerIndex) => type switch
    {
        2 when ownerIndex != BuilderStore.ApexIndex => NodeFlags.Cut,
        5 => NodeFlags.Alias,
        39 => NodeFlags.Redirection,
        50 => NodeFlags.Hashed,
        _ => NodeFlags.None,
    };
}
