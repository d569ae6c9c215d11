using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Dns.Names;

/// <summary>An absolute domain name. It keeps the case it was written in and compares without regard to it.</summary>
/// <remarks>Source: RFC 1035 §3.1, RFC 4343. At most 255 octets on the wire, labels of 1 to 63 octets of any value.</remarks>
public sealed class DomainName : IEquatable<DomainName>, IComparable<DomainName>
{
    /// <summary>The root: no labels, written ".".</summary>
    public static readonly DomainName Root = new([0]);

    private const int PointerBits = 0xc0;

    private readonly byte[] octets;

    private DomainName(byte[] octets) => this.octets = octets;

    /// <summary>The name on the wire, uncompressed, in the case it was written.</summary>
    public ReadOnlySpan<byte> Wire => octets;

    /// <summary>True for the root.</summary>
    public bool IsRoot => octets.Length == 1;

    /// <summary>How many labels; the root has none.</summary>
    public int LabelCount => NameOctets.CountLabels(octets);

    /// <summary>The name without its first label; null for the root.</summary>
    public DomainName? Parent => IsRoot ? null : new([.. NameOctets.Parent(octets)]);

    /// <summary>Takes an uncompressed name that fills <paramref name="wire"/> exactly.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> wire, [NotNullWhen(true)] out DomainName? name)
    {
        var good = NameOctets.TryMeasure(wire, out var length) && length == wire.Length;
        name = good ? new(wire.ToArray()) : null;
        return good;
    }

    /// <summary>Reads the text form, with \X and \DDD escapes; "@" is an ordinary label here.</summary>
    /// <param name="text">Octets of the text; "." is the root.</param>
    /// <param name="origin">Completes a name without a final dot; null when there is none.</param>
    /// <param name="name">Null on failure.</param>
    /// <param name="fault">The first fault; None on success.</param>
    /// <remarks>Source: RFC 1035 §5.1.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, DomainName? origin, [NotNullWhen(true)] out DomainName? name, out NameFault fault)
    {
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        name = NameText.TryParse(text, origin is null ? default : origin.octets, wire, out var length, out fault) ? new(wire[..length].ToArray()) : null;
        return name is not null;
    }

    /// <summary>Reads an absolute name; the final dot may be missing. For options and file names, where every name is absolute.</summary>
    public static bool TryParseAbsolute(string text, [NotNullWhen(true)] out DomainName? name) =>
        TryParse(System.Text.Encoding.UTF8.GetBytes(text), Root, out name, out _);

    /// <summary>Reads a name from a message and follows compression pointers, each of which must point further back than the last.</summary>
    /// <returns>The root after a fault: Malformed for a bad label type, a pointer that does not go back, or a name over 255 octets.</returns>
    /// <remarks>Source: RFC 1035 §4.1.4. A pointer may point to before the part that the reader was narrowed to.</remarks>
    public static DomainName Read(ref WireReader reader)
    {
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        var length = ReadOctets(ref reader, wire);
        return length <= 1 ? Root : new(wire[..length].ToArray());
    }

    /// <summary>As <see cref="Read"/>, into a buffer of 255 octets, without allocating.</summary>
    /// <returns>Octets written; 0 after a fault.</returns>
    public static int ReadOctets(ref WireReader reader, scoped Span<byte> wire)
    {
        var length = 0;
        var lowest = reader.Position;
        var at = -1; // where the next label is read once a pointer was followed; before that the reader itself moves
        while (!reader.Failed)
        {
            int label = at < 0 ? reader.ReadByte() : at < reader.Message.Length ? reader.Message[at++] : PointerBits - 1;
            if ((label & PointerBits) == PointerBits)
            {
                var low = at < 0 ? reader.ReadByte() : at < reader.Message.Length ? reader.Message[at] : byte.MaxValue;
                at = (label & ~PointerBits) << 8 | low;
                if (at >= lowest)
                    reader.Fail(WireFault.Malformed);
                lowest = at;
                continue;
            }
            if (label > NameOctets.MaxLabelLength || length + label + 1 > NameOctets.MaxLength || (at >= 0 && at + label > reader.Message.Length))
            {
                reader.Fail(WireFault.Malformed);
                break;
            }
            var part = at < 0 ? reader.ReadOctets(label) : reader.Message.Slice(at, label);
            if (reader.Failed)
                break;
            at = at < 0 ? at : at + label;
            wire[length++] = (byte)label;
            part.CopyTo(wire[length..]);
            length += label;
            if (label == 0)
                return length;
        }
        return 0;
    }

    /// <summary>Writes the name uncompressed.</summary>
    public void Write(ref WireWriter writer) => writer.WriteOctets(octets);

    /// <summary>True when this name is <paramref name="ancestor"/> or lies below it.</summary>
    public bool IsAtOrBelow(DomainName ancestor) => NameOctets.IsAtOrBelow(octets, ancestor.octets);

    /// <summary>This name with one more label in front; null when that makes it longer than 255 octets.</summary>
    /// <param name="label">1 to 63 octets.</param>
    public DomainName? Prepend(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > NameOctets.MaxLabelLength)
            throw new ArgumentException("a label has 1 to 63 octets", nameof(label));
        return octets.Length + label.Length + 1 > NameOctets.MaxLength ? null : new([(byte)label.Length, .. label, .. octets]);
    }

    /// <inheritdoc/>
    public bool Equals(DomainName? other) => other is not null && NameOctets.AreEqual(octets, other.octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DomainName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = octets.Length;
        foreach (var octet in octets)
            hash = unchecked((hash * 31) + NameOctets.ToLower(octet));
        return hash;
    }

    /// <summary>Canonical order.</summary>
    /// <remarks>Source: RFC 4034 §6.1.</remarks>
    public int CompareTo(DomainName? other) => other is null ? 1 : NameOctets.Compare(octets, other.octets);

    /// <summary>The text form with a final dot; octets that are not plain in a master file are escaped.</summary>
    public override string ToString() => NameText.Print(octets);

    /// <summary>The text form without the final dot, as people write it; "." for the root.</summary>
    public string ToStringWithoutFinalDot() => IsRoot ? "." : ToString()[..^1];

    /// <summary>True when both are the same name.</summary>
    public static bool operator ==(DomainName? left, DomainName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(DomainName? left, DomainName? right) => !(left == right);

    /// <summary>True when the left sorts first.</summary>
    public static bool operator <(DomainName left, DomainName right) => left.CompareTo(right) < 0;

    /// <summary>True when the left sorts last.</summary>
    public static bool operator >(DomainName left, DomainName right) => left.CompareTo(right) > 0;

    /// <summary>True when the left does not sort last.</summary>
    public static bool operator <=(DomainName left, DomainName right) => left.CompareTo(right) <= 0;

    /// <summary>True when the left does not sort first.</summary>
    public static bool operator >=(DomainName left, DomainName right) => left.CompareTo(right) >= 0;
}
