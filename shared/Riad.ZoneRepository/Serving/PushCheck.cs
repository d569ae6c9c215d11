using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Serving;

/// <summary>Decides whether a commit is served in place of what is served now: whole or not at all.</summary>
/// <remarks>
/// Pure: the same objects, state, options and signature give the same verdict, to the octet. The caller stores the commit's
/// objects and the branch, then the journal's objects and its ref, then serves the new state, then answers.
/// </remarks>
public static class PushCheck
{
    /// <summary>Judges a commit that somebody pushes to the served branch.</summary>
    /// <param name="store">The repository with the objects of the push.</param>
    /// <param name="served">What is served now.</param>
    /// <param name="commit">What the branch is to name.</param>
    /// <param name="push">What the person who pushes allows.</param>
    /// <param name="strictSerials"><c>--serial strict</c>.</param>
    /// <param name="signature">Who serves, and when: for the journal.</param>
    public static PushVerdict Judge(IObjectStore store, ServedState served, ObjectId commit, PushOptions push, bool strictSerials, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(served);
        if (!RepositoryReading.TryRead(store, commit, served, out var reading, out var fault))
            return new PushVerdict.Refused([fault]);
        var review = Review.Of(served, reading, new(strictSerials, push.SerialJump), static () => true);
        var faults = review.Degraded.SelectMany(zone => zone.Reasons).ToList();
        var areSeveral = review.Removed.Count > 1 || review.Removed.Any(served.Missing.Contains);
        if (areSeveral && !push.DeleteZones && !DeletionConsent.IsGiven(store, served, commit))
            faults.Add($"{DeletionConsent.Describe(review.Removed, "would be removed")}; if that is meant, push with -o delete-zones, or write the line '{DeletionConsent.Line}' into a commit's message");
        if (faults.Count > 0)
            return new PushVerdict.Refused(OutputLines.Bound(faults));
        return Accept(store, served, review, push.CheckOnly, signature);
    }

    private static PushVerdict Accept(IObjectStore store, ServedState served, Review review, bool checkOnly, Signature signature)
    {
        var (journal, writing) = (served.Journal, (JournalWriting?)null);
        if (review.Entry is { } entry && !served.Journal.TryAppend(store, entry, signature, out journal, out writing, out var error))
            return new PushVerdict.Refused([error.ToString()]);
        IReadOnlyCollection<string> lines = checkOnly ? [.. review.Lines, "only checked: nothing was changed"] : review.Lines;
        return new PushVerdict.Accepted(review.ToState(journal), writing, review.Entry?.Changes.ToImmutableArray() ?? [], OutputLines.Bound(lines), checkOnly);
    }
}
