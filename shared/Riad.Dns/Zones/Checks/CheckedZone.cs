using Riad.Core;
using Riad.Dns.MasterFiles;

namespace Riad.Dns.Zones.Checks;

/// <summary>A zone that was read and can be served.</summary>
/// <param name="Zone">Exactly one SOA, at the apex; every name at or below it.</param>
/// <param name="SoaAt">Where the SOA record stands, for what is said of the serial.</param>
/// <param name="Hints">Addresses of name servers outside of the zone, in the file's order.</param>
/// <param name="Includes">The paths that were included, in ordinal order: a change of one changes the zone.</param>
/// <param name="Warnings">In file order, at most 20.</param>
/// <param name="Outline">For reading only what differs of the next version; null where it has to be read whole: short files, those with includes, those with warnings.</param>
public sealed record CheckedZone(Zone Zone, TextPosition SoaAt, Seq<NotifyHint> Hints, Seq<string> Includes, Seq<ZoneError> Warnings, MasterOutline? Outline);
