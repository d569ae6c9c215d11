using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Fuzz.Git;

/// <summary>An index that opens can be asked for everything.</summary>
internal sealed class GitIndexFuzz : IFuzzTarget
{
    public string Name => "git-index";

    public IEnumerable<byte[]> Seeds =>
    [
        PackIndexWriter.Write([new(ObjectHash.Compute(ObjectKind.Blob, [1]), 12, 1), new(ObjectHash.Compute(ObjectKind.Blob, [2]), 1L << 33, 2)], default),
        PackIndexWriter.Write([], default),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!PackIndex.TryOpen(octets.ToArray(), out var index))
            return;
        for (var position = 0; position < Math.Min(index.Count, 100); position++)
        {
            _ = (index.OffsetAt(position), index.ChecksumAt(position));
            _ = index.TryFind(index.IdAt(position), out _);
        }
    }
}
