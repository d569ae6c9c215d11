using Riad.Git.History;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Serving;

/// <summary>Compares two commits by their histories.</summary>
public static class CommitRelation
{
    private const int MaxCommits = 1_000_000;

    /// <summary>How <paramref name="branch"/> stands to <paramref name="served"/>.</summary>
    /// <remarks>Reads at most a million commits of each history. A commit that is not in the store has no history.</remarks>
    public static Ancestry Compare(IObjectStore store, ObjectId branch, ObjectId served)
    {
        if (branch == served)
            return Ancestry.Same;
        if (CommitHistory.IsAncestor(store, served, branch, MaxCommits))
            return Ancestry.BranchAhead;
        return CommitHistory.IsAncestor(store, branch, served, MaxCommits) ? Ancestry.BranchBehind : Ancestry.Diverged;
    }
}
