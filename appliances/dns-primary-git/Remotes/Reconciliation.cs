using Riad.Git.Objects;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What becomes of this repository's refs once those of the remote are known.</summary>
/// <param name="Here">What they are to be here.</param>
/// <param name="Obstacle">Why neither side may change until somebody decides; null when all is well.</param>
/// <remarks>
/// Pure. The remote's branch is the truth: what it has more is taken, what it lacks is given. Nothing of ours is thrown away
/// and nothing is forced upon it. Docs: docs/decisions/0007-git-remote.md.
/// </remarks>
internal sealed record Reconciliation(RemoteRefs Here, string? Obstacle)
{
    /// <summary>Decides.</summary>
    /// <param name="here">This repository.</param>
    /// <param name="there">The remote, now.</param>
    /// <param name="known">The remote, when it was last known to agree with what was here.</param>
    /// <param name="rewriteAllowed"><c>--allow-force</c>: a rewritten branch is followed, unless commits of ours would be lost.</param>
    /// <param name="compare">How the first commit stands to the second; asked only when both are there and differ.</param>
    public static Reconciliation Decide(RemoteRefs here, RemoteRefs there, RemoteRefs known, bool rewriteAllowed, Func<ObjectId, ObjectId, Ancestry> compare)
    {
        var (branch, branchObstacle) = DecideBranch(here.Branch, there.Branch, known.Branch, rewriteAllowed, compare);
        var (journal, journalObstacle) = DecideJournal(here.Journal, there.Journal, compare);
        return (branchObstacle ?? journalObstacle) is { } obstacle ? new(here, obstacle) : new(new(branch, journal), Obstacle: null);
    }

    private static (ObjectId Branch, string? Obstacle) DecideBranch(ObjectId here, ObjectId there, ObjectId known, bool rewriteAllowed, Func<ObjectId, ObjectId, Ancestry> compare)
    {
        if (there.IsZero)
            return (here, known.IsZero ? null : $"the branch is gone at the remote, where it was at {known}; push it there again");
        if (here.IsZero || here == there)
            return (there, null);
        switch (compare(there, here))
        {
            case Ancestry.Same or Ancestry.BranchAhead:
                return (there, null);
            // Commits of ours that the remote lacks, unless it had them and was set back.
            case Ancestry.BranchBehind when known.IsZero || known == there || compare(known, there) is not Ancestry.BranchAhead:
                return (here, null);
        }
        // Nothing that is only here would be lost.
        var isAllThere = !known.IsZero && (here == known || compare(known, here) is Ancestry.BranchAhead);
        if (isAllThere && rewriteAllowed)
            return (there, null);
        return (here, isAllThere
            ? $"the remote's branch was rewritten: {there} does not contain {here}, which stays served; push a commit there that does, or start with --allow-force"
            : $"the remote is at {there}, and this server has commits up to {here} that it lacks; pull both, merge, and push the result here");
    }

    private static (ObjectId Journal, string? Obstacle) DecideJournal(ObjectId here, ObjectId there, Func<ObjectId, ObjectId, Ancestry> compare)
    {
        if (there.IsZero || here == there)
            return (here, null);
        if (here.IsZero)
            return (there, null);
        return compare(there, here) switch
        {
            Ancestry.Same or Ancestry.BranchAhead => (there, null),
            Ancestry.BranchBehind => (here, null),
            Ancestry.Diverged => (here, $"the remote's journal is at {there} and goes another way than {here} here: another server writes it; stop that one, or give each its own remote"),
        };
    }
}
