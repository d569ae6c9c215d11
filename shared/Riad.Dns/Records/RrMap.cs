using System.Collections.Immutable;

namespace Riad.Dns.Records;

/// <summary>The records of one name: an immutable map whose value type follows from its key.</summary>
/// <remarks>
/// <code>
/// RrSet&lt;Mx&gt;? mail = map.Find(RrTypes.Mx);
/// Rr&lt;Soa&gt;? start = map.Find(RrTypes.Soa);
/// RrSet&lt;Soa&gt;? wrong = map.Find(RrTypes.A);   // does not compile: CS0029
/// map.With(RrTypes.Soa, mail);               // does not compile: CS1503
/// </code>
/// Enumerates its types in the order of their numbers. One number has one key: <see cref="RrTypes.TryUnknown"/> refuses
/// the listed ones, and nothing else makes keys. So the casts in Find cannot fail.
/// </remarks>
public sealed class RrMap
{
    /// <summary>A name without records.</summary>
    public static readonly RrMap Empty = new(ImmutableSortedDictionary<RrType, object>.Empty);

    private readonly ImmutableSortedDictionary<RrType, object> entries;

    private RrMap(ImmutableSortedDictionary<RrType, object> entries) => this.entries = entries;

    /// <summary>The types that the name has, by number.</summary>
    public IEnumerable<RrType> Types => entries.Keys;

    /// <summary>True when the name has no records.</summary>
    public bool IsEmpty => entries.IsEmpty;

    /// <summary>The set of a type, or null.</summary>
    public RrSet<T>? Find<T>(RrType<T> type)
        where T : IEquatable<T> => (RrSet<T>?)entries.GetValueOrDefault(type);

    /// <summary>The one record of a type, or null.</summary>
    public Rr<T>? Find<T>(SingletonRrType<T> type)
        where T : IEquatable<T> => (Rr<T>?)entries.GetValueOrDefault(type);

    /// <summary>This map with a set in place of what the type had.</summary>
    public RrMap With<T>(RrType<T> type, RrSet<T> set)
        where T : IEquatable<T> => new(entries.SetItem(type, set));

    /// <summary>This map with a record in place of what the type had.</summary>
    public RrMap With<T>(SingletonRrType<T> type, Rr<T> record)
        where T : IEquatable<T> => new(entries.SetItem(type, record));

    /// <summary>This map without records of a type.</summary>
    public RrMap Without(RrType type) => new(entries.Remove(type));
}
