namespace Riad.Dns.Names;

/// <summary>Operations on names as they stand on the wire, uncompressed: for code that may not allocate a <see cref="DomainName"/>.</summary>
/// <remarks>
/// A name is labels, each a length octet of 1 to 63 and that many octets, then a zero octet; at most 255 octets.
/// Source: RFC 1035 §3.1. Only <see cref="TryMeasure"/> takes octets that were not validated.
/// </remarks>
public static class NameOctets
{
    /// <summary>The longest name, its zero octet counted.</summary>
    public const int MaxLength = 255;

    /// <summary>The longest label, its length octet not counted.</summary>
    public const int MaxLabelLength = 63;

    private const byte CaseBit = 0x20;

    /// <summary>Finds the end of an uncompressed name at the start of <paramref name="octets"/>.</summary>
    /// <param name="octets">Anything.</param>
    /// <param name="length">Octets of the name, its zero octet counted.</param>
    /// <returns>False when the octets end too early, a length octet exceeds 63, or the name 255.</returns>
    public static bool TryMeasure(ReadOnlySpan<byte> octets, out int length)
    {
        length = 0;
        while (length < octets.Length && length < MaxLength)
        {
            int label = octets[length];
            if (label > MaxLabelLength)
                return false;
            length += label + 1;
            if (label == 0)
                return true;
        }
        return false;
    }

    /// <summary>How many labels the name has; the root has none.</summary>
    public static int CountLabels(ReadOnlySpan<byte> name)
    {
        var labels = 0;
        while (name[0] != 0)
        {
            name = Parent(name);
            labels++;
        }
        return labels;
    }

    /// <summary>The name without its first label. Not defined for the root.</summary>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> name) => name[(name[0] + 1)..];

    /// <summary>Compares without regard to the case of ASCII letters.</summary>
    /// <remarks>Source: RFC 4343. Length octets are below 64 and are not touched by the folding.</remarks>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        if (left.SequenceEqual(right))
            return true;
        for (var i = 0; i < left.Length; i++)
        {
            if (ToLower(left[i]) != ToLower(right[i]))
                return false;
        }
        return true;
    }

    /// <summary>Tells whether <paramref name="name"/> is <paramref name="ancestor"/> or lies below it.</summary>
    public static bool IsAtOrBelow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor)
    {
        while (name.Length > ancestor.Length)
            name = Parent(name);
        return AreEqual(name, ancestor);
    }

    /// <summary>Copies a name with its ASCII letters in lower case.</summary>
    /// <param name="name">At most as long as <paramref name="lower"/>.</param>
    /// <param name="lower">Receives as many octets as the name has.</param>
    public static void CopyLower(ReadOnlySpan<byte> name, Span<byte> lower)
    {
        for (var i = 0; i < name.Length; i++)
            lower[i] = ToLower(name[i]);
    }

    /// <summary>Canonical order: label by label from the root, each as unsigned lower-case octets.</summary>
    /// <remarks>Names relative to one and the same name may be compared without their zero octets. Source: RFC 4034 §6.1.</remarks>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> leftStarts = stackalloc byte[128];
        Span<byte> rightStarts = stackalloc byte[128];
        var leftLabels = FindLabels(left, leftStarts);
        var rightLabels = FindLabels(right, rightStarts);
        while (leftLabels > 0 && rightLabels > 0)
        {
            var order = CompareLabels(left[leftStarts[--leftLabels]..], right[rightStarts[--rightLabels]..]);
            if (order != 0)
                return order;
        }
        return leftLabels.CompareTo(rightLabels);
    }

    /// <summary>The lower-case form of an ASCII letter, anything else as it is.</summary>
    public static byte ToLower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | CaseBit) : octet;

    private static int FindLabels(ReadOnlySpan<byte> name, Span<byte> starts)
    {
        var labels = 0;
        for (var at = 0; at < name.Length && name[at] != 0; at += name[at] + 1)
            starts[labels++] = (byte)at;
        return labels;
    }

    private static int CompareLabels(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftLength, rightLength) = (left[0], right[0]);
        for (var i = 1; i <= Math.Min(leftLength, rightLength); i++)
        {
            var order = ToLower(left[i]) - ToLower(right[i]);
            if (order != 0)
                return order;
        }
        return leftLength - rightLength;
    }
}
