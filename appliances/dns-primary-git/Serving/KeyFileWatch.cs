using Microsoft.Extensions.Logging;
using Riad.Git.Io;
using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Notices a _keys file that came past the server, such as through sshd, while everybody may read.</summary>
/// <param name="repository">What everybody may read.</param>
/// <param name="log">Where it is said when the repository cannot be looked at.</param>
/// <param name="found">Told once, with the commit that holds the file.</param>
internal sealed class KeyFileWatch(Repository repository, ILogger log, Action<ObjectId> found)
{
    private HashSet<ObjectId> known = [];
    private bool isFound;

    /// <summary>Looks at what the refs reach since the last look.</summary>
    public void Look()
    {
        if (isFound)
            return;
        try
        {
            var tips = repository.ReadRefs().Select(tip => tip.Id).ToHashSet();
            if (known.SetEquals(tips))
                return;
            if (KeyFileSearch.Find(repository, tips, known) is { } commit)
            {
                isFound = true;
                found(commit);
            }
            known = tips;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("not looked for key files reason={Reason}", refused.Message);
        }
    }
}
