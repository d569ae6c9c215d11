using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.MasterFiles;

/// <summary>
/// Where the files of a zone can be entered, kept right while they are edited: so that an edit reads the parts in which its
/// records stand, and none to add records at an end. Mutable, one owner.
/// </summary>
/// <remarks>Some hundred octets for each 16 KiB of text, and nothing of the text itself.</remarks>
public sealed class MasterPlaces
{
    private const int Interval = 1 << 14;

    private readonly List<PlacedFile> files;

    private MasterPlaces(List<PlacedFile> files) => this.files = files;

    /// <summary>Reads a zone's files.</summary>
    /// <param name="path">Of the zone's own file, as <paramref name="texts"/> knows it.</param>
    /// <param name="zone">What the files say, under any serial.</param>
    /// <param name="texts">Gives the zone's own file and what it includes.</param>
    /// <returns>Null where single records cannot be changed by what stands in one place: when a record stands there twice, or the records of a set have several TTLs.</returns>
    public static MasterPlaces? Read(string path, Zone zone, IIncludes texts) => Read(path, zone, texts, Interval);

    /// <summary>As the public method, with parts as short as a test wants them.</summary>
    internal static MasterPlaces? Read(string path, Zone zone, IIncludes texts, int interval)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(texts);
        if (!texts.TryOpen(path, out var text, out _))
            return null;
        var (faults, recorder) = (new ZoneFaults(), new PlaceRecorder(zone.Apex, interval));
        new MasterFileReader(texts, recorder, faults, places: recorder).Read(path, text.Span, zone.Apex.Wire);
        return faults.HasErrors || !recorder.IsExactly(zone) ? null : new(recorder.Files);
    }

    /// <summary>Makes all changes, or none.</summary>
    /// <param name="changes">Of the zone: each names a record that is there, or adds one that is not.</param>
    /// <param name="scope">Which of the files may change, and where new records go.</param>
    /// <param name="texts">Gives the files as they were read and edited since. Only those in which a record is looked for, or added, are asked for.</param>
    /// <param name="edits">What changes in the files: the same as <see cref="MasterFileEditor"/> would change. The places are those of the edited files from now on. Empty on failure.</param>
    /// <returns>False when the files have to be read whole, to make the changes or to find what is in the way.</returns>
    public bool TryEdit(IReadOnlyList<MasterChange> changes, MasterEditScope scope, IIncludes texts, out ImmutableArray<TextEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var run = new PlaceEdit(files, changes, scope, texts);
        var done = run.TryRun();
        edits = done ? run.Finish() : [];
        return done;
    }

    /// <summary>Where the zone's own file can be entered to read the differences of its next version.</summary>
    /// <param name="before">Of the file before it was edited.</param>
    /// <param name="addsDname">Whether a DNAME record has been added since.</param>
    /// <param name="serial">What the file says.</param>
    /// <param name="outline">Null on failure.</param>
    /// <returns>False when the file includes others, or generates records.</returns>
    public bool TryOutline(MasterOutline before, bool addsDname, Serial serial, [NotNullWhen(true)] out MasterOutline? outline)
    {
        ArgumentNullException.ThrowIfNull(before);
        outline = null;
        if (files is not [{ IsPlain: true } own])
            return false;
        var checkpoints = ImmutableArray.CreateBuilder<Checkpoint>();
        foreach (var part in own.Parts)
        {
            if (checkpoints.Count == 0 || (part.Start >= checkpoints[^1].Offset + before.Spacing && part.Start < own.Length))
                checkpoints.Add(new(part.Start, part.Before));
        }
        outline = new(checkpoints.DrainToImmutable(), before.Spacing, before.HasDname || addsDname, serial);
        return true;
    }

    /// <summary>Each part with its file, for a test.</summary>
    internal IEnumerable<(string Path, PlacedPart Part)> Parts => files.SelectMany(file => file.Parts.Select(part => (file.Path, part)));
}
