namespace Riad.Dns.Zones;

/// <summary>Puts the stored form of one name together. Reused for name after name.</summary>
internal sealed class NodeBuffer
{
    private byte[] octets = new byte[1 << 12];
    private int length;
    private int nameLength;
    private int setCount;

    /// <summary>Begins a name.</summary>
    /// <param name="relativeName">Its labels below the apex.</param>
    public void Begin(ReadOnlySpan<byte> relativeName)
    {
        (length, setCount, nameLength) = (StoredNode.HeaderLength, 0, relativeName.Length);
        relativeName.CopyTo(Reserve(nameLength));
    }

    /// <summary>Appends a set from what a writer holds.</summary>
    /// <param name="writer">The section.</param>
    /// <param name="type">0 for a prepared referral.</param>
    /// <param name="count">How many records.</param>
    /// <param name="withPatches">True when a longer question is to use the section too.</param>
    public void AppendSet(SectionWriter writer, ushort type, ushort count, bool withPatches)
    {
        var patches = withPatches ? writer.Patches : default;
        var unpatchable = withPatches && writer.IsUnpatchable;
        var set = Reserve(StoredSet.HeaderLength + (unpatchable ? 0 : patches.Length * 2) + writer.Section.Length);
        var at = StoredSet.WriteHead(set, type, count, writer.Section.Length, patches, unpatchable);
        writer.Section.CopyTo(set[at..]);
        setCount++;
    }

    /// <summary>Appends a set as another version of the zone stores it, under the same name.</summary>
    public void AppendSet(StoredSet set)
    {
        set.Stored.CopyTo(Reserve(set.StoredLength));
        setCount++;
    }

    /// <summary>The whole name, until the next begins.</summary>
    public ReadOnlySpan<byte> Finish(NodeFlags flags, int children)
    {
        StoredNode.WriteHead(octets, flags, nameLength, setCount, children);
        return octets.AsSpan(0, length);
    }

    private Span<byte> Reserve(int count)
    {
        if (length + count > octets.Length)
            Array.Resize(ref octets, Math.Max(octets.Length * 2, length + count));
        length += count;
        return octets.AsSpan(length - count, count);
    }
}
