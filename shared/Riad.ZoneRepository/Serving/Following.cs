using System.Collections.Immutable;
using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Serving;

/// <summary>What is served after the branch moved without asking us.</summary>
/// <param name="Next">What is served. Zones that are bad keep their last good version, and are listed as degraded.</param>
/// <param name="Writing">The journal's entry; null when nothing that is served changes.</param>
/// <param name="Changes">By zone, in canonical order of names.</param>
/// <param name="Lines">What changed, then warnings, then what is ignored: for the log.</param>
public sealed record Following(ServedState Next, JournalWriting? Writing, ImmutableArray<ZoneChange> Changes, ImmutableArray<string> Lines)
{
    /// <summary>Follows the branch to where it is.</summary>
    /// <param name="store">The repository.</param>
    /// <param name="served">What is served now.</param>
    /// <param name="commit">What the branch names.</param>
    /// <param name="strictSerials"><c>--serial strict</c>: a zone whose serial was not raised keeps its last good version.</param>
    /// <param name="signature">Who serves, and when: for the journal.</param>
    /// <remarks>For the start, and for a push that came another way, such as through sshd. A zone that the commit lacks is removed; several only where a new commit has the line <see cref="DeletionConsent.Line"/>, else they stay served.</remarks>
    public static Following Of(IObjectStore store, ServedState served, ObjectId commit, bool strictSerials, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(served);
        if (!RepositoryReading.TryRead(store, commit, served, out var reading, out var fault))
            return Stay(served, fault);
        var review = Review.Of(served, reading, new SerialOptions(strictSerials, AllowJump: false), () => DeletionConsent.IsGiven(store, served, commit));
        var (journal, writing) = (served.Journal, (JournalWriting?)null);
        if (review.Entry is { } entry && !served.Journal.TryAppend(store, entry, signature, out journal, out writing, out var error))
            return Stay(served, error.ToString());
        return new(review.ToState(journal), writing, review.Entry?.Changes.ToImmutableArray() ?? [], OutputLines.Bound(review.Lines));
    }

    private static Following Stay(ServedState served, string reason) =>
        new(served with { Degraded = [new("", null, [reason])] }, null, [], [reason]);
}
