using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>How the branch stands to the commit that the journal says is served.</summary>
public enum Ancestry
{
    /// <summary>The same commit.</summary>
    Same,

    /// <summary>The branch has the served commit in its history, and more.</summary>
    BranchAhead,

    /// <summary>The served commit has the branch in its history, and more.</summary>
    BranchBehind,

    /// <summary>Neither has the other in its history.</summary>
    Diverged,
}

/// <summary>What is to be mended at start: a closed family.</summary>
/// <remarks>
/// The order of a push is branch, journal, swap, answer. So a crash leaves the branch ahead of the journal or both alike;
/// anything else was done by other hands, and is named instead of mended.
/// </remarks>
public abstract record Recovery
{
    private Recovery()
    {
    }

    /// <summary>Neither branch nor journal: a new repository.</summary>
    public sealed record Fresh : Recovery;

    /// <summary>Branch and journal agree; the branch is read once more for what is ignored or degraded.</summary>
    /// <param name="Branch">The commit.</param>
    public sealed record Whole(ObjectId Branch) : Recovery;

    /// <summary>The branch has commits that the journal does not know: a crash before the journal, commits without effect, a push by other means, or a repository without a journal.</summary>
    /// <param name="Branch">The commit to follow; an entry is appended if what is served changes.</param>
    public sealed record FollowBranch(ObjectId Branch) : Recovery;

    /// <summary>The served version is not in the branch's history: what was served stays served until somebody pushes.</summary>
    /// <param name="Reason">One line for the log, the health check and the status page.</param>
    public sealed record KeepServed(string Reason) : Recovery;

    /// <summary>Decides.</summary>
    /// <param name="branch">What the served branch names; zero when there is no such branch.</param>
    /// <param name="journal">The journal as it was read.</param>
    /// <param name="rewriteAllowed"><c>--allow-force</c>: a rewritten branch is followed.</param>
    /// <param name="compare">How the first commit stands to the second; asked only when both are there and differ.</param>
    public static Recovery Decide(ObjectId branch, Journal journal, bool rewriteAllowed, Func<ObjectId, ObjectId, Ancestry> compare)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(compare);
        if (branch.IsZero)
            return journal.Tip.IsZero ? new Fresh() : new KeepServed($"the served branch is gone; commit {journal.ServedCommit} stays served; push it again");
        if (journal.Tip.IsZero)
            return new FollowBranch(branch);
        if (branch == journal.ServedCommit)
            return new Whole(branch);
        return compare(branch, journal.ServedCommit) switch
        {
            Ancestry.Same => new Whole(branch),
            Ancestry.BranchAhead => new FollowBranch(branch),
            Ancestry.Diverged when rewriteAllowed => new FollowBranch(branch),
            Ancestry.BranchBehind => new KeepServed($"the branch is at {branch}, behind {journal.ServedCommit}, which stays served; push the newer commit, or a commit on top of the older one"),
            Ancestry.Diverged => new KeepServed($"the branch is at {branch}, and does not contain {journal.ServedCommit}, which stays served; push a commit, or start with --allow-force"),
        };
    }
}
