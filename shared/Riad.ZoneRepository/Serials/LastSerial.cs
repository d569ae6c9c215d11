using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>The serials of the last version of a zone that was served, be it served still or removed since.</summary>
/// <param name="Served">What secondaries saw last.</param>
/// <param name="Written">What the file of that version said; older than <paramref name="Served"/> where the server raised it.</param>
public readonly record struct LastSerial(Serial Served, Serial Written);
