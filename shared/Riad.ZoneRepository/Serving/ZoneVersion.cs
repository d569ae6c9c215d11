using Riad.Core;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Serving;

/// <summary>A version of a zone that is served.</summary>
/// <param name="Zone">Under the served serial.</param>
/// <param name="Serials">The served serial, and the one in the file.</param>
/// <param name="Commit">The commit of the journal's last entry on this zone.</param>
/// <param name="Sources">The zone's file, then its includes, as they are in the commit that was last looked at and is equal in records.</param>
/// <param name="Hints">Addresses of name servers outside the zone, for NOTIFY; never served.</param>
/// <param name="Outline">Of the zone's file, where only what differs of the next version needs to be read; null, or of another file, where the whole is read.</param>
public sealed record ZoneVersion(Zone Zone, LastSerial Serials, ObjectId Commit, Seq<SourceFile> Sources, Seq<NotifyHint> Hints, FileOutline? Outline = null)
{
    /// <summary>The zone's file.</summary>
    public string Path => Sources[0].Path;
}
