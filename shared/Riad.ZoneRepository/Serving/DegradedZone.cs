using Riad.Core;
using Riad.Dns.Names;

namespace Riad.ZoneRepository.Serving;

/// <summary>A zone whose newest version cannot be served. Its last good version stays served, if there is one.</summary>
/// <param name="Path">The file, as it may be shown.</param>
/// <param name="Apex">The zone; null where the file's name is none.</param>
/// <param name="Reasons">Faults, one a line, at most 20.</param>
public sealed record DegradedZone(string Path, DomainName? Apex, Seq<string> Reasons);
