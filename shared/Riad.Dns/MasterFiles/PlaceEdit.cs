using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>One edit of the files of a zone by their parts. Mutable, used once.</summary>
internal sealed class PlaceEdit(IReadOnlyList<PlacedFile> files, IReadOnlyList<MasterChange> changes, MasterEditScope scope, IIncludes texts)
{
    private const int ManyParts = 16; // more of them are read only of a file that has many times more

    private readonly ChangeTable table = new(changes);
    private readonly List<MasterChange.Add> adds = [.. changes.OfType<MasterChange.Add>()];
    private readonly SortedDictionary<(int File, int Part), EditedFile> read = [];
    private readonly Dictionary<(int File, int Part), Octets> owners = []; // what parts find that found another owner before
    private readonly Dictionary<int, (LineLayout? Layout, int Part)> layouts = []; // of files whose last record is another than before
    private (int File, LineLayout Layout, byte[] Lines)? appended;

    /// <summary>Looks for the records, and finds what is to be written. Nothing is changed.</summary>
    public bool TryRun()
    {
        if (changes.Any(change => change is MasterChange.SetTtl { Records: 0 }))
            return false;
        var target = FindTarget();
        // New records are those that change and go most often.
        foreach (var file in Enumerable.Range(0, files.Count).OrderBy(file => file == target ? 0 : 1))
        {
            var sought = Enumerable.Range(0, changes.Count).Where(change => !table.IsComplete(change)).Select(change => changes[change].Owner).Distinct().ToList();
            if (sought.Count == 0)
                break;
            if (MayEdit(file) && !TryRead(file, sought))
                return false;
        }
        return Enumerable.Range(0, changes.Count).All(table.IsComplete) && !owners.Keys.Any(read.ContainsKey) && TryAppend(target);
    }

    /// <summary>Changes the places, and gives what changes in the texts.</summary>
    public ImmutableArray<TextEdit> Finish()
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        for (var file = 0; file < files.Count; file++)
        {
            var splices = SplicesOf(file);
            if (splices.Count == 0)
                continue;
            var growth = read.Where(pair => pair.Key.File == file).ToDictionary(pair => pair.Key.Part, pair => pair.Value.Splices.Growth);
            foreach (var ((_, part), owner) in owners.Where(pair => pair.Key.File == file))
                files[file].SetOwner(part, owner);
            if (layouts.TryGetValue(file, out var layout))
                files[file].SetLayout(layout.Layout, layout.Part);
            files[file].Grow(part => growth.GetValueOrDefault(part));
            if (appended is { } end && end.File == file)
                files[file].Append(end.Lines.Length, adds[^1], end.Layout);
            edits.Add(new(files[file].Path, splices.ToSeq()));
        }
        return edits.DrainToImmutable();
    }

    private List<TextSplice> SplicesOf(int file)
    {
        var splices = new List<TextSplice>();
        foreach (var ((_, part), edited) in read.Where(pair => pair.Key.File == file))
        {
            var start = files[file].Parts[part].Start;
            splices.AddRange(edited.Splices.All.Select(splice => new TextSplice(start + splice.Start, start + splice.End, new(splice.Text))));
        }
        if (appended is { } end && end.File == file)
            splices.Add(new(files[file].Length, files[file].Length, new(end.Lines)));
        return splices;
    }

    private int FindTarget()
    {
        var found = Enumerable.Range(0, files.Count).Where(file => file > 0 && files[file].Path == scope.NewRecords).ToList();
        return found is [var once] && files[once].DefaultTtl is not null && scope.MayEdit(files[once].Path) ? once : 0;
    }

    private bool MayEdit(int file) => file == 0 || (scope.MayEdit(files[file].Path) && files.Count(other => other.Path == files[file].Path) == 1);

    private bool TryRead(int file, List<DomainName> sought)
    {
        if (!TryOpen(file, out var text))
            return false;
        var parts = new SortedSet<int>();
        foreach (var owner in sought)
            OwnerSearch.Find(files[file], text.Span, owner, parts);
        if (parts.Count > ManyParts && parts.Count > files[file].Parts.Count / 4)
            return false;
        foreach (var part in parts)
        {
            if (!TryReadPart(file, part, text.Span))
                return false;
        }
        return true;
    }

    /// <summary>False when what follows the part would be read otherwise than before, or something in it is not as expected.</summary>
    private bool TryReadPart(int file, int number, ReadOnlySpan<byte> text)
    {
        var part = files[file].Parts[number];
        var octets = text[part.Start..part.End];
        if (part.Start > 0 && octets.StartsWith(MasterFileScanner.ByteOrderMark))
            return false;
        var (sink, faults) = (new EditSink(scope, table, part.Before), new ZoneFaults());
        var reader = new MasterFileReader(NoIncludes.Instance, sink, faults);
        reader.ReadPart(files[file].Path, octets, part.Before);
        var edited = sink.Files[0];
        if (faults.HasErrors || sink.Error is not null)
            return false;
        if (edited.Splices.IsEmpty)
            return true;
        read.Add((file, number), edited);
        var after = reader.State;
        return (after.DefaultTtl is not null || after.LastTtl == sink.TtlAfter) && TryFollowOwner(file, number, edited, text) && TryFollowLayout(file, number, edited, text);
    }

    /// <summary>What follows may find another owner, if its first record has its own.</summary>
    private bool TryFollowOwner(int file, int number, EditedFile edited, ReadOnlySpan<byte> text)
    {
        if (NameOctets.AreEqual(edited.OwnerBefore.Octets, edited.OwnerAfter.Octets))
            return true;
        var (parts, next) = (files[file].Parts, number + 1);
        if (next == parts.Count)
            return parts[number].End == files[file].Length;
        var isAtEnd = parts[next].Start == files[file].Length;
        if (parts[next].Start != parts[number].End || (!isAtEnd && !BeginsWithOwner(text[parts[next].Start..parts[next].End])))
            return false;
        owners[(file, next)] = new(edited.OwnerAfter.Octets);
        return true;
    }

    /// <summary>True when a part has records, the first of which does not take its owner from elsewhere.</summary>
    private static bool BeginsWithOwner(ReadOnlySpan<byte> part)
    {
        var scanner = new MasterFileScanner(part);
        while (scanner.MoveNext())
        {
            if (part[scanner.Tokens[0].Start] != '$')
                return !scanner.IsIndented;
        }
        return false;
    }

    private bool TryFollowLayout(int file, int part, EditedFile edited, ReadOnlySpan<byte> text)
    {
        if (part != files[file].LayoutPart)
            return true;
        if (edited.KeptRecords > 0)
            layouts[file] = (edited.Layout, part);
        else if (part == 0)
            layouts[file] = (null, 0);
        else
            return TryReadLayout(file, part - 1, text);
        return true;
    }

    /// <summary>False when the part has no record either, or changes too.</summary>
    private bool TryReadLayout(int file, int number, ReadOnlySpan<byte> text)
    {
        var part = files[file].Parts[number];
        var sink = new LastLayout();
        new MasterFileReader(NoIncludes.Instance, sink, new ZoneFaults()).ReadPart(files[file].Path, text[part.Start..part.End], part.Before);
        layouts[file] = (sink.Layout, number);
        return sink.Layout is not null && !read.ContainsKey((file, number));
    }

    private bool TryAppend(int file)
    {
        if (adds.Count == 0)
            return true;
        if (!TryOpen(file, out var text) || files[file].Parts[^1].End != text.Length)
            return false;
        var isOther = layouts.TryGetValue(file, out var other);
        if (isOther && other.Layout is null)
            return false;
        var layout = other.Layout ?? files[file].Layout ?? layouts.GetValueOrDefault(0).Layout ?? files[0].Layout ?? default;
        var lines = new List<byte>();
        foreach (var add in adds)
        {
            lines.AddRange(AddedLines.Print(add, layout, files[file].Origin.Span, files[file].DefaultTtl));
            lines.AddRange(AddedLines.LineEndOf(text.Span));
        }
        appended = (file, layout, [.. lines]);
        return true;
    }

    /// <summary>Gives a file that ends as files do; one whose last line has no end is edited whole.</summary>
    private bool TryOpen(int file, out ReadOnlyMemory<byte> text) =>
        texts.TryOpen(files[file].Path, out text, out _) && text.Length == files[file].Length && (text.IsEmpty || text.Span[^1] == '\n');

    private sealed class LastLayout : IRecordSink
    {
        public LineLayout? Layout { get; private set; }

        public void Add(in MasterRecord record) => Layout = LineLayout.Of(record);
    }
}
