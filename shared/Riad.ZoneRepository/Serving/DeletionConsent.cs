using System.Globalization;
using Riad.Dns.Names;
using Riad.Git.History;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Serving;

/// <summary>Whether several zones that a commit lacks are meant to go: a folder that was moved takes all of its zones along.</summary>
/// <remarks>For the branch that moves without a push to us, where nobody can say <c>-o delete-zones</c>, the commits say it.</remarks>
internal static class DeletionConsent
{
    /// <summary>The line of a commit's message that says so, whatever its case.</summary>
    public const string Line = "Delete-Zones: yes";

    private const int MostNames = 20;
    private const int MostCommits = 10_000;

    /// <summary>Tells whether one of the commits that are new since the last look has the line.</summary>
    public static bool IsGiven(IObjectStore store, ServedState served, ObjectId commit)
    {
        ObjectId[] seen = [.. new[] { served.Commit, served.Journal.ServedCommit }.Where(id => !id.IsZero).Distinct()];
        return !seen.Contains(commit) && CommitHistory.Walk(store, [commit], seen, MostCommits).Any(found => HasLine(found.Commit));
    }

    /// <summary>Names the zones: "2 zones would be removed: a.example, b.example".</summary>
    /// <param name="zones">One or more.</param>
    /// <param name="verb">What becomes of them.</param>
    public static string Describe(IReadOnlyCollection<DomainName> zones, string verb)
    {
        var names = string.Join(", ", zones.Take(MostNames).Select(apex => apex.ToStringWithoutFinalDot()));
        var more = zones.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {zones.Count - MostNames} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{zones.Count} {(zones.Count is 1 ? "zone" : "zones")} {verb}: {names}{more}");
    }

    private static bool HasLine(Commit commit) =>
        commit.Message.Split('\n', StringSplitOptions.TrimEntries).Contains(Line, StringComparer.OrdinalIgnoreCase);
}
