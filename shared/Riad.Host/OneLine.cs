using System.Globalization;
using System.Text;

namespace Riad.Host;

/// <summary>Text from outside, made safe for a terminal and a log: one line, without control characters.</summary>
public static class OneLine
{
    /// <summary>Replaces every control and format character, and every line separator, by its escape.</summary>
    /// <remarks>
    /// <c>\n \r \t</c> by name, others as <c>\u</c> and four digits. Format characters (Unicode Cf, such as the
    /// bidirectional overrides) can make a line read as something else, so they go the same way. A backslash stays:
    /// the result is for people, not to be read back.
    /// </remarks>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = IndexOfUnsafe(text);
        if (first < 0)
            return text;

        var safe = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var character in text.AsSpan(first))
            Append(safe, character);
        return safe.ToString();
    }

    internal static bool IsUnsafe(char character) => character switch
    {
        >= ' ' and < '\u007f' => false,
        _ => char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    internal static void Append(StringBuilder safe, char character) => _ = (character, IsUnsafe(character)) switch
    {
        (_, false) => safe.Append(character),
        ('\n', _) => safe.Append("\\n"),
        ('\r', _) => safe.Append("\\r"),
        ('\t', _) => safe.Append("\\t"),
        _ => safe.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
    };

    private static int IndexOfUnsafe(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (IsUnsafe(text[index]))
                return index;
        }
        return -1;
    }
}
