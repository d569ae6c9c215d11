using Riad.Git.Io.Storage;
using Riad.Git.Objects;

namespace Riad.Git.Io;

/// <summary>What a hook of a repository sees: its objects, and those that git keeps apart until the hook has agreed.</summary>
/// <remarks>Source: git-receive-pack(1), "Quarantine Environment".</remarks>
public sealed class HookObjects : IObjectStore
{
    private readonly Repository repository;
    private readonly ObjectDatabase incoming;

    private HookObjects(Repository repository, ObjectDatabase incoming) => (this.repository, this.incoming) = (repository, incoming);

    /// <summary>Opens both.</summary>
    /// <param name="repository">The repository of the hook.</param>
    /// <param name="incomingFolder">GIT_OBJECT_DIRECTORY of the hook's environment; null when git keeps nothing apart.</param>
    public static IObjectStore Open(Repository repository, string? incomingFolder)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return incomingFolder is null ? repository : new HookObjects(repository, new(Path.GetFullPath(incomingFolder, repository.Path)));
    }

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) =>
        incoming.TryRead(id, out kind, out content) || repository.TryRead(id, out kind, out content);

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) =>
        incoming.TryReadHeader(id, out kind, out octets) || repository.TryReadHeader(id, out kind, out octets);

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => incoming.Contains(id) || repository.Contains(id);
}
