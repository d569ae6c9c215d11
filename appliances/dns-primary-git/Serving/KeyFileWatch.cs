using Microsoft.Extensions.Logging;
using Riad.Git.Io;
using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Notices a _keys file that came past the server, such as through sshd or from a remote, while everybody may read. Safe from any thread.</summary>
/// <param name="repository">What everybody may read.</param>
/// <param name="log">Where it is said when the repository cannot be looked at.</param>
internal sealed class KeyFileWatch(Repository repository, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private HashSet<ObjectId> known = [];
    private Action<ObjectId> tell = static _ => { };
    private string? trouble;

    /// <summary>The commit that holds one; null while none was seen. There is no way back: what was public is known.</summary>
    public ObjectId? Found { get; private set; }

    /// <summary>Has somebody told of the commit that holds one: once, and at once where it is known already.</summary>
    public void OnFound(Action<ObjectId> found)
    {
        turn.Wait();
        try
        {
            tell = found;
            if (Found is { } commit)
                found(commit);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks at what the refs reach since the last look.</summary>
    /// <returns>False when that could not be looked at: nobody knows then whether everybody may see it.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            Look(repository, repository.ReadRefs().Select(tip => tip.Id));
            trouble = null;
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Once, and not for each fetch.
            if (trouble != refused.Message)
                log.LogWarning("not looked for key files, so nobody fetches without a name reason={Reason}", refused.Message);
            trouble = refused.Message;
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks at what refs will reach, before they do.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tips">What refs will name; zeros are passed over.</param>
    public void LookAhead(IObjectStore store, IReadOnlyCollection<ObjectId> tips)
    {
        turn.Wait();
        try
        {
            Look(store, known.Concat(tips.Where(tip => !tip.IsZero)));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private void Look(IObjectStore store, IEnumerable<ObjectId> reached)
    {
        var tips = reached.ToHashSet();
        if (Found is not null || known.SetEquals(tips))
            return;
        Found = KeyFileSearch.Find(store, tips, known);
        known = tips;
        if (Found is { } commit)
            tell(commit);
    }
}
