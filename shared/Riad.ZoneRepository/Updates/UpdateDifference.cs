using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Updates;

/// <summary>The difference between two versions of a zone from what updates changed, without looking at the rest of the zone.</summary>
internal static class UpdateDifference
{
    /// <summary>The same as <see cref="ZoneDifference.Between"/>.</summary>
    /// <param name="old">The zone before.</param>
    /// <param name="next">The zone after <paramref name="changes"/>.</param>
    /// <param name="changes">Each name and type once; what did not change in the end may be among them.</param>
    public static ZoneDifference Of(Zone old, Zone next, IReadOnlyCollection<SetChange> changes)
    {
        var removed = new List<ZoneRecord>();
        var added = new List<ZoneRecord>();
        var (oldSoa, nextSoa) = (SoaOf(old), SoaOf(next));
        long changed = oldSoa.Ttl != nextSoa.Ttl || !SoaOctets.AreEqualButForSerial(oldSoa.Rdata.Span, nextSoa.Rdata.Span) ? 1 : 0;
        foreach (var change in changes.Where(change => change.Type != RrTypes.Soa).OrderBy(change => change.Owner).ThenBy(change => change.Type))
        {
            var isWhole = change is { Old.Count: > 0, New.Count: > 0 } && change.OldTtl != change.NewTtl;
            var (gone, come) = isWhole ? (change.Old, change.New) : (change.Removed, change.Added);
            changed += Math.Max(gone.Count, come.Count);
            AddAll(removed, OwnerIn(old, change.Owner), change.OldTtl, change.Type, gone);
            AddAll(added, OwnerIn(next, change.Owner), change.NewTtl, change.Type, come);
        }
        var isListed = removed.Count + added.Count <= ZoneChange.MaxListedRecords;
        return new(oldSoa, nextSoa, isListed ? [.. removed] : [], isListed ? [.. added] : [], changed, isListed);
    }

    private static void AddAll(List<ZoneRecord> into, DomainName owner, Ttl ttl, RrType type, Seq<Octets> data) =>
        into.AddRange(data.Order().Select(rdata => new ZoneRecord(owner, ttl, type, rdata)));

    /// <summary>In the case in which the zone has it.</summary>
    private static DomainName OwnerIn(Zone zone, DomainName owner) => zone.TryFind(owner.Wire, out var node) ? node.Owner : owner;

    private static ZoneRecord SoaOf(Zone zone) => new(zone.Apex, zone.SoaTtl, RrTypes.Soa, RrTypes.Soa.Codec.ToOctets(zone.Soa));
}
