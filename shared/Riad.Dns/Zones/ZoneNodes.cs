using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>Every name of a zone, to be enumerated with foreach.</summary>
/// <remarks>
/// In the order of storage, never of the table: names that come in the order of their hashes would make a builder that
/// takes them slow.
/// </remarks>
public ref struct ZoneNodes
{
    private readonly Zone zone;
    private readonly OctetChunks chunks;
    private readonly NamePath path = new();
    private readonly byte[] owner = new byte[NameOctets.MaxLength];
    private uint place;
    private uint next = OctetChunks.FirstPlace;

    internal ZoneNodes(Zone zone, OctetChunks chunks)
    {
        this.zone = zone;
        this.chunks = chunks;
    }

    /// <summary>The present name.</summary>
    public readonly ZoneNode Current => new(zone.Node(place), zone.Apex, (uint)path.Hash(0));

    /// <summary>This value: it enumerates itself.</summary>
    public readonly ZoneNodes GetEnumerator() => this;

    /// <summary>Goes to the next name.</summary>
    public bool MoveNext()
    {
        place = next;
        if (place == 0)
            return false;
        var node = zone.Node(place);
        next = chunks.Next(place, node.StoredLength);
        path.Set(owner.AsSpan(0, new ZoneNode(node, zone.Apex).CopyOwner(owner)));
        return true;
    }
}
