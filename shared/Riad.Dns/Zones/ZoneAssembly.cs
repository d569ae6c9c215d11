using Riad.Dns.Dnssec;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones;

/// <summary>Turns what a builder was given into the stored form of a zone. Used once.</summary>
internal sealed class ZoneAssembly(DomainName apex, BuilderStore store)
{
    private const ushort NameServerType = 2;
    private const int SortThreshold = 32; // up to this many records, comparing each with each is faster
    private const ushort AddressType = 1;
    private const ushort IPv6AddressType = 28;

    private readonly NamePath path = new();
    private readonly SectionWriter writer = new(StoredSet.MaxSectionLength);
    private readonly OctetChunks chunks = new(stays: true, store.Octets);
    private readonly List<BuilderStore.Record> records = [];
    private readonly byte[] ownerName = new byte[NameOctets.MaxLength];
    private readonly NamePath targetPath = new();
    private readonly NodeBuffer node = new();
    private long recordCount;

    /// <summary>Records left out as duplicates.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>Records left out because no message can hold their set.</summary>
    public long OversizeCount { get; private set; }

    /// <summary>Makes the zone.</summary>
    public Zone Assemble()
    {
        ConnectParents();
        MarkOccluded();
        var places = new uint[store.OwnerCount];
        for (var owner = 0; owner < places.Length; owner++)
            places[owner] = WriteNode(owner);
        chunks.Trim();
        return new(apex, chunks, TableOf(places), places.Length, recordCount);
    }

    private PlaceTable TableOf(uint[] places)
    {
        var pages = PlaceTable.NewPages(store.Table.Length);
        var from = store.Table.AsSpan();
        foreach (var page in pages)
        {
            for (var slot = 0; slot < page.Length; slot++)
            {
                var entry = from[slot];
                if (entry != 0)
                    page[slot] = entry >> 32 << 32 | places[(int)(uint)entry - 1];
            }
            from = from[page.Length..];
        }
        return new(pages, store.Table.Length);
    }

    /// <summary>Gives every owner its parent, and adds those that exist only because a name below them does.</summary>
    private void ConnectParents()
    {
        for (var owner = 1; owner < store.OwnerCount; owner++) // the count grows
        {
            var relativeName = store.RelativeName(owner);
            var rest = relativeName[(relativeName[0] + 1)..];
            var parent = BuilderStore.ApexIndex;
            if (!rest.IsEmpty)
            {
                path.Set(ownerName.AsSpan(0, CopyOwner(relativeName, ownerName)));
                parent = store.Find(path.Hash(1), rest);
                if (parent < 0)
                    parent = store.AddOwner(path.Hash(1), rest);
            }
            store.OwnerAt(owner).Parent = parent;
            store.OwnerAt(parent).Children++;
            if (relativeName is not [1, (byte)'*', ..])
                continue;
            store.OwnerAt(owner).Flags |= NodeFlags.Wildcard;
            store.OwnerAt(parent).Flags |= NodeFlags.HasWildcard;
        }
    }

    private void MarkOccluded()
    {
        for (var owner = 1; owner < store.OwnerCount; owner++)
        {
            if (store.OwnerAt(owner).Flags.Has(NodeFlags.Hashed) && HoldsNoMoreThanAHash(owner))
                store.OwnerAt(owner).Flags |= NodeFlags.Occluded;
            var above = owner;
            while (above != BuilderStore.ApexIndex)
            {
                above = store.OwnerAt(above).Parent;
                if ((store.OwnerAt(above).Flags & (NodeFlags.Cut | NodeFlags.Redirection)) == NodeFlags.None)
                    continue;
                store.OwnerAt(owner).Flags |= NodeFlags.Occluded;
                break;
            }
        }
    }

    /// <summary>A hash is no name of the zone.</summary>
    /// <remarks>Source: RFC 5155 §7.2.8.</remarks>
    private bool HoldsNoMoreThanAHash(int owner)
    {
        var number = store.OwnerAt(owner).First;
        while (number != 0 && Nsec3Hash.MayStandAtHash(store.RecordAt(number).Type))
            number = store.RecordAt(number).Next;
        return number == 0 && store.OwnerAt(owner).Children == 0 && Nsec3Hash.IsLabel(store.RelativeName(owner));
    }

    private uint WriteNode(int owner)
    {
        var relativeName = store.RelativeName(owner);
        var ownerLength = CopyOwner(relativeName, ownerName);
        node.Begin(relativeName);
        var flags = store.OwnerAt(owner).Flags;
        if ((flags & (NodeFlags.Cut | NodeFlags.Occluded)) == NodeFlags.Cut)
            flags = WriteReferral(owner, ownerLength, flags);
        WriteSets(owner, ownerLength, flags);
        var stored = node.Finish(flags, store.OwnerAt(owner).Children);
        var place = chunks.Append(stored.Length, out var octets);
        stored.CopyTo(octets);
        return place;
    }

    private void WriteSets(int owner, int ownerLength, NodeFlags flags)
    {
        TakeRecords(owner);
        for (var from = 0; from < records.Count;)
        {
            var to = from + 1;
            while (to < records.Count && records[to].Type == records[from].Type)
                to++;
            WriteSet(from, to, ownerLength, flags.Has(NodeFlags.Wildcard));
            from = to;
        }
    }

    /// <summary>The owner's records by type, in the order of addition within a type.</summary>
    private void TakeRecords(int owner)
    {
        records.Clear();
        var inOrder = true;
        for (var number = store.OwnerAt(owner).First; number != 0; number = records[^1].Next)
        {
            records.Add(store.RecordAt(number));
            inOrder &= records.Count == 1 || records[^2].Type <= records[^1].Type;
        }
        if (inOrder)
            return;
        var sorted = records.OrderBy(record => record.Type).ToList(); // stable
        records.Clear();
        records.AddRange(sorted);
    }

    private void WriteSet(int from, int to, int ownerLength, bool isWildcard)
    {
        var duplicates = FindDuplicates(from, to);
        var ttl = uint.MaxValue;
        for (var i = from; i < to; i++)
            ttl = Math.Min(ttl, records[i].Ttl);
        writer.Begin(ownerName.AsSpan(0, ownerLength), isWildcard);
        ushort count = 0;
        for (var i = from; i < to; i++)
        {
            if (duplicates?[i - from] == true)
                DuplicateCount++;
            else if (writer.TryAdd(records[i].Type, SignatureTtl.Of(records[i].Type, ttl, store.Rdata(records[i])), store.Rdata(records[i])))
                count++;
            else
                OversizeCount++;
        }
        recordCount += count;
        if (count > 0)
            node.AppendSet(writer, records[from].Type, count, isWildcard);
    }

    private bool[]? FindDuplicates(int from, int to)
    {
        var count = to - from;
        if (count == 1)
            return null;
        var duplicates = new bool[count];
        if (count > SortThreshold)
        {
            var order = Enumerable.Range(from, count).OrderBy(i => i, Comparer<int>.Create((i, j) => Compare(i, j) is not 0 and var order ? order : i.CompareTo(j))).ToArray();
            for (var i = 1; i < count; i++)
                duplicates[order[i] - from] = Compare(order[i - 1], order[i]) == 0;
            return duplicates;
        }
        for (var i = from + 1; i < to; i++)
        {
            for (var j = from; j < i && !duplicates[i - from]; j++)
                duplicates[i - from] = Compare(i, j) == 0;
        }
        return duplicates;
    }

    private int Compare(int left, int right) =>
        RdataWire.CompareCanonical(RrTypes.FromCode(records[left].Type), store.Rdata(records[left]), store.Rdata(records[right]));

    /// <summary>Writes the NS set with the glue that lies below the cut: what nearly every question below it gets.</summary>
    private NodeFlags WriteReferral(int owner, int ownerLength, NodeFlags flags)
    {
        writer.Begin(ownerName.AsSpan(0, ownerLength), isWildcard: false);
        TakeRecords(owner);
        records.RemoveAll(record => record.Type != NameServerType);
        var duplicates = FindDuplicates(0, records.Count);
        var ttl = records.Min(record => record.Ttl);
        var servers = records.Where((_, i) => duplicates?[i] != true).ToList();
        var isPrepared = servers.TrueForAll(server => writer.TryAdd(NameServerType, ttl, store.Rdata(server)));
        var glueCount = 0;
        foreach (var server in servers)
            isPrepared &= TryAddGlue(store.Rdata(server), ownerLength, ref glueCount, ref flags);
        if (isPrepared && servers.Count <= byte.MaxValue && glueCount <= byte.MaxValue && !writer.IsUnpatchable)
            node.AppendSet(writer, StoredSet.PreparedReferral, (ushort)(servers.Count | glueCount << 8), withPatches: true);
        return flags;
    }

    private bool TryAddGlue(ReadOnlySpan<byte> server, int cutLength, ref int glueCount, ref NodeFlags flags)
    {
        targetPath.Set(server);
        var relativeLength = server.Length - apex.Wire.Length;
        if (relativeLength < 0 || !NameOctets.IsAtOrBelow(server, apex.Wire))
            return true;
        if (!NameOctets.IsAtOrBelow(server, ownerName.AsSpan(0, cutLength)))
        {
            flags |= NodeFlags.MoreGlue;
            return true;
        }
        var index = store.Find(targetPath.Hash(0), server[..relativeLength]);
        if (index < 0)
            return true;
        var kept = new List<BuilderStore.Record>(records);
        TakeRecords(index);
        var fits = true;
        foreach (var type in (ReadOnlySpan<ushort>)[AddressType, IPv6AddressType])
            fits &= TryAddGlueSet(server, type, ref glueCount);
        records.Clear();
        records.AddRange(kept);
        return fits;
    }

    private bool TryAddGlueSet(ReadOnlySpan<byte> server, ushort type, ref int glueCount)
    {
        var from = records.FindIndex(record => record.Type == type);
        if (from < 0)
            return true;
        var to = records.FindLastIndex(record => record.Type == type) + 1;
        var duplicates = FindDuplicates(from, to);
        var ttl = records.GetRange(from, to - from).Min(record => record.Ttl);
        for (var i = from; i < to; i++)
        {
            if (duplicates?[i - from] == true)
                continue;
            if (!writer.TryAdd(server, type, ttl, store.Rdata(records[i])))
                return false;
            glueCount++;
        }
        return true;
    }

    private int CopyOwner(ReadOnlySpan<byte> relativeName, Span<byte> wire)
    {
        relativeName.CopyTo(wire);
        apex.Wire.CopyTo(wire[relativeName.Length..]);
        return relativeName.Length + apex.Wire.Length;
    }
}
