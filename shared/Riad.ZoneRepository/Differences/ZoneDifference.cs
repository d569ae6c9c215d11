using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.ZoneRepository.Differences;

/// <summary>What turns one version of a zone into another.</summary>
/// <remarks>
/// Records are listed in canonical order of owner, type and data (RFC 4034 §6). A record whose TTL changed is removed and
/// added. Where there are more than were asked for, only the count is kept, and <see cref="IsListed"/> is false.
/// </remarks>
public sealed class ZoneDifference
{
    internal ZoneDifference(ZoneRecord oldSoa, ZoneRecord newSoa, ImmutableArray<ZoneRecord> removed, ImmutableArray<ZoneRecord> added, long changedRecords, bool isListed) =>
        (OldSoa, NewSoa, Removed, Added, ChangedRecords, IsListed) = (oldSoa, newSoa, removed, added, changedRecords, isListed);

    /// <summary>The zone's name.</summary>
    public DomainName Apex => NewSoa.Owner;

    /// <summary>The SOA record of the old version.</summary>
    public ZoneRecord OldSoa { get; }

    /// <summary>The SOA record of the new version.</summary>
    public ZoneRecord NewSoa { get; }

    /// <summary>Records that only the old version has, without the SOA. Empty unless <see cref="IsListed"/>.</summary>
    public ImmutableArray<ZoneRecord> Removed { get; }

    /// <summary>Records that only the new version has, without the SOA. Empty unless <see cref="IsListed"/>.</summary>
    public ImmutableArray<ZoneRecord> Added { get; }

    /// <summary>How many records changed, as a person counts.</summary>
    /// <remarks>
    /// In each set of records of one name and type, the larger of how many were removed and added: an address that replaces
    /// another is one change, and so is a new TTL. An SOA record counts when it differs in more than the serial.
    /// </remarks>
    public long ChangedRecords { get; }

    /// <summary>False when there were too many changes to list them.</summary>
    public bool IsListed { get; }

    /// <summary>True when the versions differ in more than the serial.</summary>
    public bool HasChanges => ChangedRecords > 0;

    /// <summary>The old version's serial.</summary>
    public Serial OldSerial => SoaOctets.ReadSerial(OldSoa.Rdata.Span);

    /// <summary>The new version's serial.</summary>
    public Serial NewSerial => SoaOctets.ReadSerial(NewSoa.Rdata.Span);

    /// <summary>Compares two versions of a zone.</summary>
    /// <param name="old">The old version.</param>
    /// <param name="next">The new version, of the same zone.</param>
    /// <param name="maxListed">The most records that are listed, removed and added together.</param>
    /// <param name="among">The names among which all differences lie; null to look at every name.</param>
    /// <remarks>Looks at every record of those names once; allocates for what differs only.</remarks>
    public static ZoneDifference Between(Zone old, Zone next, int maxListed, IReadOnlyList<DomainName>? among = null)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        return new ZoneComparison(old, next, maxListed).Compare(among);
    }

    /// <summary>The same difference, to a version with another serial.</summary>
    public ZoneDifference WithNewSerial(Serial serial) =>
        new(OldSoa, NewSoa with { Rdata = SoaOctets.WithSerial(NewSoa.Rdata, serial) }, Removed, Added, ChangedRecords, IsListed);

    /// <summary>The difference as lines: '-' and a record for what was removed, '+' for what was added, each SOA first among its own.</summary>
    /// <remarks>This is also the order of an incremental transfer (RFC 1995 §4).</remarks>
    public IEnumerable<string> ToLines() =>
    [
        $"-{OldSoa}", .. Removed.Select(record => $"-{record}"),
        $"+{NewSoa}", .. Added.Select(record => $"+{record}"),
    ];
}
