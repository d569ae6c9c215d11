using Riad.Git.Objects;

namespace Riad.Fuzz.Git;

/// <summary>What passes the strict check can be read, and keeps its octets.</summary>
internal sealed class GitObjectFuzz : IFuzzTarget
{
    public string Name => "git-object";

    public IEnumerable<byte[]> Seeds =>
    [
        [.. "100644 a\0"u8, .. new byte[20], .. "40000 b\0"u8, .. Enumerable.Repeat((byte)1, 20)],
        [.. "120000 .gitmodules\0"u8, .. Enumerable.Repeat((byte)1, 20)],
        [.. "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n"u8],
        [.. "object 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ntype tree\ntag v1\ntagger A <a@b> 1 +0000\n\nx\n"u8],
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var content = octets.ToArray();
        if (Tree.TryParse(content, out var tree, out _) && !tree.Octets.Span.SequenceEqual(content))
            throw new InvalidOperationException("a tree lost its octets");
        _ = Commit.TryParse(content, out var commit, out _);
        _ = (commit?.Subject, commit?.Author.Time, commit?.Committer.ToString());
        _ = Tag.TryParse(content, out var tag, out _);
        _ = tag?.Message;
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            if (!ObjectCheck.TryCheck(kind, content, out var error))
                _ = error.ToString();
            else if ((kind is ObjectKind.Tree && tree is null) || (kind is ObjectKind.Commit && commit is null) || (kind is ObjectKind.Tag && tag is null))
                throw new InvalidOperationException($"a {kind} passed the check and cannot be read");
        }
    }
}
