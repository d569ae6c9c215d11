using Riad.Dns.Names;

namespace Riad.Dns.Zones.Edits;

/// <summary>Writes the stored form of a touched name. Reused for name after name.</summary>
internal sealed class EditedNode(EditedNames names)
{
    private const ushort NameServerType = 2;
    private const ushort AddressType = 1;
    private const ushort IPv6AddressType = 28;

    private readonly Zone zone = names.Zone;
    private readonly SectionWriter writer = new(StoredSet.MaxSectionLength);
    private readonly NodeBuffer buffer = new();
    private readonly NamePath path = new();
    private readonly byte[] ownerBuffer = new byte[NameOctets.MaxLength];
    private int ownerLength;
    private int glueCount;

    /// <summary>Records of the name that was written last.</summary>
    public long RecordCount { get; private set; }

    /// <summary>Records left out because no message can hold their set.</summary>
    public long OversizeCount { get; private set; }

    private ReadOnlySpan<byte> Owner => ownerBuffer.AsSpan(0, ownerLength);

    /// <summary>Writes a name; valid until the next.</summary>
    public ReadOnlySpan<byte> Write(EditedName name)
    {
        ownerLength = names.CopyOwner(name.RelativeName, ownerBuffer);
        RecordCount = 0;
        buffer.Begin(name.RelativeName);
        var flags = name.Flags;
        if ((flags & (NodeFlags.Cut | NodeFlags.Occluded)) == NodeFlags.Cut)
            flags |= WriteReferral(name);
        foreach (var set in name.Sets.Values)
            WriteSet(name, set, flags.Has(NodeFlags.Wildcard));
        return buffer.Finish(flags, name.Children);
    }

    /// <summary>The name servers of a name in the edit and in the base.</summary>
    public IEnumerable<byte[]> ServersNowAndBefore(EditedName name)
    {
        var now = name.Sets.TryGetValue(NameServerType, out var set) ? set.Read(names.BaseSet(name, NameServerType)) : [];
        if (!name.BaseFlags.Has(NodeFlags.Cut))
            return now;
        var before = names.BaseSet(name, NameServerType);
        return now.Concat(new EditedSet(before).Read(before));
    }

    private void WriteSet(EditedName name, EditedSet set, bool isWildcard)
    {
        if (!set.IsChanged)
        {
            buffer.AppendSet(names.BaseSet(name, set.Type.Code).Stored);
            RecordCount += set.Count;
            return;
        }
        writer.Begin(Owner, isWildcard);
        ushort count = 0;
        foreach (var rdata in set.Rdatas ?? [])
        {
            if (writer.TryAdd(set.Type.Code, SignatureTtl.Of(set.Type.Code, set.Ttl, rdata), rdata))
                count++;
            else
                OversizeCount++;
        }
        RecordCount += count;
        if (count > 0)
            buffer.AppendSet(writer, set.Type.Code, count, isWildcard);
    }

    /// <summary>Writes the NS set with the glue that lies below the cut, as the assembly of a whole zone does.</summary>
    private NodeFlags WriteReferral(EditedName cut)
    {
        var set = cut.Sets[NameServerType];
        var servers = set.Read(names.BaseSet(cut, NameServerType));
        writer.Begin(Owner, isWildcard: false);
        glueCount = 0;
        var flags = NodeFlags.None;
        var isPrepared = servers.TrueForAll(server => writer.TryAdd(NameServerType, set.Ttl, server));
        foreach (var server in servers)
        {
            if (NameOctets.IsAtOrBelow(server, Owner))
                isPrepared &= TryAddGlue(server, AddressType) & TryAddGlue(server, IPv6AddressType);
            else if (NameOctets.IsAtOrBelow(server, zone.Apex.Wire))
                flags = NodeFlags.MoreGlue;
        }
        if (isPrepared && servers.Count <= byte.MaxValue && glueCount <= byte.MaxValue && !writer.IsUnpatchable)
            buffer.AppendSet(writer, StoredSet.PreparedReferral, (ushort)(servers.Count | glueCount << 8), withPatches: true);
        return flags;
    }

    private bool TryAddGlue(ReadOnlySpan<byte> server, ushort type)
    {
        path.Set(server);
        var relative = server[..^zone.Apex.Wire.Length];
        if (names.Find(path.Hash(0), relative) is { } touched)
        {
            return !touched.Sets.TryGetValue(type, out var set)
                || (set.IsChanged ? TryAddGlue(server, set) : TryAddGlue(server, names.BaseSet(touched, type)));
        }
        var stored = zone.Find(path.Hash(0), relative);
        return stored.IsNone || !new ZoneNode(stored, zone.Apex).TryFind(type, out var inBase) || TryAddGlue(server, inBase);
    }

    private bool TryAddGlue(ReadOnlySpan<byte> server, RecordSetView set)
    {
        foreach (var address in set.Rdatas([])) // no names in them
        {
            if (!writer.TryAdd(server, set.Type, set.Ttl, address))
                return false;
            glueCount++;
        }
        return true;
    }

    private bool TryAddGlue(ReadOnlySpan<byte> server, EditedSet set)
    {
        foreach (var address in set.Rdatas ?? [])
        {
            if (!writer.TryAdd(server, set.Type.Code, set.Ttl, address))
                return false;
            glueCount++;
        }
        return true;
    }
}
