using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;

namespace Riad.ZoneRepository.Merge;

/// <summary>One version of a file that is merged: its octets, its records, and what else it says.</summary>
internal sealed class MergeFile
{
    private readonly ImmutableArray<WrittenRecord> records;

    private MergeFile(byte[] text, ImmutableArray<WrittenRecord> records)
    {
        (Text, this.records) = (text, records);
        var sets = new SortedDictionary<SetKey, MergeSet>(SetKey.CanonicalOrder);
        foreach (var record in records)
        {
            var key = new SetKey(record.Owner, record.Type);
            sets[key] = sets.GetValueOrDefault(key, MergeSet.Empty).With(CanonicalData.Of(record.Type, record.Data), record.Ttl);
        }
        Sets = sets;
    }

    public byte[] Text { get; }

    /// <summary>By name and type, in canonical order.</summary>
    public SortedDictionary<SetKey, MergeSet> Sets { get; }

    public MergeSet SetAt(SetKey key) => Sets.GetValueOrDefault(key, MergeSet.Empty);

    public static bool TryRead(byte[] text, MergeOrigin origin, [NotNullWhen(true)] out MergeFile? file, out string reason)
    {
        var good = WrittenRecords.TryRead(origin.Path, text, origin.Name, origin.AssumedTtl, out var records, out var error);
        (file, reason) = (good ? new(text, records) : null, error?.ToString() ?? "");
        return good;
    }

    /// <summary>
    /// True when, from the version before to this one, only records changed: every comment, directive and blank line, and every
    /// record that stayed, stands as and where it stood, and no new line has a comment.
    /// </summary>
    public bool ChangesOnlyRecords(MergeFile before) =>
        Layout(before).SequenceEqual(before.Layout(this), StringComparer.Ordinal) && records.All(record => before.Has(record) || !HasComment(record));

    private bool Has(WrittenRecord record) => Sets.TryGetValue(new(record.Owner, record.Type), out var set) && set.Contains(CanonicalData.Of(record.Type, record.Data));

    private bool HasComment(WrittenRecord record)
    {
        var tree = MasterTree.Parse(Text.AsMemory(record.Start, record.End - record.Start));
        var last = 0;
        foreach (var entry in tree.Entries)
        {
            foreach (var word in tree.TokensOf(entry))
            {
                if (tree.Text.Span[last..word.Start].Contains((byte)';'))
                    return true;
                last = word.Start + word.Length;
            }
        }
        return tree.Text.Span[last..].Contains((byte)';');
    }

    /// <summary>All lines, those of records that the other version lacks left out; of a record, what stands from its type on.</summary>
    private IEnumerable<string> Layout(MergeFile other)
    {
        var at = 0;
        foreach (var record in records)
        {
            foreach (var line in Lines(at, record.Start))
                yield return line;
            if (other.Has(record))
                yield return $"{record.Owner} {Encoding.Latin1.GetString(Text, record.TypeAt, record.End - record.TypeAt).TrimEnd()}".ToUpperInvariant();
            at = record.End;
        }
        foreach (var line in Lines(at, Text.Length))
            yield return line;
    }

    private string[] Lines(int from, int to) =>
        Encoding.Latin1.GetString(Text, from, to - from).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();
}
