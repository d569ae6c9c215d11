using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.ZoneRepository.Merge;

/// <summary>Names a set of records.</summary>
internal readonly record struct SetKey(DomainName Owner, RrType Type)
{
    /// <summary>Canonical order of names, then by type.</summary>
    public static readonly IComparer<SetKey> CanonicalOrder =
        Comparer<SetKey>.Create(static (left, right) => left.Owner.CompareTo(right.Owner) is not 0 and var order ? order : left.Type.CompareTo(right.Type));
}
