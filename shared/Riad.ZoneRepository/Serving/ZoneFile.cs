using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Zones.Checks;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>Reads one zone, from a commit or from what the journal remembers.</summary>
internal static class ZoneFile
{
    /// <summary>Reads a zone of a commit. The family's case Same is never returned.</summary>
    /// <param name="files">The commit's.</param>
    /// <param name="file">The zone's.</param>
    /// <param name="served">What is served of the zone: where little differs in the file, only that is read. Null to read the whole.</param>
    public static ZoneReading Read(RepositoryFiles files, ZoneTreeEntry.Zone file, ZoneVersion? served = null)
    {
        var includes = new TreeIncludes(files);
        var source = new SourceFile(file.Path, file.Id);
        if (files.TryRead(file.Id, out var text) is not FileFault.None)
            return new ZoneReading.Bad(file, [source], [$"{file.PrintedPath}: the repository does not hold this file's content"]);
        if (TryReadDifference(files, file, served, text.Span) is { } update)
            return update;
        var good = ZoneReader.TryRead(file.PrintedPath, text.Span, file.Apex, includes, ZoneReadOptions.Default, out var zone, out var errors);
        Seq<SourceFile> sources = [source, .. includes.Opened];
        if (!good)
            return new ZoneReading.Bad(file, sources, [.. errors.Select(error => error.ToString())]);
        var serialAt = SoaScan.TryFind(text.Span, out var line, out var column) ? new(file.PrintedPath, line, column) : zone!.SoaAt;
        return new ZoneReading.Good(file, sources, zone!.Zone, serialAt, zone.Hints, zone.Warnings, OutlineOf(source, zone), Touched: null);
    }

    private static ZoneReading.Good? TryReadDifference(RepositoryFiles files, ZoneTreeEntry.Zone file, ZoneVersion? served, ReadOnlySpan<byte> text)
    {
        if (served is not { Outline: { } known, Sources: [var before] } || known.Blob != before.Blob || !SoaScan.TryFind(text, out var line, out var column))
            return null;
        if (files.TryRead(before.Blob, out var textBefore) is not FileFault.None)
            return null;
        if (!ZoneUpdate.TryRead(served.Zone, served.Hints, known.Outline, textBefore.Span, text, out var update))
            return null;
        return new(file, [new(file.Path, file.Id)], update.Zone, new(file.PrintedPath, line, column), update.Hints, [], new(file.Id, update.Outline), update.Touched);
    }

    private static FileOutline? OutlineOf(SourceFile source, CheckedZone zone) => zone.Outline is { } outline ? new(source.Blob, outline) : null;

    /// <summary>Reads a version that was served before, under the serial that it was served with.</summary>
    /// <param name="store">Where the blobs are.</param>
    /// <param name="known">What the journal remembers.</param>
    /// <param name="reason">Why it cannot be read; empty on success.</param>
    /// <returns>Null when it cannot be read: an object is missing, or this program reads zones more strictly than the one that served it.</returns>
    public static ZoneVersion? Read(IObjectStore store, JournalZone.Served known, out string reason)
    {
        reason = "";
        var source = known.Sources[0];
        if (!store.TryRead(source.Blob, out var kind, out var text) || kind is not ObjectKind.Blob)
        {
            reason = $"{PathText.Print(source.Path)}: the version that was served is not in the repository";
            return null;
        }
        if (!ZoneReader.TryRead(PathText.Print(source.Path), text.Span, known.Apex, new KnownIncludes(store, known.Sources), ZoneReadOptions.Default, out var read, out var errors))
        {
            reason = errors.First(error => error.Severity is Severity.Error).ToString();
            return null;
        }
        var zone = read.Zone.Serial == known.Last.Served ? read.Zone : read.Zone.WithSerial(known.Last.Served);
        return new(zone, known.Last, known.Commit, known.Sources, read.Hints, OutlineOf(source, read));
    }
}
