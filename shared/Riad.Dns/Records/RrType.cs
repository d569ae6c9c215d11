namespace Riad.Dns.Records;

/// <summary>A record type: the key of a set of records.</summary>
public abstract class RrType : IEquatable<RrType>, IComparable<RrType>
{
    private protected RrType(ushort code, string mnemonic, RdataShape shape) => (Code, Mnemonic, Shape) = (code, mnemonic, shape);

    /// <summary>The number on the wire.</summary>
    public ushort Code { get; }

    /// <summary>As written in a master file; TYPEnnn for an unlisted type.</summary>
    public string Mnemonic { get; }

    /// <summary>The fields of the data.</summary>
    public RdataShape Shape { get; }

    /// <summary>True when a name may hold at most one record of this type.</summary>
    public abstract bool IsSingleton { get; }

    /// <inheritdoc/>
    public bool Equals(RrType? other) => other is not null && Code == other.Code;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as RrType);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Code;

    /// <summary>By number.</summary>
    public int CompareTo(RrType? other) => other is null ? 1 : Code.CompareTo(other.Code);

    /// <summary>The mnemonic.</summary>
    public sealed override string ToString() => Mnemonic;

    /// <summary>True when both are the same type.</summary>
    public static bool operator ==(RrType? left, RrType? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(RrType? left, RrType? right) => !(left == right);

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(RrType left, RrType right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(RrType left, RrType right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(RrType left, RrType right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(RrType left, RrType right) => left.CompareTo(right) >= 0;
}
