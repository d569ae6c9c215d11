using System.Runtime.InteropServices;
using System.Text;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Writes other data into a record's lines and keeps as much of them as can be.</summary>
internal static class DataEdit
{
    private const int SpareOctets = 16; // base64 takes room for what its padding gives back

    /// <summary>Replaces only the words that differ, as in an SOA over several lines with comments; all of the data where that would not read as it should.</summary>
    /// <returns>False where neither would: then nothing is to be replaced.</returns>
    public static bool TryReplace(in MasterRecord record, ReadOnlySpan<byte> next, Splices splices)
    {
        var words = record.Tokens[(record.Head.Type + 1)..];
        if (words.IsEmpty) // \# 0 has words, so only a type without fields could come here
            return next.IsEmpty;
        var after = PrintWords(record.Type, next);
        var pieces = ReplaceWords(record, words, after);
        if (pieces is null || !ReadsAs(record, pieces, next))
            pieces = ReplaceAll(record, words, string.Join(' ', after));
        if (!ReadsAs(record, pieces, next))
            return false;
        splices.Add(pieces);
        return true;
    }

    /// <summary>Null where the words do not match one to one. Those that a file may have in any order, such as service parameters, may match wrongly.</summary>
    private static Splices? ReplaceWords(in MasterRecord record, ReadOnlySpan<MasterToken> words, List<string> after)
    {
        var before = PrintWords(record.Type, record.Rdata);
        if (before.Count != words.Length || after.Count != words.Length || IsGeneric(record.Source.Word(words[0])) != (before[0] == "\\#"))
            return null;
        var pieces = new Splices();
        for (var i = 0; i < words.Length; i++)
        {
            if (before[i] != after[i])
                pieces.Replace(StartOf(words[i]), EndOf(words[i]), Encoding.ASCII.GetBytes(after[i]));
        }
        return pieces;
    }

    private static bool IsGeneric(ReadOnlySpan<byte> word) => word.SequenceEqual("\\#"u8);

    /// <summary>From the first word to the last; a parenthesis that one end of this loses, the other end loses too.</summary>
    private static Splices ReplaceAll(in MasterRecord record, ReadOnlySpan<MasterToken> words, string after)
    {
        var text = record.Source.Text;
        var (start, end) = (StartOf(words[0]), EndOf(words[^1]));
        var open = 0;
        for (var i = 1; i < words.Length; i++)
            open += CountOpen(text[EndOf(words[i - 1])..StartOf(words[i])]);
        if (open > 0)
            end += EndOfClosing(text[end..record.Entry.End], open);
        var blank = OctetClasses.Of(text[start - 1]) is OctetClass.Word ? " " : ""; // the type may stand directly before a quote
        var pieces = new Splices();
        pieces.Replace(start, end, Encoding.ASCII.GetBytes(blank + after + new string(')', Math.Max(-open, 0))));
        return pieces;
    }

    /// <summary>Opening less closing parentheses between two words, comments left out.</summary>
    private static int CountOpen(ReadOnlySpan<byte> between)
    {
        var open = 0;
        for (; !between.IsEmpty; between = between[StepOf(between)..])
            open += between[0] == '(' ? 1 : between[0] == ')' ? -1 : 0;
        return open;
    }

    /// <summary>Where what follows the last word has closed so many parentheses, comments left out.</summary>
    private static int EndOfClosing(ReadOnlySpan<byte> behind, int open)
    {
        var at = 0;
        for (; open > 0 && at < behind.Length; at += StepOf(behind[at..]))
            open += behind[at] == '(' ? 1 : behind[at] == ')' ? -1 : 0;
        return at;
    }

    /// <summary>One octet, or a comment up to its line end.</summary>
    private static int StepOf(ReadOnlySpan<byte> between)
    {
        if (between[0] != ';')
            return 1;
        var lineEnd = between.IndexOf((byte)'\n');
        return lineEnd < 0 ? between.Length : lineEnd;
    }

    private static int StartOf(MasterToken token) => token.Quoted ? token.Start - 1 : token.Start;

    private static int EndOf(MasterToken token) => token.Start + token.Length + (token.Quoted ? 1 : 0);

    private static List<string> PrintWords(RrType type, ReadOnlySpan<byte> data)
    {
        var line = new StringBuilder();
        RdataText.Print(type, data, line);
        var text = Encoding.ASCII.GetBytes(line.ToString());
        var scanner = new MasterFileScanner(text);
        var words = new List<string>();
        if (!scanner.MoveNext())
            return words;
        foreach (var token in scanner.Tokens)
            words.Add(Encoding.ASCII.GetString(text.AsSpan(StartOf(token)..EndOf(token))));
        return words;
    }

    /// <summary>Reads the entry back as it would be: one entry still, with this data.</summary>
    private static bool ReadsAs(in MasterRecord record, Splices pieces, ReadOnlySpan<byte> next)
    {
        var entry = CollectionsMarshal.AsSpan(pieces.Apply(record.Source.Text, record.Entry.Start, record.Entry.End));
        var scanner = new MasterFileScanner(entry);
        var first = record.Head.Type + 1;
        if (!scanner.MoveNext() || scanner.Fault is not ScanFault.None || scanner.End != entry.Length || scanner.Tokens.Length < first)
            return false;
        var data = new byte[next.Length + SpareOctets];
        return RdataText.TryParse(record.Type, entry, scanner.Tokens[first..], record.Origin, data, out var length, out _) && data.AsSpan(0, length).SequenceEqual(next);
    }
}
