using System.Globalization;
using Riad.Core;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Journals;

/// <summary>One version of everything that is served: what changed, and what is known of the changed zones from now on.</summary>
/// <param name="Commit">The commit that is served.</param>
/// <param name="Changes">By zone, in canonical order of names; one for each zone that changed.</param>
/// <param name="Zones">What is known of the changed zones, in the same order.</param>
public sealed record JournalEntry(ObjectId Commit, Seq<ZoneChange> Changes, Seq<JournalZone> Zones)
{
    private const int MaxNamesInSubject = 3;
    private const int MaxSummaries = 100;

    /// <summary>The message of the entry's commit: for people who run git log on the journal.</summary>
    public string Message
    {
        get
        {
            var names = string.Join(", ", Changes.Take(MaxNamesInSubject).Select(change => change.Apex.ToStringWithoutFinalDot()));
            if (Changes.Count > MaxNamesInSubject)
                names = string.Create(CultureInfo.InvariantCulture, $"{names} and {Changes.Count - MaxNamesInSubject} more");
            var summaries = Changes.Take(MaxSummaries).Select(change => change.Summary).ToList();
            if (Changes.Count > MaxSummaries)
                summaries.Add(string.Create(CultureInfo.InvariantCulture, $"and {Changes.Count - MaxSummaries} more"));
            return $"Serve {names}\n\n{string.Join('\n', summaries)}\n";
        }
    }
}
