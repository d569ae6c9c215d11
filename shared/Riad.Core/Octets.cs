namespace Riad.Core;

/// <summary>An immutable string of octets that compares by content.</summary>
/// <remarks>The default is the empty string.</remarks>
public readonly struct Octets : IEquatable<Octets>, IComparable<Octets>
{
    private readonly byte[]? octets;

    /// <summary>Copies <paramref name="octets"/>.</summary>
    public Octets(ReadOnlySpan<byte> octets) => this.octets = octets.ToArray();

    /// <summary>How many octets.</summary>
    public int Length => octets?.Length ?? 0;

    /// <summary>The octets.</summary>
    public ReadOnlySpan<byte> Span => octets;

    /// <inheritdoc/>
    public bool Equals(Octets other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Octets other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Length;
        foreach (var octet in Span)
            hash = unchecked((hash * 31) + octet);
        return hash;
    }

    /// <summary>Compares octet by octet, the shorter first where one begins the other.</summary>
    public int CompareTo(Octets other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Lower-case hexadecimal digits, two an octet.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);

    /// <summary>True when both hold the same octets.</summary>
    public static bool operator ==(Octets left, Octets right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(Octets left, Octets right) => !left.Equals(right);

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(Octets left, Octets right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(Octets left, Octets right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(Octets left, Octets right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(Octets left, Octets right) => left.CompareTo(right) >= 0;
}
