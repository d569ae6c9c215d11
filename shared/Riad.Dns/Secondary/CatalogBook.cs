using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>What the catalogs list, and which of them each zone belongs to.</summary>
/// <remarks>
/// A zone that two catalogs list belongs to the first, until that one lists it no longer or hands it over (coo), both ends
/// agreeing. Source: RFC 9432 §4.3.1, §5.2 to §5.4.
/// </remarks>
internal sealed class CatalogBook(int maxEntries)
{
    private readonly SortedDictionary<DomainName, ImmutableSortedDictionary<DomainName, CatalogEntry>> lists = [];
    private readonly SortedDictionary<DomainName, ZoneOrigin.Member> owners = [];

    /// <summary>What is to become of one zone.</summary>
    /// <param name="Zone">The zone's name.</param>
    /// <param name="Next">Its entry from now on; null when no catalog lists it.</param>
    /// <param name="IsReset">True when what was known of it is dropped.</param>
    public readonly record struct Move(DomainName Zone, ZoneOrigin.Member? Next, bool IsReset);

    /// <summary>Takes a version of a catalog.</summary>
    public bool TryTake(Zone version, out ImmutableArray<Move> moves, out CatalogFault fault)
    {
        moves = [];
        if (!CatalogReader.TryRead(version, maxEntries, out var entries, out fault))
            return false;
        var before = lists.GetValueOrDefault(version.Apex, ImmutableSortedDictionary<DomainName, CatalogEntry>.Empty);
        lists[version.Apex] = entries;
        moves = [.. before.Keys.Concat(entries.Keys).Distinct().Order().Select(Decide).OfType<Move>()];
        return true;
    }

    /// <summary>A catalog is no longer followed; its zones stay as they are until a catalog says otherwise.</summary>
    public void Forget(DomainName catalog) => lists.Remove(catalog);

    private Move? Decide(DomainName zone)
    {
        var owner = owners.GetValueOrDefault(zone);
        var next = Choose(zone, owner);
        if (next == owner)
            return null;
        if (next is null)
            owners.Remove(zone);
        else
            owners[zone] = next;
        return new(zone, next, owner is null || next is null || owner.Id != next.Id);
    }

    private ZoneOrigin.Member? Choose(DomainName zone, ZoneOrigin.Member? owner)
    {
        if (owner is not null && EntryOf(owner.Of, zone) is { } entry)
        {
            if (entry.NewOwner is { } heir && EntryOf(heir, zone) is { } taken)
                return Origin(heir, taken);
            return Origin(owner.Of, entry);
        }
        foreach (var (catalog, entries) in lists)
        {
            if (entries.TryGetValue(zone, out var listed))
                return Origin(catalog, listed);
        }
        return null;
    }

    private CatalogEntry? EntryOf(DomainName catalog, DomainName zone) => lists.GetValueOrDefault(catalog)?.GetValueOrDefault(zone);

    private static ZoneOrigin.Member Origin(DomainName catalog, CatalogEntry entry) => new(catalog, entry.Id, entry.Group);
}
