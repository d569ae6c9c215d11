using System.Buffers.Text;

namespace Riad.ZoneRepository.Files;

/// <summary>Finds the SOA record in a text that need not be a good master file.</summary>
/// <remarks>
/// A bare file is a zone when it holds an SOA record, and it must stay one while other lines are wrong. So this looks
/// only at words: an entry whose first words are at most an owner, a TTL and a class, then SOA, two names and a number.
/// Comments, quotes and parentheses are respected. Never throws; one pass.
/// </remarks>
internal ref struct SoaScan(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int depth;
    private int column;

    /// <summary>Where the serial of the first SOA record stands; false when there is none.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="line">Counted from 1.</param>
    /// <param name="column">Counted from 1, in octets.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, out int line, out int column)
    {
        var scan = new SoaScan(text);
        var found = scan.TryFindSerial();
        (line, column) = found ? (scan.line, scan.column) : (0, 0);
        return found;
    }

    private bool TryFindSerial()
    {
        var (words, afterType) = (0, 0); // words of this entry before SOA, and of its data; -1 once it cannot be an SOA record
        while (TryNext(out var word, out var entryEnds, out var quoted))
        {
            if (entryEnds)
            {
                (words, afterType) = (0, 0);
                continue;
            }
            if (words < 0)
                continue;
            if (afterType > 0)
            {
                if (afterType++ < 3)
                    continue;
                if (!quoted && Utf8Parser.TryParse(word, out uint _, out var used) && used == word.Length)
                    return true;
                words = -1;
                continue;
            }
            var isOwner = words == 0 && column == 1;
            if (!quoted && !isOwner && words <= 3 && IsWord(word, "SOA"u8))
                afterType = 1;
            else if (!isOwner && !IsTtlOrClass(word))
                words = -1;
            else
                words++;
        }
        return false;
    }

    private bool TryNext(out ReadOnlySpan<byte> word, out bool entryEnds, out bool quoted)
    {
        word = default;
        entryEnds = false;
        quoted = false;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'\n':
                    at++;
                    line++;
                    lineStart = at;
                    if (depth > 0)
                        break;
                    entryEnds = true;
                    return true;
                case (byte)';':
                    var rest = text[at..].IndexOf((byte)'\n');
                    at = rest < 0 ? text.Length : at + rest;
                    break;
                case (byte)'(':
                    depth++;
                    at++;
                    break;
                case (byte)')':
                    depth = Math.Max(0, depth - 1);
                    at++;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    at++;
                    break;
                case (byte)'"':
                    quoted = true;
                    word = TakeQuoted();
                    return true;
                default:
                    word = TakeWord();
                    return true;
            }
        }
        return false;
    }

    private ReadOnlySpan<byte> TakeWord()
    {
        var start = at;
        column = at - lineStart + 1;
        for (; at < text.Length && text[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)';' or (byte)'(' or (byte)')' or (byte)'"'); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] != '\n')
                at++;
        }
        return text[start..at];
    }

    private ReadOnlySpan<byte> TakeQuoted()
    {
        column = at - lineStart + 1;
        var start = ++at;
        for (; at < text.Length && text[at] is not ((byte)'"' or (byte)'\n'); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] != '\n')
                at++;
        }
        var quoted = text[start..at];
        if (at < text.Length && text[at] == '"')
            at++;
        return quoted;
    }

    private static bool IsTtlOrClass(ReadOnlySpan<byte> word) => word is [>= (byte)'0' and <= (byte)'9', ..] || IsWord(word, "IN"u8);

    private static bool IsWord(ReadOnlySpan<byte> word, ReadOnlySpan<byte> expected) => System.Text.Ascii.EqualsIgnoreCase(word, expected);
}
