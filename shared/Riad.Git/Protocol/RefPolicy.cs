using Riad.Git.History;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Which changes of refs a push may make.</summary>
/// <param name="ServedBranch">The whole name of the branch that is protected, such as <c>refs/heads/main</c>.</param>
/// <param name="AllowForce">The served branch may be rewritten and deleted.</param>
/// <remarks>A pure decision: what a name is now, and whether history grows, come in as arguments.</remarks>
public sealed record RefPolicy(string ServedBranch, bool AllowForce)
{
    /// <summary>Refs under this are the server's own: to be read, not to be written.</summary>
    public const string ReservedPrefix = "refs/riad/";

    /// <summary>Why a change is refused, in words for the person who pushed; null when it is allowed.</summary>
    /// <param name="command">The change.</param>
    /// <param name="current">What the ref names now; zero when it does not exist.</param>
    /// <param name="store">The objects of the repository and of the push.</param>
    public string? FindRefusal(RefCommand command, ObjectId current, IObjectStore store)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(store);
        if (command.Name.StartsWith(ReservedPrefix, StringComparison.Ordinal))
            return $"{ReservedPrefix} belongs to the server: it can be fetched, not pushed";
        if (!RefName.IsValid(command.Name))
            return "funny refname";
        if (command.Old != current)
            return current.IsZero ? "the ref does not exist any more: fetch first" : "the ref has moved meanwhile: fetch first";
        if (command.IsDeletion)
            return IsProtected(command.Name) ? $"{ServedBranch} is served and cannot be deleted" : null;
        return FindContentRefusal(command, store);
    }

    private string? FindContentRefusal(RefCommand command, IObjectStore store)
    {
        var isBranch = command.Name.StartsWith("refs/heads/", StringComparison.Ordinal);
        if (!store.TryReadHeader(command.New, out var kind, out _))
            return "missing necessary objects";
        if (isBranch && kind is not ObjectKind.Commit)
            return "a branch names a commit, and this is none";
        if (IsProtected(command.Name) && !command.Old.IsZero && !CommitHistory.IsAncestor(store, command.Old, command.New, int.MaxValue))
            return "non-fast-forward: this would rewrite served history (fetch and merge or rebase first)";
        return null;
    }

    private bool IsProtected(string name) => !AllowForce && string.Equals(name, ServedBranch, StringComparison.Ordinal);
}
