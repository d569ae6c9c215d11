using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>Changes records of a master file and leaves every other line, its comments and its layout as they are.</summary>
public static class MasterFileEditor
{
    /// <summary>Makes all changes in the zone's own file, or none.</summary>
    /// <param name="fileName">For positions.</param>
    /// <param name="text">The zone's own file.</param>
    /// <param name="zone">The first origin.</param>
    /// <param name="includes">Gives included files, which are read but never changed.</param>
    /// <param name="changes">Each names a record that is there, or adds one.</param>
    /// <param name="edited">The new file. Reading it gives the old records with exactly these changes. Null on failure.</param>
    /// <param name="error">The first thing in the way; null on success.</param>
    /// <remarks>
    /// A record that goes hands its owner, and its TTL where there is no $TTL, to the line that took them from it. Line
    /// ends, a byte order mark and a missing last line end stay as they are.
    /// </remarks>
    public static bool TryEdit(
        string fileName, ReadOnlySpan<byte> text, DomainName zone, IIncludes includes, IReadOnlyList<MasterChange> changes,
        [NotNullWhen(true)] out byte[]? edited, [NotNullWhen(false)] out MasterEditError? error)
    {
        var good = TryEdit(fileName, text, zone, includes, MasterEditScope.OwnFile, changes, out var edit, out error);
        edited = good ? edit!.Own ?? text.ToArray() : null;
        return good;
    }

    /// <summary>Makes all changes, each in the file in which its record stands, or none.</summary>
    /// <param name="fileName">For positions.</param>
    /// <param name="text">The zone's own file.</param>
    /// <param name="zone">The first origin.</param>
    /// <param name="includes">Gives included files; asked a second time for those that change.</param>
    /// <param name="scope">Which of them may change.</param>
    /// <param name="changes">Each names a record that is there, or adds one.</param>
    /// <param name="edit">The files that changed. Reading the zone again gives the old records with exactly these changes. Null on failure.</param>
    /// <param name="error">The first thing in the way; null on success.</param>
    public static bool TryEdit(
        string fileName, ReadOnlySpan<byte> text, DomainName zone, IIncludes includes, MasterEditScope scope, IReadOnlyList<MasterChange> changes,
        [NotNullWhen(true)] out MasterEdit? edit, [NotNullWhen(false)] out MasterEditError? error)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var faults = new ZoneFaults();
        var sink = new EditSink(scope, changes);
        var reader = new MasterFileReader(includes, sink, faults);
        reader.Read(fileName, text, zone.Wire, scope.AssumedTtl);
        error = faults.HasErrors ? new(faults.Errors[0].At, MasterEditFault.FileFaulty, faults.Errors[0].Sentence) : sink.Error ?? FindMissing(fileName, sink);
        edit = error is null ? new EditOutcome(sink, scope, changes).Finish(text, reader, includes) : null;
        return error is null;
    }

    private static MasterEditError? FindMissing(string fileName, EditSink sink) => sink.FirstMissing is not { } change ? null : new(
        new TextPosition(fileName, 1, 1), MasterEditFault.NotFound, $"{change.Owner} has no such {change.Type} record; read the zone again, it may have changed");
}
