using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.ZoneRepository.Updates;

/// <summary>Blobs that an update made. Mutable.</summary>
internal sealed class NewVersions
{
    private readonly List<GitObject> whole = [];
    private readonly List<ObjectDelta> deltas = [];

    public IReadOnlyList<GitObject> Whole => whole;

    public IReadOnlyList<ObjectDelta> Deltas => deltas;

    public void Add(GitObject version) => whole.Add(version);

    public void Add(ObjectDelta version) => deltas.Add(version);
}
