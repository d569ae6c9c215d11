using System.Collections.Immutable;
using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>All zones that are served: one immutable root over the present version of each, swapped whole.</summary>
/// <remarks>A change copies the list of zones, not the zones: its cost grows with their number only.</remarks>
public sealed class ZoneSet
{
    /// <summary>No zones.</summary>
    public static readonly ZoneSet Empty = new(ImmutableSortedDictionary<DomainName, ServedZone>.Empty);

    private readonly ImmutableSortedDictionary<DomainName, ServedZone> byName;
    private readonly ServedZone?[] table;
    private readonly ulong[] hashes;
    private readonly ulong depths; // bit n: there is a zone whose name has n labels; bit 63 for more

    private ZoneSet(ImmutableSortedDictionary<DomainName, ServedZone> byName)
    {
        this.byName = byName;
        var length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, byName.Count * 2));
        table = new ServedZone?[length];
        hashes = new ulong[length];
        var path = new NamePath();
        foreach (var zone in byName.Values)
        {
            path.Set(zone.Apex.Wire);
            depths |= DepthBit(path.LabelCount);
            var slot = (int)path.Hash(0) & (length - 1);
            while (table[slot] is not null)
                slot = (slot + 1) & (length - 1);
            (table[slot], hashes[slot]) = (zone, path.Hash(0));
        }
    }

    /// <summary>How many zones, those without a good version counted.</summary>
    public int Count => byName.Count;

    /// <summary>Every zone, in canonical order of the names.</summary>
    public IEnumerable<ServedZone> Zones => byName.Values;

    /// <summary>Octets of memory that all zones take.</summary>
    public long Octets => byName.Values.Sum(zone => zone.Zone?.Octets ?? 0);

    /// <summary>This set with a version of a zone, in place of any other of the same name.</summary>
    public ZoneSet With(Zone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return With([zone]);
    }

    /// <summary>This set with versions of several zones: one copy for all of them.</summary>
    public ZoneSet With(IEnumerable<Zone> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return WithChanges(zones, [], []);
    }

    /// <summary>This set with a zone that is ours and was never good: questions for it are answered SERVFAIL. A good version stays.</summary>
    public ZoneSet WithoutGoodVersion(DomainName apex, ZoneAbsence absence) =>
        Find(apex) is { Zone: not null } ? this : new(byName.SetItem(apex, new(apex, absence, Find(apex)?.Place ?? new FreePlaces(byName.Values).Take())));

    /// <summary>This set after many changes at once: one copy for all of them.</summary>
    /// <param name="zones">Versions that take the place of any other of the same name.</param>
    /// <param name="absent">Zones that are ours and have nothing to serve, also where a version was served before.</param>
    /// <param name="gone">Zones that are no longer ours.</param>
    public ZoneSet WithChanges(IEnumerable<Zone> zones, IEnumerable<(DomainName Apex, ZoneAbsence Absence)> absent, IEnumerable<DomainName> gone)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(absent);
        ArgumentNullException.ThrowIfNull(gone);
        var builder = byName.ToBuilder();
        builder.RemoveRange(gone);
        var free = new FreePlaces(byName.Values);
        foreach (var zone in zones)
            Put(builder, zone.Apex, place => new(zone, place), free);
        foreach (var (apex, absence) in absent)
            Put(builder, apex, place => new(apex, absence, place), free);
        return new(builder.ToImmutable());
    }

    /// <summary>This set without a zone.</summary>
    public ZoneSet Without(DomainName apex) => new(byName.Remove(apex));

    /// <summary>The zone of this very name; null when it is not ours.</summary>
    public ServedZone? Find(DomainName apex) => byName.GetValueOrDefault(apex);

    /// <summary>The zone with the longest name at or above a name; null when none is ours.</summary>
    public ServedZone? FindAbove(DomainName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindAbove(new NamePath().Set(name.Wire), 0);
    }

    /// <summary>The zone with the longest name at or above the name that starts with a label of a path.</summary>
    internal ServedZone? FindAbove(NamePath path, int label)
    {
        for (; label <= path.LabelCount; label++)
        {
            if ((depths & DepthBit(path.LabelCount - label)) == 0)
                continue;
            if (FindExact(path, label) is { } zone)
                return zone;
        }
        return null;
    }

    private static void Put(ImmutableSortedDictionary<DomainName, ServedZone>.Builder builder, DomainName apex, Func<ZonePlace, ServedZone> make, FreePlaces free)
    {
        var place = builder.GetValueOrDefault(apex)?.Place ?? free.Take();
        builder.Remove(apex); // the key keeps the case of the newest version
        builder.Add(apex, make(place));
    }

    private static ulong DepthBit(int labels) => 1UL << Math.Min(labels, 63);

    private ServedZone? FindExact(NamePath path, int label)
    {
        var hash = path.Hash(label);
        var mask = table.Length - 1;
        for (var slot = (int)hash & mask; table[slot] is { } zone; slot = (slot + 1) & mask)
        {
            if (hashes[slot] == hash && NameOctets.AreEqual(zone.Apex.Wire, path.Lower[path.Start(label)..]))
                return zone;
        }
        return null;
    }
}
