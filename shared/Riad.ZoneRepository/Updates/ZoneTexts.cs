using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Updates;

/// <summary>The files of one zone while updates change them. Mutable, one owner.</summary>
/// <param name="apex">The zone.</param>
/// <param name="sources">The zone's file, then its includes.</param>
internal sealed class ZoneTexts(DomainName apex, Seq<SourceFile> sources) : IIncludes
{
    private const string DynamicSuffix = ".dynamic";

    private readonly Dictionary<string, EditedText> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> shared = new(StringComparer.Ordinal);
    private IObjectStore? store;
    private Func<string, bool> isShared = static _ => true;
    private MasterPlaces? places;
    private bool isWithoutPlaces;

    /// <summary>The zone's file, then its includes, as they are now.</summary>
    public Seq<SourceFile> Sources { get; private set; } = sources;

    /// <summary>What texts are in memory.</summary>
    public long Octets => texts.Values.Sum(text => text.Octets);

    /// <summary>Begins the changes of a group.</summary>
    /// <param name="from">Where the blobs are.</param>
    /// <param name="isReadElsewhere">Whether another zone reads a file too: then it is never changed.</param>
    public void BeginGroup(IObjectStore from, Func<string, bool> isReadElsewhere)
    {
        (store, isShared) = (from, isReadElsewhere);
        shared.Clear();
        foreach (var text in texts.Values)
            text.BeginGroup();
    }

    /// <summary>Forgets texts, which are read again when they are needed.</summary>
    /// <param name="octets">Only longer ones.</param>
    public void ForgetLonger(long octets)
    {
        foreach (var text in texts.Values.Where(text => text.Octets > octets))
            text.Forget();
    }

    /// <summary>Changes records.</summary>
    /// <param name="zone">What the files say now, under any serial.</param>
    /// <param name="changes">Of the zone.</param>
    /// <param name="written">The serial that the zone's file has now.</param>
    /// <param name="versions">Takes the new blobs.</param>
    /// <param name="blobs">The files that changed, by path; null on failure.</param>
    /// <param name="reason">Why nothing was changed: one line with file and place.</param>
    public bool TryEdit(
        Zone zone, Seq<SetChange> changes, Serial written, NewVersions versions,
        [NotNullWhen(true)] out ImmutableSortedDictionary<string, ObjectId>? blobs, [NotNullWhen(false)] out string? reason)
    {
        (blobs, reason) = (null, null);
        var scope = new MasterEditScope(path => !IsShared(path), Sources.Skip(1).Select(source => source.Path).FirstOrDefault(IsDynamic));
        FindPlaces(zone);
        if (places is null || !places.TryEdit(TextChanges.Of(changes, written, hasOneTtl: true), scope, this, out var edits))
        {
            if (!TryEditWhole(TextChanges.Of(changes, written, hasOneTtl: false), scope, out edits, out reason))
                return false;
            places = null;
        }
        blobs = edits.ToImmutableSortedDictionary(edit => edit.Path, edit => Change(edit, versions), StringComparer.Ordinal);
        var made = blobs;
        Sources = Sources.Select(source => made.TryGetValue(source.Path, out var blob) ? source with { Blob = blob } : source).ToSeq();
        return true;
    }

    /// <summary>Where the zone's file as it is now can be entered; null where that is not known.</summary>
    /// <param name="before">Of the file before this group.</param>
    /// <param name="zone">What the files say now, under any serial.</param>
    /// <param name="addsDname">Whether the group has added a DNAME record.</param>
    /// <param name="written">The serial that the file has now.</param>
    public FileOutline? FindOutline(FileOutline before, Zone zone, bool addsDname, Serial written)
    {
        var blob = Sources[0].Blob;
        if (before.Blob == blob)
            return before;
        FindPlaces(zone);
        return places is not null && places.TryOutline(before.Outline, addsDname, written, out var outline) ? new(blob, outline) : null;
    }

    private void FindPlaces(Zone zone)
    {
        if (places is null && !isWithoutPlaces)
            isWithoutPlaces = (places = MasterPlaces.Read(Sources[0].Path, zone, this)) is null;
    }

    private bool TryEditWhole(IReadOnlyList<MasterChange> changes, MasterEditScope scope, out ImmutableArray<TextEdit> edits, [NotNullWhen(false)] out string? reason)
    {
        (edits, reason) = ([], null);
        var own = Sources[0].Path;
        if (!TryRead(own, out var text))
        {
            reason = $"{PathText.Print(own)}: the repository does not hold this file's content";
            return false;
        }
        if (!MasterFileEditor.TryEdit(PathText.Print(own), text.Span, apex, this, scope, changes, out var edit, out var error))
        {
            reason = error.Fault is MasterEditFault.Included && IsShared(error.At.File) ? $"{error.At}: the record is in a file that another zone reads too; change it there by hand" : error.ToString();
            return false;
        }
        var changed = edit.Own is null ? edit.Includes : edit.Includes.SetItem(own, edit.Own);
        edits = [.. changed.Select(file => new TextEdit(file.Key, [Compare(texts[file.Key].Text.Span, file.Value)]))];
        return true;
    }

    /// <summary>From the first difference to the last.</summary>
    private static TextSplice Compare(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var start = before.CommonPrefixLength(after);
        var (end, endAfter) = (before.Length, after.Length);
        while (end > start && endAfter > start && before[end - 1] == after[endAfter - 1])
            (end, endAfter) = (end - 1, endAfter - 1);
        return new(start, end, new(after[start..endAfter]));
    }

    private ObjectId Change(TextEdit edit, NewVersions versions)
    {
        var text = texts[edit.Path];
        text.Change(edit.Splices, versions);
        return text.Blob;
    }

    /// <inheritdoc/>
    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        var given = TryRead(path, out text);
        refusal = given ? IncludeRefusal.None : IncludeRefusal.Missing;
        return given;
    }

    private bool TryRead(string path, out ReadOnlyMemory<byte> text)
    {
        var known = texts.GetValueOrDefault(path);
        text = known?.Text ?? default;
        if (known is { IsForgotten: false })
            return true;
        var found = Sources.FirstOrDefault(source => source.Path == path);
        if (found.Path is null || store is null || !store.TryRead(found.Blob, out var kind, out text) || kind is not ObjectKind.Blob)
            return false;
        if (known is null)
            texts[path] = new(found.Blob, text);
        else
            known.Recall(text);
        return true;
    }

    private bool IsShared(string path)
    {
        if (!shared.TryGetValue(path, out var known))
            shared[path] = known = path == Sources[0].Path || isShared(path);
        return known;
    }

    private bool IsDynamic(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var own = Sources[0].Path;
        return name.Equals(ZoneFileName.WithoutSuffix(own) + DynamicSuffix, StringComparison.OrdinalIgnoreCase)
            || name.Equals(own + DynamicSuffix, StringComparison.OrdinalIgnoreCase);
    }
}
