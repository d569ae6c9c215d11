using System.Runtime.InteropServices;

namespace Riad.Dns.MasterFiles;

/// <summary>A master file as it is written: every octet stands in exactly one entry, as a word or between words.</summary>
/// <remarks>Built for tools that look at or change the text; serving reads the file directly. Any octets have a tree.</remarks>
public sealed class MasterTree
{
    private readonly List<MasterEntry> entries = [];
    private readonly List<MasterToken> tokens = [];

    private MasterTree(ReadOnlyMemory<byte> text) => Text = text;

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>From the first octet to the last, without gaps.</summary>
    public IReadOnlyList<MasterEntry> Entries => entries;

    /// <summary>Takes a file apart. Never fails: what makes no sense is a Malformed entry.</summary>
    public static MasterTree Parse(ReadOnlyMemory<byte> text)
    {
        var tree = new MasterTree(text);
        var octets = text.Span;
        var scanner = new MasterFileScanner(octets);
        if (scanner.End > 0)
            tree.AddWithoutWords(MasterEntryKind.ByteOrderMark, 0, scanner.End);
        for (var end = scanner.End; ; end = scanner.End)
        {
            var more = scanner.MoveNext();
            tree.AddLines(octets, end, more ? scanner.Start : octets.Length);
            if (!more)
                return tree;
            tree.Add(octets, ref scanner);
        }
    }

    /// <summary>The words of an entry.</summary>
    public ReadOnlySpan<MasterToken> TokensOf(MasterEntry entry) => CollectionsMarshal.AsSpan(tokens).Slice(entry.FirstToken, entry.TokenCount);

    /// <summary>Puts words and what stands between them together again: the same octets.</summary>
    public byte[] Print()
    {
        var octets = Text.Span;
        var printed = new List<byte>(octets.Length);
        foreach (var entry in entries)
        {
            var at = entry.Start;
            foreach (var token in TokensOf(entry))
            {
                printed.AddRange(octets[at..token.Start]);
                at = token.Start + token.Length;
                printed.AddRange(octets[token.Start..at]);
            }
            printed.AddRange(octets[at..entry.End]);
        }
        return [.. printed];
    }

    private void Add(ReadOnlySpan<byte> octets, ref MasterFileScanner scanner)
    {
        var words = scanner.Tokens;
        var first = tokens.Count;
        if (scanner.Fault is not ScanFault.None)
        {
            AddWithoutWords(MasterEntryKind.Malformed, scanner.Start, scanner.End);
            return;
        }
        tokens.AddRange(words);
        var owner = scanner.IsIndented ? -1 : 0;
        if (octets[words[0].Start] == '$' && !words[0].Quoted)
            entries.Add(new(MasterEntryKind.Directive, scanner.Start, scanner.End, first, words.Length, -1, -1, -1, -1));
        else if (RecordHead.TryParse(octets, words, owner + 1, out var head, out _, out _))
            entries.Add(new(MasterEntryKind.Record, scanner.Start, scanner.End, first, words.Length, owner, head.Ttl, head.Class, head.Type));
        else
            entries.Add(new(MasterEntryKind.Malformed, scanner.Start, scanner.End, first, words.Length, -1, -1, -1, -1));
    }

    /// <summary>Lines without words, each an entry.</summary>
    private void AddLines(ReadOnlySpan<byte> octets, int start, int end)
    {
        while (start < end)
        {
            var line = octets[start..end];
            var length = line.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : line.Length;
            AddWithoutWords(line[..length].Contains((byte)';') ? MasterEntryKind.Comment : MasterEntryKind.Blank, start, start + length);
            start += length;
        }
    }

    private void AddWithoutWords(MasterEntryKind kind, int start, int end) => entries.Add(new(kind, start, end, tokens.Count, 0, -1, -1, -1, -1));
}
