using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>Goes from name to name of a zone, and can stop in between for as long as it likes: a transfer is sent message by message.</summary>
/// <remarks>The order of <see cref="ZoneNodes"/>. A name is hashed only where something near it was changed since.</remarks>
internal sealed class ZoneWalk(Zone zone)
{
    private NamePath? path;
    private uint place;
    private uint next = OctetChunks.FirstPlace;

    /// <summary>The present name; the apex at first.</summary>
    public StoredNode Node => zone.Node(place == 0 ? zone.ApexPlace : place);

    /// <summary>Goes to the next name; false after the last. The apex does not come again.</summary>
    public bool MoveNext()
    {
        while (next != 0)
        {
            place = next;
            var node = zone.Node(place);
            next = zone.Chunks.Next(place, node.StoredLength);
            if (place != zone.ApexPlace && (!zone.Chunks.MayBeDead(place) || IsAlive(node)))
                return true;
        }
        return false;
    }

    private bool IsAlive(StoredNode node)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        var length = new ZoneNode(node, zone.Apex).CopyOwner(name);
        path ??= new();
        return zone.Table.Holds((uint)path.Set(name[..length]).Hash(0), place);
    }
}
