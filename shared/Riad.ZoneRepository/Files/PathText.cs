using System.Globalization;
using System.Text;

namespace Riad.ZoneRepository.Files;

/// <summary>Paths and other text of a repository as they may appear on a terminal, in a log or on a page.</summary>
internal static class PathText
{
    /// <summary>The longest text that is shown whole, in UTF-16 units.</summary>
    private const int MaxLength = 200;

    /// <summary>The text with control, format and unassigned characters as <c>\uXXXX</c>, cut where it is very long.</summary>
    /// <remarks>Format characters can turn the direction of what follows, so that a line reads as another.</remarks>
    public static string Print(string text)
    {
        if (text.Length <= MaxLength && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var printed = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (printed.Length >= MaxLength)
                return printed.Append('…').ToString();
            if (IsShown(rune))
                printed.Append(rune.ToString());
            else
                printed.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        return printed.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
