using System.Globalization;
using System.Text;

namespace Riad.Dns.Names;

/// <summary>Makes octets of a file fit to be shown in a sentence: bounded in length, without control characters.</summary>
public static class Excerpt
{
    private const int MaxRunes = 80;

    /// <summary>The text, its unprintable characters as \DDD or U+XXXX, cut after 80 characters.</summary>
    /// <param name="octets">Anything; octets that are not UTF-8 are shown as \DDD.</param>
    public static string Of(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        for (var runes = 0; !octets.IsEmpty; runes++)
        {
            if (runes == MaxRunes)
                return text.Append("...").ToString();
            var good = Rune.DecodeFromUtf8(octets, out var rune, out var length) is System.Buffers.OperationStatus.Done;
            Append(text, octets[..length], rune, good);
            octets = octets[length..];
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> octets, Rune rune, bool good)
    {
        if (good && IsShown(rune))
            text.Append(rune.ToString());
        else if (good && rune.Value > 127)
            text.Append(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        else
        {
            foreach (var octet in octets)
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        }
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
