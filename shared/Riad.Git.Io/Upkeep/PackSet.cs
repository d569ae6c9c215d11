using Riad.Git.Io.Storage;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Upkeep;

/// <summary>Some packs and the loose objects, as the source of the pack that takes their place.</summary>
/// <remarks>Compressed forms come from these packs only: a delta from another pack could have its base there.</remarks>
internal sealed class PackSet(Repository repository, IReadOnlyCollection<PackFile> packs) : IPackSource
{
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        foreach (var pack in packs)
        {
            if (pack.TryRead(id, out kind, out content))
                return true;
        }
        return repository.TryRead(id, out kind, out content);
    }

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        foreach (var pack in packs)
        {
            if (pack.TryReadHeader(id, out kind, out octets))
                return true;
        }
        return repository.TryReadHeader(id, out kind, out octets);
    }

    /// <summary>The shortest form that any of the packs has.</summary>
    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        stored = default;
        var found = false;
        foreach (var pack in packs)
        {
            if (!pack.TryReadStored(id, out var candidate) || (found && candidate.Compressed.Length >= stored.Compressed.Length))
                continue;
            stored = candidate;
            found = true;
        }
        return found;
    }

    public bool Contains(ObjectId id) => repository.Contains(id);
}
