using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.ZoneRepository.Differences;

/// <summary>Compares two versions of a zone, name by name and set by set. Mutable, one owner, used once.</summary>
internal sealed class ZoneComparison(Zone old, Zone next, int maxListed)
{
    private readonly byte[] oldScratch = new byte[ushort.MaxValue];
    private readonly byte[] nextScratch = new byte[ushort.MaxValue];
    private readonly List<ZoneRecord> removed = [];
    private readonly List<ZoneRecord> added = [];
    private long changed;

    private bool IsListed => removed.Count + added.Count <= maxListed;

    /// <summary>Compares.</summary>
    /// <param name="among">The names among which all differences lie; null to look at every name.</param>
    public ZoneDifference Compare(IReadOnlyList<DomainName>? among)
    {
        if (among is null)
            CompareAll();
        foreach (var name in among ?? [])
            CompareAt(name);
        return Finish();
    }

    private void CompareAt(DomainName name)
    {
        var (isOld, isNext) = (old.TryFind(name.Wire, out var before), next.TryFind(name.Wire, out var after));
        if (isOld && isNext && !after.IsStoredLike(before))
            CompareSets(before, after);
        else if (isOld && !isNext)
            TakeAll(before, removed, oldScratch);
        else if (isNext && !isOld)
            TakeAll(after, added, nextScratch);
    }

    private void CompareAll()
    {
        var common = 0;
        foreach (var node in next.Nodes)
        {
            if (!old.TryFind(node, out var before))
            {
                TakeAll(node, added, nextScratch);
                continue;
            }
            common++;
            if (!node.IsStoredLike(before))
                CompareSets(before, node);
        }
        if (common < old.NameCount)
        {
            foreach (var node in old.Nodes)
            {
                if (!next.TryFind(node, out _))
                    TakeAll(node, removed, oldScratch);
            }
        }
    }

    private ZoneDifference Finish()
    {
        var (oldSoa, nextSoa) = (SoaOf(old), SoaOf(next));
        if (oldSoa.Ttl != nextSoa.Ttl || !SoaOctets.AreEqualButForSerial(oldSoa.Rdata.Span, nextSoa.Rdata.Span))
            changed++;
        var isListed = IsListed;
        return new(oldSoa, nextSoa, isListed ? Sort(removed) : [], isListed ? Sort(added) : [], changed, isListed);
    }

    private static ImmutableArray<ZoneRecord> Sort(List<ZoneRecord> records)
    {
        records.Sort(static (left, right) =>
        {
            var order = left.Owner.CompareTo(right.Owner);
            if (order == 0)
                order = left.Type.CompareTo(right.Type);
            return order != 0 ? order : left.Rdata.CompareTo(right.Rdata);
        });
        return [.. records];
    }

    /// <summary>Both name's sets stand in ascending order of types.</summary>
    private void CompareSets(ZoneNode before, ZoneNode after)
    {
        var oldSets = before.Sets;
        var nextSets = after.Sets;
        var (hasOld, hasNext) = (oldSets.MoveNext(), nextSets.MoveNext());
        while (hasOld || hasNext)
        {
            var order = !hasOld ? 1 : !hasNext ? -1 : oldSets.Current.Type.CompareTo(nextSets.Current.Type);
            if (order == 0)
                CompareSet(before, oldSets.Current, after, nextSets.Current);
            else if (order < 0)
                TakeSet(before, oldSets.Current, removed, oldScratch);
            else
                TakeSet(after, nextSets.Current, added, nextScratch);
            if (order <= 0)
                hasOld = oldSets.MoveNext();
            if (order >= 0)
                hasNext = nextSets.MoveNext();
        }
    }

    private void CompareSet(ZoneNode before, RecordSetView oldSet, ZoneNode after, RecordSetView nextSet)
    {
        if (oldSet.Type == RrTypes.Soa.Code || AreSame(oldSet, nextSet))
            return;
        if (HaveOtherTtls(oldSet, nextSet))
        {
            changed += Math.Max(oldSet.Count, nextSet.Count);
            List(before, oldSet, [], removed, oldScratch);
            List(after, nextSet, [], added, nextScratch);
            return;
        }
        var (oldData, nextData) = (DataOf(oldSet, oldScratch), DataOf(nextSet, nextScratch));
        var common = oldData.Intersect(nextData).ToImmutableHashSet();
        changed += Math.Max(oldSet.Count, nextSet.Count) - common.Count;
        List(before, oldSet, common, removed, oldScratch);
        List(after, nextSet, common, added, nextScratch);
    }

    /// <summary>True when the records are the same in the same order: all but a few sets, found without allocating.</summary>
    private bool AreSame(RecordSetView oldSet, RecordSetView nextSet)
    {
        if (HaveOtherTtls(oldSet, nextSet) || oldSet.Count != nextSet.Count)
            return false;
        var nextData = nextSet.Rdatas(nextScratch);
        foreach (var rdata in oldSet.Rdatas(oldScratch))
        {
            if (!nextData.MoveNext() || !rdata.SequenceEqual(nextData.Current))
                return false;
        }
        return true;
    }

    /// <summary>The TTLs of signatures follow from their data.</summary>
    private static bool HaveOtherTtls(RecordSetView oldSet, RecordSetView nextSet) => oldSet.Ttl != nextSet.Ttl && oldSet.Type != RrTypes.Rrsig.Code;

    private static HashSet<Octets> DataOf(RecordSetView set, byte[] scratch)
    {
        var data = new HashSet<Octets>();
        foreach (var rdata in set.Rdatas(scratch))
            data.Add(new(rdata));
        return data;
    }

    private void TakeAll(ZoneNode node, List<ZoneRecord> into, byte[] scratch)
    {
        foreach (var set in node.Sets)
            TakeSet(node, set, into, scratch);
    }

    private void TakeSet(ZoneNode node, RecordSetView set, List<ZoneRecord> into, byte[] scratch)
    {
        changed += set.Count;
        List(node, set, [], into, scratch);
    }

    private void List(ZoneNode node, RecordSetView set, ImmutableHashSet<Octets> except, List<ZoneRecord> into, byte[] scratch)
    {
        if (!IsListed)
            return;
        var (owner, type) = (node.Owner, RrTypes.FromCode(set.Type));
        foreach (var rdata in set.Rdatas(scratch))
        {
            var data = new Octets(rdata);
            if (!except.Contains(data))
                into.Add(new(owner, new(set.TtlOf(rdata)), type, data));
        }
    }

    private ZoneRecord SoaOf(Zone zone)
    {
        if (!zone.TryFind(zone.Apex.Wire, out var apex) || !apex.TryFind(RrTypes.Soa.Code, out var set))
            throw new ArgumentException("a zone has an SOA record at its apex", nameof(zone));
        foreach (var rdata in set.Rdatas(oldScratch))
            return new(apex.Owner, new(set.Ttl), RrTypes.Soa, new(rdata));
        throw new ArgumentException("a set has a record", nameof(zone));
    }
}
