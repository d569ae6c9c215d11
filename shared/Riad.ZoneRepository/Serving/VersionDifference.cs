using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Git.Objects;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>The difference of a zone between any two commits, for people.</summary>
/// <remarks>It compares records of zones, so nothing of a file of keys can be in it. Serials are those of the files.</remarks>
public static class VersionDifference
{
    /// <summary>Compares two commits.</summary>
    /// <param name="store">The repository.</param>
    /// <param name="journal">Tells which bare files are zones, as they were served before.</param>
    /// <param name="apex">The zone.</param>
    /// <param name="from">The older commit, or any other.</param>
    /// <param name="to">The newer commit.</param>
    /// <param name="maxLines">The most lines; with more changes there is one line that says how many.</param>
    /// <param name="lines">'-' and a record for what was removed, '+' for what was added. Empty when nothing differs, and on failure.</param>
    /// <param name="fault">One line: a commit without the zone, or with a bad version of it. Null on success.</param>
    public static bool TryRead(
        IObjectStore store, Journal journal, DomainName apex, ObjectId from, ObjectId to, int maxLines,
        out ImmutableArray<string> lines, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(apex);
        lines = [];
        if (!TryReadZone(store, journal, apex, from, out var old, out fault) || !TryReadZone(store, journal, apex, to, out var next, out fault))
            return false;
        var difference = ZoneDifference.Between(old, next, maxLines);
        if (!difference.HasChanges && difference.OldSerial == difference.NewSerial)
            return true;
        lines = difference.IsListed ? [.. difference.ToLines()] : [$"{difference.ChangedRecords} records changed, too many to list"];
        return true;
    }

    private static bool TryReadZone(
        IObjectStore store, Journal journal, DomainName apex, ObjectId commit, [NotNullWhen(true)] out Zone? zone, [NotNullWhen(false)] out string? fault)
    {
        (zone, fault) = (null, null);
        if (!RepositoryReading.TryReadRoot(store, commit, out var root))
        {
            fault = $"commit {commit} cannot be read";
            return false;
        }
        // Only the files that can be this zone are looked into.
        var named = root.Entries.Where(entry => ZoneFileName.TryParse(entry.Name, out var name) && name == apex);
        var file = Tree.TryCreate(named, out var part, out _)
            ? ZoneTree.Read(store, part, journal.Zones.ContainsKey, ZoneTree.Empty).Zones.FirstOrDefault()
            : null;
        switch (file is null ? null : ZoneFile.Read(new RepositoryFiles(store, root), file))
        {
            case ZoneReading.Good good:
                zone = good.Zone;
                return true;
            case ZoneReading.Bad bad:
                fault = bad.Errors[0];
                return false;
            default:
                fault = $"{apex.ToStringWithoutFinalDot()} is not a zone of commit {commit}";
                return false;
        }
    }
}
