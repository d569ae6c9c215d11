using System.Collections.Immutable;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Serving.Transfers;

/// <summary>What the journal knows of a zone's changes, as transfers send them.</summary>
internal static class JournalSteps
{
    private const int MaxVisited = 2_000;
    private const long MaxRecords = 200_000;

    /// <summary>The steps to the version that is served; null when the whole zone must be sent.</summary>
    public static ImmutableArray<ZoneStep>? Find(IObjectStore store, ServedState state, Zone served, Serial from)
    {
        if (!state.Zones.TryGetValue(served.Apex, out var version) || !ReferenceEquals(version.Zone, served))
            return null; // no zone of the repository, or not its newest version any more
        var maxRecords = Math.Min(MaxRecords, served.RecordCount + 1);
        if (!JournalHistory.TryFindDifferences(store, state.Journal.Tip, served.Apex, from, MaxVisited, maxRecords, out var differences) || differences.IsEmpty)
            return null;
        return [.. differences.Select(ToStep)];
    }

    private static ZoneStep ToStep(ZoneDifference difference) => new(
        ToRecord(difference.OldSoa), ToRecord(difference.NewSoa), [.. difference.Removed.Select(ToRecord)], [.. difference.Added.Select(ToRecord)]);

    private static ResourceRecord ToRecord(ZoneRecord record) => new(record.Owner, record.Type.Code, RecordClass.Internet, record.Ttl, record.Rdata);
}
