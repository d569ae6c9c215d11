using System.Globalization;
using System.Text;

namespace Riad.Git.Protocol;

/// <summary>Text of a repository on its way to somebody's terminal.</summary>
public static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Replaces what would move a cursor, change a colour or turn the reading direction.</summary>
    /// <returns>The text with U+FFFD for control and format characters and for lone surrogates; newlines and tabs stay.</returns>
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
            return text;
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            cleaned.Append(IsHarmful(rune) ? Replacement.ToString() : rune.ToString());
        return cleaned.ToString();
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var character in text)
        {
            if (character is (< ' ' and not '\n' and not '\t') or > '~')
                return true;
        }
        return false;
    }

    private static bool IsHarmful(Rune rune) =>
        rune.Value is not ('\n' or '\t') && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
