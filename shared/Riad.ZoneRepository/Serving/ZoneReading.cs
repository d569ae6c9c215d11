using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Serving;

/// <summary>What reading the file of a zone gave: a closed family.</summary>
public abstract record ZoneReading
{
    private ZoneReading(ZoneTreeEntry.Zone file, Seq<SourceFile> sources) => (File, Sources) = (file, sources);

    /// <summary>The zone's entry in the root folder.</summary>
    public ZoneTreeEntry.Zone File { get; }

    /// <summary>The zone's file, then the includes that were given.</summary>
    public Seq<SourceFile> Sources { get; }

    /// <summary>Not read again: the file and its includes are what is served.</summary>
    /// <param name="File">The zone's entry in the root folder.</param>
    /// <param name="Zone">What is served.</param>
    public sealed record Same(ZoneTreeEntry.Zone File, ZoneVersion Zone) : ZoneReading(File, Zone.Sources);

    /// <summary>Read without an error.</summary>
    /// <param name="File">The zone's entry in the root folder.</param>
    /// <param name="Sources">The zone's file, then its includes.</param>
    /// <param name="Zone">Under the serial that the file says.</param>
    /// <param name="SerialAt">Where that serial stands; the start of the file where it cannot be told.</param>
    /// <param name="Hints">Addresses of name servers outside the zone, for NOTIFY.</param>
    /// <param name="Warnings">In file order, at most 20.</param>
    /// <param name="Outline">Of the zone's file; null where its next version has to be read whole.</param>
    /// <param name="Touched">The names among which all differences to the served version lie; null when that is not known.</param>
    public sealed record Good(
        ZoneTreeEntry.Zone File, Seq<SourceFile> Sources, Zone Zone, TextPosition SerialAt, Seq<NotifyHint> Hints, Seq<ZoneError> Warnings,
        FileOutline? Outline, IReadOnlyList<DomainName>? Touched) : ZoneReading(File, Sources);

    /// <summary>Not to be served.</summary>
    /// <param name="File">The zone's entry in the root folder.</param>
    /// <param name="Sources">The zone's file, then the includes that were given.</param>
    /// <param name="Errors">One line each, with file, line and column; in file order, at most 20.</param>
    public sealed record Bad(ZoneTreeEntry.Zone File, Seq<SourceFile> Sources, ImmutableArray<string> Errors) : ZoneReading(File, Sources);
}
