using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Updates;

/// <summary>The files of one zone while updates change them. Mutable, one owner.</summary>
/// <param name="store">Where the blobs are.</param>
/// <param name="apex">The zone.</param>
/// <param name="sources">The zone's file, then its includes.</param>
/// <param name="isShared">Whether another zone reads a file too: then it is never changed.</param>
internal sealed class ZoneTexts(IObjectStore store, DomainName apex, Seq<SourceFile> sources, Func<string, bool> isShared) : IIncludes
{
    private const string DynamicSuffix = ".dynamic";

    private readonly Dictionary<string, ReadOnlyMemory<byte>> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> shared = new(StringComparer.Ordinal);

    /// <summary>The zone's file, then its includes, as they are now.</summary>
    public Seq<SourceFile> Sources { get; private set; } = sources;

    /// <summary>Changes records.</summary>
    /// <param name="changes">Each names a record that is there, or adds one.</param>
    /// <param name="blobs">The files that changed, by path; null on failure.</param>
    /// <param name="reason">Why nothing was changed: one line with file and place.</param>
    public bool TryEdit(IReadOnlyList<MasterChange> changes, [NotNullWhen(true)] out ImmutableSortedDictionary<string, GitObject>? blobs, [NotNullWhen(false)] out string? reason)
    {
        (blobs, reason) = (null, null);
        var own = Sources[0].Path;
        if (!TryRead(own, out var text))
        {
            reason = $"{PathText.Print(own)}: the repository does not hold this file's content";
            return false;
        }
        var scope = new MasterEditScope(path => !IsShared(path), Sources.Skip(1).Select(source => source.Path).FirstOrDefault(IsDynamic));
        if (!MasterFileEditor.TryEdit(PathText.Print(own), text.Span, apex, this, scope, changes, out var edit, out var error))
        {
            reason = error.Fault is MasterEditFault.Included && IsShared(error.At.File) ? $"{error.At}: the record is in a file that another zone reads too; change it there by hand" : error.ToString();
            return false;
        }
        var edited = ImmutableSortedDictionary.CreateBuilder<string, GitObject>(StringComparer.Ordinal);
        if (edit.Own is not null)
            edited[own] = GitObject.Create(ObjectKind.Blob, edit.Own);
        foreach (var (path, include) in edit.Includes)
            edited[path] = GitObject.Create(ObjectKind.Blob, include);
        blobs = edited.ToImmutable();
        return true;
    }

    /// <summary>Goes on from changed files.</summary>
    public void Take(ImmutableSortedDictionary<string, GitObject> blobs)
    {
        foreach (var (path, blob) in blobs)
            texts[path] = blob.Content;
        Sources = Sources.Select(source => blobs.TryGetValue(source.Path, out var blob) ? source with { Blob = blob.Id } : source).ToSeq();
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
        if (texts.TryGetValue(path, out text))
            return true;
        var found = Sources.FirstOrDefault(source => source.Path == path);
        if (found.Path is null || !store.TryRead(found.Blob, out var kind, out text) || kind is not ObjectKind.Blob)
            return false;
        texts[path] = text;
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
