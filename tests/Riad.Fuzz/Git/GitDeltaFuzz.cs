using Riad.Git.Packs;

namespace Riad.Fuzz.Git;

/// <summary>A delta applies or does not; one that is made from the octets gives them back.</summary>
internal sealed class GitDeltaFuzz : IFuzzTarget
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(index => (byte)(index % 37))];

    public string Name => "git-delta";

    public IEnumerable<byte[]> Seeds => [[100, 21, 0x90, 20, 1, 33], [100, 50, 0x91, 3, 50], Content];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (Delta.TryReadLengths(octets, out _, out var length, out _) && length < 1 << 16)
            _ = Delta.TryApply(Content, octets, new byte[(int)length]);
        var result = new byte[octets.Length];
        if (!DeltaWriter.TryCreate(Content, octets, int.MaxValue, out var delta) || !Delta.TryApply(Content, delta.Span, result) || !octets.SequenceEqual(result))
            throw new InvalidOperationException("a delta does not give back what it was made from");
    }
}
