using System.Text;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Writes other data into a record's lines and keeps as much of them as can be.</summary>
internal static class DataEdit
{
    /// <summary>Replaces only the words that differ, as in an SOA over several lines with comments; all of the data where the words do not match one to one.</summary>
    public static void Replace(in MasterRecord record, ReadOnlySpan<byte> next, Splices splices)
    {
        var words = record.Tokens[(record.Head.Type + 1)..];
        var before = PrintWords(record.Type, record.Rdata);
        var after = PrintWords(record.Type, next);
        if (before.Count == words.Length && after.Count == words.Length && IsGeneric(record.Source.Word(words[0])) == (before[0] == "\\#"))
            ReplaceWords(words, before, after, splices);
        else
            ReplaceAll(record, words, string.Join(' ', after), splices);
    }

    private static bool IsGeneric(ReadOnlySpan<byte> word) => word.SequenceEqual("\\#"u8);

    private static void ReplaceWords(ReadOnlySpan<MasterToken> words, List<string> before, List<string> after, Splices splices)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (before[i] != after[i])
                splices.Replace(StartOf(words[i]), EndOf(words[i]), Encoding.ASCII.GetBytes(after[i]));
        }
    }

    /// <summary>From the first word to the last; a parenthesis that one end of this loses, the other end loses too.</summary>
    private static void ReplaceAll(in MasterRecord record, ReadOnlySpan<MasterToken> words, string after, Splices splices)
    {
        var text = record.Source.Text;
        if (words.IsEmpty) // \# 0 has words, so only a type without fields could come here
            return;
        var (start, end) = (StartOf(words[0]), EndOf(words[^1]));
        var open = 0;
        for (var i = 1; i < words.Length; i++)
            open += CountOpen(text[EndOf(words[i - 1])..StartOf(words[i])]);
        var last = text[..record.Entry.End].LastIndexOf((byte)')');
        if (open > 0 && last >= end)
            end = last + 1;
        splices.Replace(start, end, Encoding.ASCII.GetBytes(after + new string(')', Math.Max(-open, 0))));
    }

    /// <summary>Opening less closing parentheses between two words, comments left out.</summary>
    private static int CountOpen(ReadOnlySpan<byte> between)
    {
        var open = 0;
        while (!between.IsEmpty)
        {
            open += between[0] == '(' ? 1 : between[0] == ')' ? -1 : 0;
            var comment = between[0] == ';' ? between.IndexOf((byte)'\n') : 0;
            between = comment < 0 ? default : between[(comment + 1)..];
        }
        return open;
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
}
