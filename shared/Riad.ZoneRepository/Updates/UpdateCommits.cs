using Riad.Git.Objects;

namespace Riad.ZoneRepository.Updates;

/// <summary>Tells commits of updates from those of people.</summary>
public static class UpdateCommits
{
    /// <summary>True for a commit that an update made: its message ends in the trailers of one.</summary>
    public static bool IsUpdate(IObjectStore store, ObjectId id)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Commit
            && Commit.TryParse(content, out var commit, out _) && commit.Message.Contains($"\n{UpdateWords.ClientTrailer}: ", StringComparison.Ordinal);
    }
}
