using System.Buffers.Text;
using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>What a walk through history needs of a commit, and nothing that has to be decoded.</summary>
internal sealed class CommitLinks
{
    private CommitLinks(ObjectId tree, ImmutableArray<ObjectId> parents, long seconds) => (Tree, Parents, Seconds) = (tree, parents, seconds);

    public ObjectId Tree { get; }
    public ImmutableArray<ObjectId> Parents { get; }

    /// <summary>When it was committed, in seconds since 1970; 0 when it does not say.</summary>
    public long Seconds { get; }

    public static bool TryParse(ReadOnlySpan<byte> content, out CommitLinks? links)
    {
        links = null;
        if (!TryTake(ref content, "tree "u8, out var tree))
            return false;
        var parents = ImmutableArray.CreateBuilder<ObjectId>(1);
        while (TryTake(ref content, "parent "u8, out var parent))
            parents.Add(parent);
        links = new(tree, parents.DrainToImmutable(), CommitterSeconds(content));
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> content, ReadOnlySpan<byte> word, out ObjectId id)
    {
        id = default;
        var length = word.Length + ObjectId.HexLength;
        if (content.Length <= length || !content.StartsWith(word) || content[length] != '\n' || !ObjectId.TryParse(content[word.Length..length], out id))
            return false;
        content = content[(length + 1)..];
        return true;
    }

    private static long CommitterSeconds(ReadOnlySpan<byte> content)
    {
        while (content.IndexOf((byte)'\n') is var end and > 0)
        {
            var line = content[..end];
            if (line.StartsWith("committer "u8))
                return Utf8Parser.TryParse(line[(line.LastIndexOf((byte)'>') + 1)..].TrimStart((byte)' '), out long seconds, out _) ? seconds : 0;
            content = content[(end + 1)..];
        }
        return 0;
    }
}
