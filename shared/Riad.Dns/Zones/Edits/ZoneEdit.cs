using System.Buffers.Binary;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Edits;

/// <summary>Makes the next version of a zone from changes: what does not change is shared, so the cost grows with the changes, not with the zone.</summary>
/// <remarks>
/// A mutable object with one owner, used once; the base is never changed. It takes every record at or below the apex, as a
/// builder does: whether the result is sensible is the checks' business. Two things cost more than the change: a cut or DNAME
/// that comes to stand above many names, or goes from there, looks at every name once; and from time to time the living
/// names are stored anew, when what only earlier versions use has grown to a quarter.
/// </remarks>
public sealed class ZoneEdit
{
    private readonly EditedNames names;
    private bool isBuilt;

    internal ZoneEdit(Zone zone) => names = new(zone);

    /// <summary>The version that is the base of the edit.</summary>
    public Zone Base => names.Zone;

    /// <summary>Records that were added and were there already.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>After <see cref="Build"/>: records that were left out because no message can hold their set (about 64 KiB).</summary>
    public long OversizeCount { get; private set; }

    /// <summary>Adds one record of class IN. One that is there already is not added again.</summary>
    /// <param name="ownerWire">The owner, uncompressed.</param>
    /// <param name="type">The key of the set.</param>
    /// <param name="ttl">Seconds. The lowest of a set counts for all its records.</param>
    /// <param name="rdata">Valid for the type and uncompressed.</param>
    /// <returns>False when the owner is not at or below the apex, or the type is 0: then nothing was taken.</returns>
    /// <exception cref="InvalidOperationException">The zone was built already.</exception>
    public bool Add(ReadOnlySpan<byte> ownerWire, RrType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.Code == 0 || Touch(ownerWire) is not { } name)
            return false;
        if (name.Sets.Count == 0 && name.LabelCount > 0)
            name.RelativeName = ownerWire[..name.RelativeName.Length].ToArray();
        if (!name.Sets.TryGetValue(type.Code, out var set))
            name.Sets.Add(type.Code, set = new(type, ttl));
        if (!set.Add(names.BaseSet(name, type.Code), ttl, rdata))
            DuplicateCount++;
        Note(name, type);
        return true;
    }

    /// <summary>As <see cref="Add"/>, but false also for a record that is there already, or whose TTL is not that of its set (signatures have their own): what a file should not say.</summary>
    internal bool TryAddNew(ReadOnlySpan<byte> ownerWire, RrType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (Find(ownerWire, type) is not var (name, set))
            return Add(ownerWire, type, ttl, rdata);
        var count = set.Count;
        return (set.Ttl == ttl || type == RrTypes.Rrsig) && Add(ownerWire, type, ttl, rdata) && name.Sets[type.Code].Count > count;
    }

    /// <summary>Removes one record.</summary>
    /// <param name="ownerWire">The owner, uncompressed, in any case.</param>
    /// <param name="type">The key of the set.</param>
    /// <param name="rdata">Names in it are compared without regard to case (RFC 4034 §6.2).</param>
    /// <returns>False when there is no such record.</returns>
    public bool Remove(ReadOnlySpan<byte> ownerWire, RrType type, ReadOnlySpan<byte> rdata)
    {
        if (Find(ownerWire, type) is not var (name, set) || !set.Remove(names.BaseSet(name, type.Code), rdata))
            return false;
        if (set.Count == 0)
            name.Sets.Remove(type.Code);
        Note(name, type);
        return true;
    }

    /// <summary>Removes all records of a name and type; false when there are none.</summary>
    public bool RemoveSet(ReadOnlySpan<byte> ownerWire, RrType type)
    {
        if (Find(ownerWire, type) is not var (name, _))
            return false;
        name.Sets.Remove(type.Code);
        Note(name, type);
        return true;
    }

    /// <summary>Gives a set another TTL, in seconds; false when there is no such set.</summary>
    public bool SetTtl(ReadOnlySpan<byte> ownerWire, RrType type, uint ttl)
    {
        if (Find(ownerWire, type) is not var (name, set))
            return false;
        set.SetTtl(names.BaseSet(name, type.Code), ttl);
        Note(name, type);
        return true;
    }

    /// <summary>Gives the zone another serial, whatever else changes.</summary>
    /// <exception cref="InvalidOperationException">The apex holds no SOA record at this moment.</exception>
    public void SetSerial(Serial serial)
    {
        const int OctetsFromSerial = 20; // of an SOA record, RFC 1035 §3.3.13
        if (!TryFind(Base.Apex.Wire, RrTypes.Soa, out var ttl, out var records) || records is not [var soa, ..])
            throw new InvalidOperationException("the apex holds no SOA record");
        byte[] rdata = [.. soa.Span];
        BinaryPrimitives.WriteUInt32BigEndian(rdata.AsSpan(rdata.Length - OctetsFromSerial), serial.Value);
        if (rdata.AsSpan().SequenceEqual(soa.Span))
            return;
        Remove(Base.Apex.Wire, RrTypes.Soa, soa.Span);
        Add(Base.Apex.Wire, RrTypes.Soa, ttl, rdata);
    }

    /// <summary>A set as the edit has it at this moment.</summary>
    /// <param name="ownerWire">The owner, uncompressed, in any case.</param>
    /// <param name="type">The key of the set.</param>
    /// <param name="ttl">Seconds.</param>
    /// <param name="rdatas">The data of each record, uncompressed. Not to be kept across a change of the set.</param>
    /// <returns>False when there are no such records.</returns>
    public bool TryFind(ReadOnlySpan<byte> ownerWire, RrType type, out uint ttl, out IReadOnlyList<ReadOnlyMemory<byte>> rdatas)
    {
        (ttl, rdatas) = (0, []);
        if (Find(ownerWire, type) is not var (name, set))
            return false;
        ttl = set.Ttl;
        rdatas = [.. set.Read(names.BaseSet(name, type.Code)).Select(rdata => (ReadOnlyMemory<byte>)rdata)];
        return true;
    }

    /// <summary>The types of which a name has records at this moment, in ascending order; none for a name without records.</summary>
    public IReadOnlyList<RrType> TypesAt(ReadOnlySpan<byte> ownerWire) =>
        names.TouchExisting(ownerWire) is { } name ? [.. name.Sets.Values.Select(set => set.Type)] : [];

    /// <summary>Makes the next version; the base itself when nothing differs from it.</summary>
    /// <exception cref="InvalidOperationException">The apex does not hold exactly one SOA record, or the zone was built already.</exception>
    public Zone Build()
    {
        if (isBuilt)
            throw new InvalidOperationException("the zone was built already");
        isBuilt = true;
        var assembly = new EditAssembly(names);
        var zone = assembly.Assemble();
        OversizeCount = assembly.OversizeCount;
        return zone;
    }

    private EditedName? Touch(ReadOnlySpan<byte> ownerWire)
    {
        if (isBuilt)
            throw new InvalidOperationException("the zone was built already");
        return names.Touch(ownerWire);
    }

    private (EditedName Name, EditedSet Set)? Find(ReadOnlySpan<byte> ownerWire, RrType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (isBuilt)
            throw new InvalidOperationException("the zone was built already");
        return names.TouchExisting(ownerWire) is { } name && name.Sets.TryGetValue(type.Code, out var set) ? (name, set) : null;
    }

    private static void Note(EditedName name, RrType type) => name.HasChangedAddresses |= type == RrTypes.A || type == RrTypes.Aaaa;
}
