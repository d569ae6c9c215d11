using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;

namespace Riad.Dns.Zones.Checks;

/// <summary>From a master file to a zone that is fit to be served, or to a list of what is wrong with it.</summary>
public static class ZoneReader
{
    private const int ShortFile = 4; // times the interval of an outline: shorter ones are read whole in no time

    /// <summary>Reads and checks a zone.</summary>
    /// <param name="fileName">For positions, as a person would write it.</param>
    /// <param name="text">The whole file: UTF-8, at most 512 MiB with all that it includes.</param>
    /// <param name="apex">The zone's name, and the first origin.</param>
    /// <param name="includes">Gives the files that $INCLUDE names; asked a second time when something is wrong.</param>
    /// <param name="options">The serial before, and how strict to be.</param>
    /// <param name="zone">Null when there is an error.</param>
    /// <param name="errors">Errors and warnings in file order, at most 20 of each. Empty on success.</param>
    /// <remarks>
    /// Source: RFC 1035 §5, RFC 2308 §4, RFC 3597 §5; the manual's page on zone checks lists each fault. A zone without
    /// fault is read once and keeps no positions; with a fault, it is read again to find them.
    /// </remarks>
    public static bool TryRead(
        string fileName, ReadOnlySpan<byte> text, DomainName apex, IIncludes includes, ZoneReadOptions options,
        [NotNullWhen(true)] out CheckedZone? zone, out Seq<ZoneError> errors)
    {
        return TryRead(fileName, text, apex, includes, options, MasterOutline.Interval, out zone, out errors);
    }

    /// <summary>As the public method, with places to enter the file again as near as a test wants them.</summary>
    internal static bool TryRead(
        string fileName, ReadOnlySpan<byte> text, DomainName apex, IIncludes includes, ZoneReadOptions options, int outlineInterval,
        [NotNullWhen(true)] out CheckedZone? zone, out Seq<ZoneError> errors)
    {
        var faults = new ZoneFaults();
        var sink = new ZoneSink(apex, faults);
        var recorder = text.Length / ShortFile > outlineInterval ? new OutlineRecorder(outlineInterval) : null;
        var reader = new MasterFileReader(includes, sink, faults, recorder);
        reader.Read(fileName, text, apex.Wire);
        var start = new TextPosition(fileName, 1, 1);
        var built = sink.Build(start);
        var facts = sink.Facts;
        if (built is not null)
            Check(fileName, text, includes, options, sink.HasSoa, facts, built, faults);
        var told = Sort(fileName, faults);
        var outline = told.Count == 0 && reader.IsPlain && recorder is not null && built is not null ? new MasterOutline(recorder.Checkpoints, outlineInterval, facts.HasDname, built.Serial) : null;
        zone = faults.HasErrors || built is null ? null : new(built, sink.SoaAt ?? start, facts.Hints.ToSeq(), reader.Included.ToSeq(), told, outline);
        errors = zone is null ? told : [];
        return zone is not null;
    }

    private static void Check(
        string fileName, ReadOnlySpan<byte> text, IIncludes includes, ZoneReadOptions options, bool hasSoa, ReadFacts facts, Zone zone, ZoneFaults faults)
    {
        var suspicions = new Suspicions(zone.Apex);
        new ZoneCheck(zone, facts, suspicions, isWhole: !faults.HasErrors).Run();
        if (hasSoa)
            SerialCheck.Run(zone.Serial, options, suspicions);
        if (suspicions.IsEmpty)
            return;
        var locator = new SuspicionLocator(suspicions, faults);
        new MasterFileReader(includes, locator, new ZoneFaults()).Read(fileName, text, zone.Apex.Wire);
        suspicions.TellRest(new(fileName, 1, 1), faults);
    }

    /// <summary>By place: the zone's own file first.</summary>
    private static Seq<ZoneError> Sort(string fileName, ZoneFaults faults) => faults.Errors.Concat(faults.Warnings)
        .OrderBy(error => error.At.File == fileName ? 0 : 1).ThenBy(error => error.At.File, StringComparer.Ordinal)
        .ThenBy(error => error.At.Line).ThenBy(error => error.At.Column).ToSeq();
}
