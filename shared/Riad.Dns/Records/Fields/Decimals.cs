namespace Riad.Dns.Records.Fields;

/// <summary>Decimal fractions as whole numbers of a smaller unit.</summary>
internal static class Decimals
{
    private const int MaxDigits = 12; // far from overflow of what fields multiply it by

    /// <summary>Reads digits, and a point with at most <paramref name="fraction"/> digits behind it.</summary>
    /// <param name="word">The text.</param>
    /// <param name="fraction">0 allows no point.</param>
    /// <param name="scale">The number is given times ten to this power; at least <paramref name="fraction"/>.</param>
    /// <param name="value">The number.</param>
    public static bool TryParse(ReadOnlySpan<byte> word, int fraction, int scale, out long value)
    {
        value = 0;
        var (digits, behind) = (0, -1); // behind: digits after the point, -1 before there was one
        foreach (var octet in word)
        {
            if (octet == '.' && behind < 0 && fraction > 0 && digits > 0)
            {
                behind = 0;
                continue;
            }
            if (octet is < (byte)'0' or > (byte)'9' || behind == fraction || digits == MaxDigits)
                return false;
            value = (value * 10) + octet - '0';
            digits++;
            behind += behind < 0 ? 0 : 1;
        }
        for (var i = Math.Max(behind, 0); i < scale; i++)
            value *= 10;
        return digits > 0;
    }
}
