using System.Collections.Immutable;
using Riad.Git.Objects;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Remotes;

/// <summary>What a remote has, and what of it was new here. Dispose it: what was not promoted is removed.</summary>
/// <param name="refs">What the remote's refs name, of those that were asked for.</param>
/// <param name="repository">Where it was fetched to.</param>
/// <param name="quarantine">The new objects, checked, and with everything that they need; null when nothing was new.</param>
public sealed class RemoteFetch(ImmutableArray<ListedRef> refs, Repository repository, Quarantine? quarantine) : IDisposable
{
    /// <summary>What a ref names at the remote; the zero id when it is not there.</summary>
    public ObjectId Find(string name) => refs.FirstOrDefault(listed => string.Equals(listed.Name, name, StringComparison.Ordinal)).Id;

    /// <summary>True when new objects came.</summary>
    public bool HasNews => quarantine is not null;

    /// <summary>The objects of the repository and the new ones.</summary>
    public IObjectStore Objects => quarantine is null ? repository : quarantine;

    /// <summary>Moves the new objects into the repository, durably; update refs next, then dispose.</summary>
    public void Promote() => quarantine?.Promote();

    /// <inheritdoc/>
    public void Dispose() => quarantine?.Dispose();
}
