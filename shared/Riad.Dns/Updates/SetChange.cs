using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>What became of the records of one name and type.</summary>
/// <param name="Owner">In the zone.</param>
/// <param name="Type">The record type.</param>
/// <param name="OldTtl">Before; the default when there were no records.</param>
/// <param name="Old">The data before, in stored order; empty when there were no records.</param>
/// <param name="NewTtl">Afterwards; the default when there are no records left.</param>
/// <param name="New">The data afterwards: what stayed in its order, then what is new.</param>
public sealed record SetChange(DomainName Owner, RrType Type, Ttl OldTtl, Seq<Octets> Old, Ttl NewTtl, Seq<Octets> New)
{
    /// <summary>Data that only the set before has.</summary>
    public Seq<Octets> Removed => Except(Old, New);

    /// <summary>Data that only the set afterwards has.</summary>
    public Seq<Octets> Added => Except(New, Old);

    private Seq<Octets> Except(Seq<Octets> left, Seq<Octets> right)
    {
        var known = right.Select(data => CanonicalData.Of(Type, data)).ToHashSet();
        return left.Where(data => !known.Contains(CanonicalData.Of(Type, data))).ToSeq();
    }
}
