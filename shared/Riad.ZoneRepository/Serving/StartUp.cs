using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>What was served before the process ended.</summary>
public static class StartUp
{
    /// <summary>Reads the last good version of each zone, under the serial that it was served with.</summary>
    /// <param name="store">The repository.</param>
    /// <param name="journal">What was served.</param>
    /// <returns>
    /// The state to serve at once, and to follow the branch from (<see cref="Following.Of"/>), which reads only what differs.
    /// A zone that cannot be read again is listed as degraded.
    /// </returns>
    public static ServedState Restore(IObjectStore store, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var zones = ImmutableSortedDictionary.CreateBuilder<DomainName, ZoneVersion>();
        var degraded = ImmutableArray.CreateBuilder<DegradedZone>();
        foreach (var known in journal.Zones.Values.OfType<JournalZone.Served>())
        {
            if (ZoneFile.Read(store, known, out var reason) is { } zone)
                zones[known.Apex] = zone;
            else
                degraded.Add(new(PathText.Print(known.Sources[0].Path), known.Apex, [reason]));
        }
        return ServedState.Empty with
        {
            Commit = journal.ServedCommit,
            Journal = journal,
            Zones = zones.ToImmutable(),
            Degraded = degraded.DrainToImmutable(),
            Missing = [.. FindMissing(store, journal.ServedCommit, zones.Values)],
        };
    }

    /// <summary>Zones that were served although the commit lacked them: several were gone at once. Of commits after it nothing is known.</summary>
    private static IEnumerable<DomainName> FindMissing(IObjectStore store, ObjectId commit, IEnumerable<ZoneVersion> zones)
    {
        if (!RepositoryReading.TryReadRoot(store, commit, out var root))
            return [];
        var names = root.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return zones.Where(zone => !names.Contains(zone.Path)).Select(zone => zone.Zone.Apex);
    }
}
