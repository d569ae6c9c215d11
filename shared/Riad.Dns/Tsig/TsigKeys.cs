using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>The keys that a server or client knows: one for each name, in canonical order.</summary>
public sealed class TsigKeys : IReadOnlyCollection<TsigKey>
{
    /// <summary>No key.</summary>
    public static readonly TsigKeys None = new([]);

    private readonly SortedDictionary<DomainName, TsigKey> keys;

    private TsigKeys(SortedDictionary<DomainName, TsigKey> keys) => this.keys = keys;

    /// <inheritdoc/>
    public int Count => keys.Count;

    /// <summary>These keys; of several with one name, the first.</summary>
    public static TsigKeys Create(IEnumerable<TsigKey> keys)
    {
        var sorted = new SortedDictionary<DomainName, TsigKey>();
        foreach (var key in keys)
            sorted.TryAdd(key.Name, key);
        return sorted.Count == 0 ? None : new(sorted);
    }

    /// <summary>Finds a key by its name, without regard to case.</summary>
    public bool TryFind(DomainName name, [NotNullWhen(true)] out TsigKey? key) => keys.TryGetValue(name, out key);

    /// <summary>The key of this name; null when there is none.</summary>
    public TsigKey? Find(DomainName name) => keys.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<TsigKey> GetEnumerator() => keys.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
