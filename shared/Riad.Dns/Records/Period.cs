namespace Riad.Dns.Records;

/// <summary>Seconds as a master file writes them: a number, or numbers with units.</summary>
/// <remarks>The units are BIND's: w, d, h, m, s in any case, as in 1w2d or 1h30m; without a unit, seconds.</remarks>
public static class Period
{
    /// <summary>Reads seconds.</summary>
    /// <param name="text">The word.</param>
    /// <param name="seconds">The sum; 0 on failure.</param>
    /// <returns>False for anything else, and for a sum over 2³²−1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out uint seconds)
    {
        seconds = 0;
        ulong sum = 0;
        ulong number = 0;
        var digits = 0;
        foreach (var octet in text)
        {
            if (octet is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + octet - '0';
                digits++;
            }
            else
            {
                var unit = digits == 0 ? 0 : SecondsOf(octet);
                if (unit == 0)
                    return false;
                sum += number * unit;
                (number, digits) = (0, 0);
            }
            if (sum + number > uint.MaxValue)
                return false;
        }
        seconds = (uint)(sum + number);
        return !text.IsEmpty;
    }

    private static ulong SecondsOf(byte unit) => (char)unit switch
    {
        's' or 'S' => 1,
        'm' or 'M' => 60,
        'h' or 'H' => 60 * 60,
        'd' or 'D' => 24 * 60 * 60,
        'w' or 'W' => 7 * 24 * 60 * 60,
        _ => 0,
    };
}
