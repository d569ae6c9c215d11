using System.Collections.Immutable;

namespace Riad.Dns.MasterFiles;

/// <summary>Puts the changed files together, the new records at the end of one of them.</summary>
internal sealed class EditOutcome(EditSink sink, MasterEditScope scope, IReadOnlyList<MasterChange> changes)
{
    public MasterEdit Finish(ReadOnlySpan<byte> text, MasterFileReader reader, IIncludes includes)
    {
        var adds = changes.OfType<MasterChange.Add>().ToList();
        var target = FindTarget(reader);
        var edited = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        byte[]? own = null;
        foreach (var file in sink.Files.Where(file => !file.Splices.IsEmpty))
        {
            if (file.Inclusion == 0)
                own = [.. file.Splices.Apply(text)];
            else if (includes.TryOpen(file.Path, out var before, out _))
                edited[file.Path] = [.. file.Splices.Apply(before.Span)];
        }
        if (adds.Count > 0 && target is { } inclusion && includes.TryOpen(inclusion.Path, out var dynamic, out _))
            edited[inclusion.Path] = Append(edited.GetValueOrDefault(inclusion.Path) ?? dynamic.Span, dynamic.Span, adds, LayoutOf(inclusion.Path), inclusion.Origin.Span, inclusion.DefaultTtl);
        else if (adds.Count > 0)
            own = Append(own ?? text, text, adds, sink.Files[0], reader.Origin, reader.DefaultTtl);
        return new(own is null ? null : KeepMissingLineEnd(own, text), edited.ToImmutable());
    }

    private Inclusion? FindTarget(MasterFileReader reader)
    {
        var times = reader.Inclusions.Where(inclusion => inclusion.Path == scope.NewRecords).ToList();
        return times is [{ DefaultTtl: not null } once] && scope.MayEdit(once.Path) ? once : null;
    }

    private EditedFile LayoutOf(string path) => sink.Files.LastOrDefault(file => file.Path == path) ?? sink.Files[0];

    private static byte[] Append(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, List<MasterChange.Add> adds, EditedFile layout, ReadOnlySpan<byte> origin, uint? defaultTtl)
    {
        var lineEnd = AddedLines.LineEndOf(before);
        var result = new List<byte>(text.Length + (adds.Count * 64));
        result.AddRange(text);
        foreach (var add in adds)
        {
            if (result.Count > 0 && result[^1] != '\n')
                result.AddRange(lineEnd);
            result.AddRange(AddedLines.Print(add, layout.Layout, origin, defaultTtl));
            result.AddRange(lineEnd);
        }
        return [.. result];
    }

    /// <summary>A file whose last line had no line end has none afterwards.</summary>
    private static byte[] KeepMissingLineEnd(byte[] result, ReadOnlySpan<byte> before)
    {
        if (before.IsEmpty || before[^1] == '\n')
            return result;
        var length = result.Length;
        while (length > 0 && result[length - 1] is (byte)'\n' or (byte)'\r')
        {
            var wasEnd = result[length - 1] == '\n';
            length--;
            if (!wasEnd || length == 0 || result[length - 1] != '\r')
                break;
        }
        return result[..length];
    }
}
