namespace Riad.Images.Packages;

/// <summary>The order of Debian's versions.</summary>
/// <remarks>Source: Debian Policy Manual §5.6.12: an epoch, the version of the program's authors, and Debian's revision.</remarks>
public static class DebianVersion
{
    /// <summary>Below zero when the first is earlier, above when it is later, zero when they mean the same.</summary>
    public static int Compare(string first, string second)
    {
        var ((epoch, version, revision), (otherEpoch, otherVersion, otherRevision)) = (Split(first), Split(second));
        if (ComparePart(epoch, otherEpoch) is not 0 and var byEpoch)
            return byEpoch;
        return ComparePart(version, otherVersion) is not 0 and var byVersion ? byVersion : ComparePart(revision, otherRevision);
    }

    private static (string Epoch, string Version, string Revision) Split(string text)
    {
        var (colon, dash) = (text.IndexOf(':', StringComparison.Ordinal), text.LastIndexOf('-'));
        var end = dash > colon ? dash : text.Length;
        return (colon < 0 ? "" : text[..colon], text[(colon + 1)..end], end == text.Length ? "" : text[(end + 1)..]);
    }

    // By turns what is no digit, sign by sign, and a number.
    private static int ComparePart(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        while (first.Length > 0 || second.Length > 0)
        {
            var signs = Take(ref first, isNumber: false);
            var otherSigns = Take(ref second, isNumber: false);
            for (var at = 0; at < Math.Max(signs.Length, otherSigns.Length); at++)
            {
                if (Weight(signs, at).CompareTo(Weight(otherSigns, at)) is not 0 and var bySign)
                    return bySign;
            }
            var number = Take(ref first, isNumber: true).TrimStart('0');
            var otherNumber = Take(ref second, isNumber: true).TrimStart('0');
            if (number.Length.CompareTo(otherNumber.Length) is not 0 and var byLength)
                return byLength;
            if (number.SequenceCompareTo(otherNumber) is not 0 and var byDigits)
                return byDigits;
        }
        return 0;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, bool isNumber)
    {
        var length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]) == isNumber)
            length++;
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    // A tilde comes before the end, letters come before all other signs.
    private static int Weight(ReadOnlySpan<char> signs, int at)
    {
        if (at >= signs.Length)
            return 0;
        if (signs[at] == '~')
            return -1;
        return char.IsAsciiLetter(signs[at]) ? signs[at] : signs[at] + 256;
    }
}
