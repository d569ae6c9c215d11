using System.Collections.Immutable;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>Reads which zones a catalog zone lists.</summary>
/// <remarks>
/// <code>
/// version.CATALOG           TXT "2"
/// ID.zones.CATALOG          PTR ZONE
/// group.ID.zones.CATALOG    TXT GROUP
/// coo.ID.zones.CATALOG      PTR CATALOG
/// </code>
/// Anything else is passed over. Source: RFC 9432 §4.
/// </remarks>
public static class CatalogReader
{
    private const int EntryDepth = 2;

    /// <summary>Reads a catalog.</summary>
    /// <param name="catalog">A version of the catalog zone.</param>
    /// <param name="maxEntries">The most zones that it may list.</param>
    /// <param name="entries">By the name of the zone; empty on failure.</param>
    /// <param name="fault">Why it cannot be followed. Meaningful on failure.</param>
    public static bool TryRead(Zone catalog, int maxEntries, out ImmutableSortedDictionary<DomainName, CatalogEntry> entries, out CatalogFault fault)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        entries = ImmutableSortedDictionary<DomainName, CatalogEntry>.Empty;
        if (!TryReadVersion(catalog, out fault))
            return false;
        var found = ImmutableSortedDictionary.CreateBuilder<DomainName, CatalogEntry>();
        foreach (var node in catalog.Nodes)
        {
            var owner = node.Owner;
            if (owner.LabelCount != catalog.Apex.LabelCount + EntryDepth || !HasLabel(owner.Parent!, "zones") || catalog.Find(owner, RrTypes.Ptr) is not { } pointer)
                continue;
            fault = CatalogFault.EntryAmbiguous;
            if (pointer.Values.Count != 1)
                return false;
            fault = CatalogFault.ZoneTwice;
            if (!found.TryAdd(pointer.Values[0], ReadEntry(catalog, owner, pointer.Values[0])))
                return false;
            fault = CatalogFault.TooMany;
            if (found.Count > maxEntries)
                return false;
        }
        entries = found.ToImmutable();
        return true;
    }

    private static bool TryReadVersion(Zone catalog, out CatalogFault fault)
    {
        var version = catalog.Apex.Prepend("version"u8) is { } name ? catalog.Find(name, RrTypes.Txt) : null;
        fault = CatalogFault.VersionMissing;
        if (version is not { Values.Count: 1 })
            return false;
        fault = CatalogFault.VersionUnknown;
        return Text(version.Values[0]) == "2";
    }

    private static CatalogEntry ReadEntry(Zone catalog, DomainName owner, DomainName zone)
    {
        var id = new byte[owner.Wire[0]];
        NameOctets.CopyLower(owner.Wire.Slice(1, id.Length), id);
        var group = owner.Prepend("group"u8) is { } groupName ? catalog.Find(groupName, RrTypes.Txt) : null;
        var newOwner = owner.Prepend("coo"u8) is { } newOwnerName ? catalog.Find(newOwnerName, RrTypes.Ptr) : null;
        return new(zone, new(id), group is null ? null : Text(group.Values[0]), newOwner is { Values: [var only] } ? only : null);
    }

    private static bool HasLabel(DomainName name, string label) => name.Wire[0] == label.Length && Ascii.EqualsIgnoreCase(name.Wire.Slice(1, label.Length), label);

    private static string Text(Txt text) => string.Concat(text.Strings.Select(part => Encoding.UTF8.GetString(part.Octets.Span)));
}
