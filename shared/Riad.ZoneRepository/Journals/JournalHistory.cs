using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Journals;

/// <summary>One entry of the journal, read back.</summary>
/// <param name="Id">The entry's commit.</param>
/// <param name="ServedAt">When it was made, by the clock of the server.</param>
/// <param name="Commit">The commit that was served.</param>
/// <param name="Author">Who wrote that commit; null when it is not in the store.</param>
/// <param name="Subject">The first line of that commit's message; empty when it is not in the store.</param>
/// <param name="Changes">By zone, in canonical order of names.</param>
public sealed record HistoryEntry(ObjectId Id, DateTimeOffset ServedAt, ObjectId Commit, Signature? Author, string Subject, ImmutableArray<ZoneChange> Changes);

/// <summary>Reads the entries of a journal from the newest back.</summary>
public static class JournalHistory
{
    /// <summary>The newest entries.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">The entry to begin with; zero for none.</param>
    /// <param name="apex">Only entries that change this zone; null for all.</param>
    /// <param name="count">The most that are returned.</param>
    /// <param name="maxVisited">The most entries that are looked at.</param>
    /// <returns>Newest first. Ends early where an entry cannot be read.</returns>
    public static ImmutableArray<HistoryEntry> Read(IObjectStore store, ObjectId tip, DomainName? apex, int count, int maxVisited)
    {
        var entries = ImmutableArray.CreateBuilder<HistoryEntry>();
        var reader = new JournalReader(store);
        for (var visited = 0; !tip.IsZero && visited < maxVisited && entries.Count < count; visited++)
        {
            if (reader.ReadCommit(tip) is not { } commit || ReadChanges(reader, commit, apex) is not { } changes)
                break;
            if (changes.Length > 0)
                entries.Add(NewEntry(store, tip, commit, changes));
            tip = PreviousOf(commit);
        }
        return entries.DrainToImmutable();
    }

    /// <summary>The differences that lead a zone from a serial to the served one, oldest first: what an incremental transfer sends.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tip">The newest entry.</param>
    /// <param name="apex">The zone.</param>
    /// <param name="from">The serial that the asker has.</param>
    /// <param name="maxVisited">The most entries that are looked at.</param>
    /// <param name="maxRecords">The most records that are returned.</param>
    /// <param name="differences">Empty on failure, and when the asker has the served version.</param>
    /// <returns>False when the whole zone must be sent: the serial is not in the journal, or too far back, or a change between was too large to list.</returns>
    /// <remarks>Source: RFC 1995 §4.</remarks>
    public static bool TryFindDifferences(
        IObjectStore store, ObjectId tip, DomainName apex, Serial from, int maxVisited, long maxRecords, out ImmutableArray<ZoneDifference> differences)
    {
        var found = new List<ZoneDifference>();
        var reader = new JournalReader(store);
        var (fileName, records) = (ZoneFileName.Print(apex), 0L);
        differences = [];
        for (var visited = 0; !tip.IsZero && visited < maxVisited; visited++)
        {
            if (reader.ReadCommit(tip) is not { } commit)
                return false;
            tip = PreviousOf(commit);
            switch (reader.ReadChange(commit, fileName))
            {
                case null when reader.Error.Fault is JournalFault.None:
                    continue;
                case ZoneChange.Changed { Difference: var difference } when found.Count > 0 || difference.NewSerial != from:
                    found.Add(difference);
                    records += difference.Removed.Length + difference.Added.Length;
                    if (records > maxRecords)
                        return false;
                    if (difference.OldSerial != from)
                        continue;
                    found.Reverse();
                    differences = [.. found];
                    return true;
                case ZoneChange.Changed: // the asker has the served version
                    return true;
                case ZoneChange.Created { Serial: var serial }:
                    return found.Count == 0 && serial == from;
                default:
                    return false;
            }
        }
        return false;
    }

    private static ImmutableArray<ZoneChange>? ReadChanges(JournalReader reader, Commit commit, DomainName? apex)
    {
        if (apex is null)
            return reader.ReadChanges(commit);
        var change = reader.ReadChange(commit, ZoneFileName.Print(apex));
        if (reader.Error.Fault is not JournalFault.None)
            return null;
        return change is null ? [] : [change];
    }

    private static HistoryEntry NewEntry(IObjectStore store, ObjectId id, Commit entry, ImmutableArray<ZoneChange> changes)
    {
        var served = entry.Parents[^1];
        var commit = store.TryRead(served, out var kind, out var content) && kind is ObjectKind.Commit && Commit.TryParse(content, out var read, out _) ? read : null;
        return new(id, entry.Committer.Time, served, commit?.Author, PathText.Print(commit?.Subject ?? ""), changes);
    }

    private static ObjectId PreviousOf(Commit entry) => entry.Parents.Length == 1 ? ObjectId.Zero : entry.Parents[0];
}
