using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Riad.Dns.MasterFiles;

/// <summary>Replaces the $ of a $GENERATE line by a number.</summary>
/// <remarks>
/// As BIND does: $ is the number, ${offset,width,base} a padded one (base d, o, x, X, or n and N for nibbles with dots,
/// the lowest first, as ip6.arpa wants them), $$ is a dollar sign, and what follows a backslash stays as it is.
/// </remarks>
internal static class GenerateTemplate
{
    private const int MaxWidth = 255;

    /// <summary>Writes the line for one number.</summary>
    /// <param name="template">What follows the range.</param>
    /// <param name="number">The number.</param>
    /// <param name="line">Receives the line; it is emptied first.</param>
    /// <returns>False when braces do not hold an offset, a width of at most 255 and a base, or a number is negative in nibbles, octal or hexadecimal.</returns>
    public static bool TryExpand(ReadOnlySpan<byte> template, int number, List<byte> line)
    {
        line.Clear();
        for (var at = 0; at < template.Length; at++)
        {
            var octet = template[at];
            if (octet == '\\' && at + 1 < template.Length)
            {
                line.Add(octet);
                line.Add(template[++at]);
            }
            else if (octet != '$')
                line.Add(octet);
            else if (at + 1 < template.Length && template[at + 1] == '$')
            {
                line.Add((byte)'$');
                at++;
            }
            else if (!TryExpandNumber(template, ref at, number, line))
                return false;
        }
        return true;
    }

    private static bool TryExpandNumber(ReadOnlySpan<byte> template, ref int at, int number, List<byte> line)
    {
        var (offset, width, numberBase) = (0, 0, (byte)'d');
        if (at + 1 < template.Length && template[at + 1] == '{')
        {
            var close = template[at..].IndexOf((byte)'}');
            if (close < 0 || !TryParseModifier(template[(at + 2)..(at + close)], out offset, out width, out numberBase))
                return false;
            at += close;
        }
        return TryFormat((long)number + offset, width, numberBase, line);
    }

    private static bool TryParseModifier(ReadOnlySpan<byte> text, out int offset, out int width, out byte numberBase)
    {
        (width, numberBase) = (0, (byte)'d');
        if (!Utf8Parser.TryParse(text, out offset, out var length))
            return false;
        text = text[length..];
        if (text.IsEmpty)
            return true;
        if (text is not [(byte)',', >= (byte)'0' and <= (byte)'9', ..] || !Utf8Parser.TryParse(text[1..], out width, out length) || width > MaxWidth)
            return false;
        text = text[(1 + length)..];
        if (text.IsEmpty)
            return true;
        if (text is not [(byte)',', (byte)'d' or (byte)'o' or (byte)'x' or (byte)'X' or (byte)'n' or (byte)'N'])
            return false;
        numberBase = text[1];
        return true;
    }

    private static bool TryFormat(long value, int width, byte numberBase, List<byte> line)
    {
        if (value < 0 && numberBase != 'd')
            return false;
        if (numberBase is (byte)'n' or (byte)'N')
        {
            AppendNibbles(value, width, upper: numberBase == 'N', line);
            return true;
        }
        var digits = (char)numberBase switch
        {
            'o' => Convert.ToString(value, 8),
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            'X' => value.ToString("X", CultureInfo.InvariantCulture),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
        var padded = value < 0 ? "-" + digits[1..].PadLeft(Math.Max(width - 1, 0), '0') : digits.PadLeft(width, '0');
        line.AddRange(Encoding.ASCII.GetBytes(padded));
        return true;
    }

    /// <summary>The width counts digits and dots.</summary>
    private static void AppendNibbles(long value, int width, bool upper, List<byte> line)
    {
        var alphabet = upper ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8;
        do
        {
            line.Add(alphabet[(int)(value & 15)]);
            value >>= 4;
            width--;
            if (width <= 0 && value == 0)
                continue;
            line.Add((byte)'.');
            width--;
        }
        while (value != 0 || width > 0);
    }
}
