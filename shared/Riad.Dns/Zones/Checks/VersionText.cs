using Riad.Dns.MasterFiles;

namespace Riad.Dns.Zones.Checks;

/// <summary>Reads what differs between two versions of a master file. Mutable, one owner, used once.</summary>
/// <remarks>
/// The texts are compared octet by octet, and entered again only at places of the outline, so what is not read again gives
/// the same records: the same text after the same text, read on from the same state.
/// </remarks>
/// <param name="before">The older version.</param>
/// <param name="after">The newer version.</param>
/// <param name="outline">Of the older version.</param>
internal ref struct VersionText(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, MasterOutline outline)
{
    private const int MaxAnchor = 512;
    private const int MaxTries = 8; // ends of a part that are tried before it goes on to the end of the file
    private const int MaxGrowth = 1 << 20; // how much longer a part may have become
    private const int MaxIntervals = 64; // that all parts may be long together

    private readonly ReadOnlySpan<byte> before = before;
    private readonly ReadOnlySpan<byte> after = after;
    private readonly List<Checkpoint> checkpoints = [];
    private long readOctets;

    /// <summary>Records of the older version that stand in the changed parts.</summary>
    public List<PartRecord> Old { get; } = [];

    /// <summary>Records of the newer version that stand there.</summary>
    public List<PartRecord> New { get; } = [];

    /// <summary>The places at which the newer version can be entered.</summary>
    public readonly IReadOnlyList<Checkpoint> Checkpoints => checkpoints;

    /// <summary>Reads.</summary>
    /// <returns>False when the newer version has to be read whole: too much differs, or something in it is not plain or not good.</returns>
    public bool TryRead()
    {
        if (after.Length > before.Length && after.Length - before.Length > MaxGrowth * 8L)
            return false;
        var (old, next, checkpoint) = (0, 0, 0); // both versions are alike in what was read up to here, and in the state
        while (true)
        {
            var common = before[old..].CommonPrefixLength(after[next..]);
            var shift = next - old;
            var end = old + common;
            while (checkpoint < outline.Checkpoints.Length && outline.Checkpoints[checkpoint].Offset <= end)
            {
                var same = outline.Checkpoints[checkpoint++];
                checkpoints.Add(same with { Offset = same.Offset + shift });
            }
            if (end == before.Length && end + shift == after.Length)
                return true;
            if (!TryReadPart(ref old, ref next, ref checkpoint))
                return false;
            if (old == before.Length)
                return true;
        }
    }

    /// <summary>Reads a part that begins at the last place before the first difference, to the first place from which both go on alike.</summary>
    private bool TryReadPart(ref int old, ref int next, ref int checkpoint)
    {
        var start = outline.Checkpoints[checkpoint - 1];
        var startAfter = next + start.Offset - old;
        for (var tries = 0; tries < MaxTries && checkpoint < outline.Checkpoints.Length; tries++)
        {
            var end = outline.Checkpoints[checkpoint++];
            var endAfter = FindAnchor(end.Offset, startAfter, Math.Min(after.Length, startAfter + end.Offset - start.Offset + MaxGrowth));
            if (endAfter < 0)
                continue;
            if (!TryReadNew(startAfter..endAfter, start.State, out var records, out var places, out var state))
                return false;
            if (!state.Equals(end.State))
                continue;
            Take(records, places, startAfter);
            (old, next) = (end.Offset, endAfter);
            checkpoint--; // it is one of the common places
            return TryReadOld(start.Offset..end.Offset, start.State);
        }
        (old, checkpoint) = (before.Length, outline.Checkpoints.Length);
        if (!TryReadNew(startAfter..after.Length, start.State, out var rest, out var placesInRest, out _))
            return false;
        Take(rest, placesInRest, startAfter);
        return TryReadOld(start.Offset..before.Length, start.State);
    }

    /// <summary>Where the text around a place of the older version, the line end before it counted, stands in the newer; -1 when it does not.</summary>
    private readonly int FindAnchor(int place, int from, int to)
    {
        var anchor = before.Slice(place - 1, Math.Min(Math.Min(MaxAnchor, outline.Spacing), before.Length - place + 1));
        var first = Math.Max(from - 1, 0);
        var at = after[first..to].IndexOf(anchor);
        return at < 0 || first + at + 1 < from ? -1 : first + at + 1;
    }

    private readonly void Take(List<PartRecord> records, IReadOnlyList<Checkpoint> places, int start)
    {
        New.AddRange(records);
        foreach (var place in places)
        {
            if (place.Offset > 0) // the first is the start of the part, which is known
                checkpoints.Add(place with { Offset = place.Offset + start });
        }
    }

    private bool TryReadOld(Range part, ReadingState state)
    {
        var sink = new PartSink();
        var faults = new ZoneFaults();
        if (!TrySpend(before[part].Length))
            return false;
        new MasterFileReader(NoIncludes.Instance, sink, faults).ReadPart("", before[part], state);
        Old.AddRange(sink.Records);
        return !faults.HasErrors;
    }

    private bool TryReadNew(Range part, ReadingState before, out List<PartRecord> records, out IReadOnlyList<Checkpoint> places, out ReadingState state)
    {
        var sink = new PartSink();
        var faults = new ZoneFaults();
        var recorder = new OutlineRecorder(outline.Spacing);
        var reader = new MasterFileReader(NoIncludes.Instance, sink, faults, recorder);
        var isMarked = part.Start.Value > 0 && after[part].StartsWith(MasterFileScanner.ByteOrderMark);
        var isAffordable = TrySpend(after[part].Length);
        if (isAffordable && !isMarked)
            reader.ReadPart("", after[part], before);
        (records, places, state) = (sink.Records, recorder.Checkpoints, reader.State);
        return isAffordable && !isMarked && reader.IsPlain && !faults.HasErrors && faults.Warnings.Count == 0;
    }

    private bool TrySpend(int octets)
    {
        readOctets += octets;
        return readOctets <= (long)MaxIntervals * outline.Spacing;
    }
}
