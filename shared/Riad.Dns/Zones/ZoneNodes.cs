using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>Every name of a zone, to be enumerated with foreach.</summary>
/// <remarks>
/// In the order of storage, never of the table: names that come in the order of their hashes would make a builder that
/// takes them slow. What is stored for earlier versions only is passed over: the table does not lead there.
/// </remarks>
public ref struct ZoneNodes
{
    private readonly Zone zone;
    private readonly OctetChunks chunks;
    private readonly NamePath path = new();
    private readonly byte[] owner = new byte[NameOctets.MaxLength];
    private uint place;
    private uint next = OctetChunks.FirstPlace;
    private bool isStarted;

    internal ZoneNodes(Zone zone, OctetChunks chunks)
    {
        this.zone = zone;
        this.chunks = chunks;
    }

    /// <summary>The present name.</summary>
    public readonly ZoneNode Current => new(zone.Node(place), zone.Apex, (uint)path.Hash(0), place);

    /// <summary>This value: it enumerates itself.</summary>
    public readonly ZoneNodes GetEnumerator() => this;

    /// <summary>Goes to the next name.</summary>
    public bool MoveNext()
    {
        if (!isStarted)
        {
            isStarted = true;
            Take(zone.ApexPlace);
            return true;
        }
        while (next != 0)
        {
            var at = next;
            next = chunks.Next(at, zone.Node(at).StoredLength);
            if (at == zone.ApexPlace)
                continue;
            Take(at);
            if (!chunks.MayBeDead(at) || zone.Table.Holds((uint)path.Hash(0), at))
                return true;
        }
        return false;
    }

    private void Take(uint at)
    {
        place = at;
        path.Set(owner.AsSpan(0, new ZoneNode(zone.Node(at), zone.Apex).CopyOwner(owner)));
    }
}
