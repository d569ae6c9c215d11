using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Pieces that lines of several requests have in common.</summary>
internal static class ProtocolLine
{
    private const int MaxFoundCharacters = 80;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The rest of a line after a word and a space.</summary>
    public static bool TryStrip(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (!line.StartsWith(word) || line.Length <= word.Length || line[word.Length] != ' ')
            return false;
        rest = line[(word.Length + 1)..];
        return true;
    }

    /// <summary>An id at the front of a line, with the end of the line or a space after it.</summary>
    public static bool TryTakeId(ReadOnlySpan<byte> text, out ObjectId id, out ReadOnlySpan<byte> rest)
    {
        id = default;
        rest = default;
        if (text.Length < ObjectId.HexLength || !ObjectId.TryParse(text[..ObjectId.HexLength], out id))
            return false;
        rest = text[ObjectId.HexLength..];
        if (rest is [(byte)' ', .. var after])
            rest = after;
        else if (!rest.IsEmpty)
            return false;
        return true;
    }

    /// <summary>Text that has to be UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out string text)
    {
        text = System.Text.Unicode.Utf8.IsValid(octets) ? StrictUtf8.GetString(octets) : "";
        return text.Length > 0 || octets.IsEmpty;
    }

    /// <summary>What to quote of a line that is not understood.</summary>
    public static string Quote(ReadOnlySpan<byte> line)
    {
        var text = TerminalText.Clean(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * MaxFoundCharacters)]));
        return text.Length <= MaxFoundCharacters ? text : text[..MaxFoundCharacters];
    }
}
