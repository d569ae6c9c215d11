namespace Riad.DnsPrimaryGit.Serving;

/// <summary>What the operator decided about the served branch.</summary>
/// <param name="Branch">Its name without <c>refs/heads/</c>.</param>
/// <param name="StrictSerials"><c>--serial strict</c>.</param>
/// <param name="AllowForce"><c>--allow-force</c>.</param>
internal sealed record KeeperOptions(string Branch, bool StrictSerials, bool AllowForce)
{
    /// <summary>The branch's whole name.</summary>
    public string BranchRef => $"refs/heads/{Branch}";
}
