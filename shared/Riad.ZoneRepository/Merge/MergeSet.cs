using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Records;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Merge;

/// <summary>The records of one name and type in one version of a file: their TTLs by their data.</summary>
internal sealed class MergeSet : IEquatable<MergeSet>
{
    /// <summary>No records.</summary>
    public static readonly MergeSet Empty = new(ImmutableSortedDictionary<Octets, Ttl>.Empty);

    private readonly ImmutableSortedDictionary<Octets, Ttl> records;

    private MergeSet(ImmutableSortedDictionary<Octets, Ttl> records) => this.records = records;

    public bool IsEmpty => records.IsEmpty;

    public IEnumerable<Octets> Data => records.Keys;

    public Ttl TtlOf(Octets data) => records[data];

    /// <summary>The one TTL of all records; null when they have several, or there are none.</summary>
    public Ttl? CommonTtl => records.Values.Distinct().Take(2).ToList() is [var only] ? only : null;

    public bool Contains(Octets data) => records.ContainsKey(data);

    public MergeSet With(Octets data, Ttl ttl) => new(records.SetItem(data, ttl));

    public bool Equals(MergeSet? other) => other is not null && records.SequenceEqual(other.records);

    public override bool Equals(object? obj) => Equals(obj as MergeSet);

    public override int GetHashCode() => records.Count;

    /// <summary>What both sides together want; null when they want different things of the same records.</summary>
    /// <param name="type">The type of the set.</param>
    /// <param name="before">The version that both sides began with.</param>
    /// <param name="ours">One side.</param>
    /// <param name="theirs">The other side.</param>
    public static MergeSet? Merge(RrType type, MergeSet before, MergeSet ours, MergeSet theirs)
    {
        if (ours.Equals(theirs) || theirs.Equals(before))
            return ours;
        if (ours.Equals(before))
            return theirs;
        if (type == RrTypes.Soa)
            return NewerSerial(ours, theirs);
        return !type.IsSingleton && ours.IsGrownFrom(before) && theirs.IsGrownFrom(before) && ours.CommonTtl == theirs.CommonTtl && ours.CommonTtl is not null
            ? new(ours.records.SetItems(theirs.records))
            : null;
    }

    private bool IsGrownFrom(MergeSet before) => before.records.All(record => records.TryGetValue(record.Key, out var ttl) && ttl == record.Value);

    /// <summary>Two raises of the serial are one.</summary>
    private static MergeSet? NewerSerial(MergeSet ours, MergeSet theirs)
    {
        if (ours.records.Count != 1 || theirs.records.Count != 1 || ours.CommonTtl != theirs.CommonTtl)
            return null;
        var (left, right) = (ours.records.Keys.First(), theirs.records.Keys.First());
        if (!SoaOctets.AreEqualButForSerial(left.Span, right.Span))
            return null;
        return SoaOctets.ReadSerial(right.Span).IsNewerThan(SoaOctets.ReadSerial(left.Span)) ? theirs : ours;
    }
}
