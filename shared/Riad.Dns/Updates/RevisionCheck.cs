using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;

namespace Riad.Dns.Updates;

/// <summary>Finds what would make a changed zone unfit to be served, as a push of the same records would be told.</summary>
/// <remarks>
/// Looks at the changed names alone where it is certain that no other name is concerned, else at the whole zone. Another
/// name is concerned by the addresses, aliases and delegations that its name servers lead to, and by what lies above it.
/// </remarks>
public static class RevisionCheck
{
    /// <summary>The first error; null when the zone can be served.</summary>
    /// <param name="before">A zone without errors.</param>
    /// <param name="after">The zone after <paramref name="changes"/>.</param>
    /// <param name="changes">The net difference.</param>
    public static string? FindObstacle(Zone before, Zone after, Seq<SetChange> changes)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var suspicions = new Suspicions(after.Apex);
        var check = new ZoneCheck(after, null, suspicions, isWhole: true);
        if (changes.Any(change => ConcernsOthers(before, after, change)))
            check.Run();
        else
        {
            foreach (var owner in changes.Select(change => change.Owner).Distinct())
                check.RunAt(owner);
        }
        return suspicions.All.FirstOrDefault(suspicion => suspicion.Severity is Severity.Error)?.Sentence;
    }

    private static bool ConcernsOthers(Zone before, Zone after, SetChange change)
    {
        if (change.Type == RrTypes.Ns || change.Type == RrTypes.Cname || change.Type == RrTypes.Dname)
            return true;
        var isAddress = change.Type == RrTypes.A || change.Type == RrTypes.Aaaa;
        if (isAddress && change.New.Count == 0)
            return true; // of a name server, perhaps, or of a wildcard that stands for one
        return !before.TryFind(change.Owner.Wire, out _) && HidesWildcard(after, change.Owner);
    }

    /// <summary>A new name ends what a wildcard beside it, or beside one of the new names above it, stood for.</summary>
    private static bool HidesWildcard(Zone zone, DomainName name)
    {
        for (var above = name.Parent; above is not null && above.IsAtOrBelow(zone.Apex); above = above.Parent)
        {
            if (above.Prepend("*"u8) is { } wildcard && zone.TryFind(wildcard.Wire, out _))
                return true;
        }
        return false;
    }
}
