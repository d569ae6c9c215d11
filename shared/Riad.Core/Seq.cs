using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Riad.Core;

/// <summary>An immutable sequence that compares element by element, so that records can hold one.</summary>
/// <remarks>The default is the empty sequence.</remarks>
[CollectionBuilder(typeof(Seq), nameof(Seq.Create))]
public readonly struct Seq<T> : IEquatable<Seq<T>>, IReadOnlyList<T>
{
    private readonly ImmutableArray<T> items;

    internal Seq(ImmutableArray<T> items) => this.items = items;

    private ImmutableArray<T> Items => items.IsDefault ? [] : items;

    /// <summary>How many elements there are.</summary>
    public int Count => items.IsDefault ? 0 : items.Length;

    /// <summary>The element at <paramref name="index"/>, counted from 0.</summary>
    public T this[int index] => Items[index];

    /// <summary>The elements as a span.</summary>
    public ReadOnlySpan<T> AsSpan() => Items.AsSpan();

    /// <inheritdoc/>
    public bool Equals(Seq<T> other) => Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Seq<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var item in Items)
            hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        return hash;
    }

    /// <summary>Enumerates without allocating.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();

    /// <summary>True when both hold equal elements in the same order.</summary>
    public static bool operator ==(Seq<T> left, Seq<T> right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(Seq<T> left, Seq<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Items);
}

/// <summary>Makes sequences.</summary>
public static class Seq
{
    /// <summary>A sequence of these elements; what a collection expression calls.</summary>
    public static Seq<T> Create<T>(ReadOnlySpan<T> items) => new([.. items]);

    /// <summary>A sequence of these elements, in their order.</summary>
    public static Seq<T> ToSeq<T>(this IEnumerable<T> items) => new([.. items]);
}
