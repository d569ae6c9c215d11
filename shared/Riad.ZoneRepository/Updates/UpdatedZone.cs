using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serials;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Updates;

/// <summary>One zone while the updates of a group change it. Mutable, one owner.</summary>
/// <param name="version">What is served.</param>
/// <param name="texts">The zone's files.</param>
/// <param name="strictSerials"><c>--serial strict</c>.</param>
internal sealed class UpdatedZone(ZoneVersion version, ZoneTexts texts, bool strictSerials)
{
    private readonly NetChanges net = new();
    private Zone zone = version.Zone;
    private Serial written = version.Serials.Written;

    /// <summary>The zone as the next update finds it, under the serial that it would be served with.</summary>
    public Zone Zone => zone;

    /// <summary>The zone's files, with the changes made.</summary>
    public ZoneTexts Texts => texts;

    /// <summary>Makes the changes, in the zone and in its text, or none.</summary>
    /// <param name="changes">Of <see cref="Zone"/>.</param>
    /// <param name="versions">Takes the new blobs.</param>
    /// <param name="blobs">The files that changed, by path; null on failure.</param>
    /// <param name="reason">Why not: one line; null on success.</param>
    public bool TryChange(
        Seq<SetChange> changes, NewVersions versions, [NotNullWhen(true)] out ImmutableSortedDictionary<string, ObjectId>? blobs, [NotNullWhen(false)] out string? reason)
    {
        blobs = null;
        if (!ZoneRevision.TryApply(zone, changes, out var next))
        {
            reason = "a set of records would become larger than any message can hold (about 64 KiB)";
            return false;
        }
        reason = FindSerialObstacle(changes, out var serials) ?? FindObstacle(changes, next);
        if (reason is not null || !texts.TryEdit(zone, changes, written, versions, out blobs, out reason))
            return false;
        net.Add(changes);
        written = serials.Written;
        zone = next.Serial == serials.Served ? next : next.WithSerial(serials.Served);
        return true;
    }

    /// <summary>What is served after the group.</summary>
    /// <param name="commit">The last commit of the group.</param>
    /// <param name="change">For the journal; null when no record and no serial changed in the end.</param>
    public ZoneVersion Finish(ObjectId commit, out (ZoneChange Change, JournalZone Zone)? change)
    {
        change = null;
        var difference = UpdateDifference.Of(version.Zone, zone, net.Changes);
        var verdict = SerialRule.ForServed(written, version.Serials, difference.HasChanges, new(strictSerials, AllowJump: false));
        if (SerialOf(verdict) is not { } serial)
            return version with { Sources = texts.Sources, Outline = FindOutline() };
        var serials = new LastSerial(serial, written);
        var apex = version.Zone.Apex;
        change = (ZoneChange.Of(difference.WithNewSerial(serial)), new JournalZone.Served(apex, serials, commit, texts.Sources));
        return new(zone.Serial == serial ? zone : zone.WithSerial(serial), serials, commit, texts.Sources, version.Hints, FindOutline());
    }

    private FileOutline? FindOutline() =>
        version.Outline is { } known && known.Blob == version.Sources[0].Blob
            ? texts.FindOutline(known, zone, net.Changes.Any(change => change.Type == RrTypes.Dname && change.New.Count > 0), written)
            : null;

    private string? FindObstacle(Seq<SetChange> changes, Zone next)
    {
        if (zone.IsSigned || next.IsSigned || zone.Find(zone.Apex, RrTypes.Dnskey) is not null)
            return "the zone is signed, and this server does not sign; change the zone where it is signed";
        if (RevisionCheck.FindObstacle(zone, next, changes) is { } obstacle)
            return obstacle;
        var servers = next.Find(next.Apex, RrTypes.Ns)?.Values.ToHashSet() ?? [];
        return version.Hints.FirstOrDefault(hint => !servers.Contains(hint.Server)) is { } lost
            ? $"the zone's file has an address of {lost.Server.ToStringWithoutFinalDot()}, which would be no name server of the zone any more; take it away there by hand"
            : null;
    }

    private string? FindSerialObstacle(Seq<SetChange> changes, out LastSerial serials)
    {
        var soa = changes.FirstOrDefault(change => change.Type == RrTypes.Soa);
        var wanted = soa is null ? written : SoaOctets.ReadSerial(soa.New[0].Span);
        var verdict = SerialRule.ForServed(wanted, version.Serials, recordsChanged: true, new(strictSerials, AllowJump: false));
        serials = new(SerialOf(verdict) ?? version.Serials.Served, wanted);
        return verdict is SerialVerdict.Refused refused ? SerialSentence.Of(refused.Fault, wanted, version.Serials, zone.IsSigned) : null;
    }

    private static Serial? SerialOf(SerialVerdict verdict) => verdict switch
    {
        SerialVerdict.AsWritten asWritten => asWritten.Serial,
        SerialVerdict.Raised raised => raised.Serial,
        SerialVerdict.Unchanged or SerialVerdict.Refused => null,
        _ => throw new UnreachableException(),
    };
}
