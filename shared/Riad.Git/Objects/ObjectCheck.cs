namespace Riad.Git.Objects;

/// <summary>Tells whether an object that somebody sent is well-formed, as strictly as <c>git fsck --strict</c>.</summary>
/// <remarks>Pure, allocates nothing. Source: git-fsck(1), "FSCK MESSAGES".</remarks>
public static class ObjectCheck
{
    /// <summary>Checks the content of an object.</summary>
    /// <param name="kind">What it is said to be. A blob is always well-formed.</param>
    /// <param name="content">Without the header.</param>
    /// <param name="error">The first fault.</param>
    public static bool TryCheck(ObjectKind kind, ReadOnlySpan<byte> content, out ObjectError error)
    {
        error = kind switch
        {
            ObjectKind.Commit => CheckCommit(content),
            ObjectKind.Tree => TreeCheck.Check(content),
            ObjectKind.Blob => default,
            ObjectKind.Tag => CheckTag(content),
        };
        return error.Fault is ObjectFault.None;
    }

    private static ObjectError CheckCommit(ReadOnlySpan<byte> content)
    {
        if (CheckHeader(content) is { Fault: not ObjectFault.None } header)
            return header;
        var lines = new HeaderLines(content);
        if (!lines.TryTake("tree"u8, out var tree))
            return new(ObjectFault.MissingTree, lines.Position);
        if (!IsId(content[tree]))
            return new(ObjectFault.BadTreeSha1, tree.Start.Value);
        while (lines.TryTake("parent"u8, out var parent))
        {
            if (!IsId(content[parent]))
                return new(ObjectFault.BadParentSha1, parent.Start.Value);
        }
        if (!lines.TryTake("author"u8, out var author))
            return new(ObjectFault.MissingAuthor, lines.Position);
        if (SignatureCheck.Check(content, author) is { Fault: not ObjectFault.None } badAuthor)
            return badAuthor;
        if (lines.TryTake("author"u8, out var second))
            return new(ObjectFault.MultipleAuthors, second.Start.Value);
        if (!lines.TryTake("committer"u8, out var committer))
            return new(ObjectFault.MissingCommitter, lines.Position);
        if (SignatureCheck.Check(content, committer) is { Fault: not ObjectFault.None } badCommitter)
            return badCommitter;
        var zero = content.IndexOf((byte)0);
        return zero < 0 ? default : new(ObjectFault.NulInCommit, zero);
    }

    private static ObjectError CheckTag(ReadOnlySpan<byte> content)
    {
        if (CheckHeader(content) is { Fault: not ObjectFault.None } header)
            return header;
        var lines = new HeaderLines(content);
        if (!lines.TryTake("object"u8, out var target))
            return new(ObjectFault.MissingObject, lines.Position);
        if (!IsId(content[target]))
            return new(ObjectFault.BadObjectSha1, target.Start.Value);
        if (!lines.TryTake("type"u8, out var type))
            return new(ObjectFault.MissingTypeEntry, lines.Position);
        if (!ObjectKinds.TryParse(content[type], out _))
            return new(ObjectFault.BadType, type.Start.Value);
        if (!lines.TryTake("tag"u8, out var name))
            return new(ObjectFault.MissingTagEntry, lines.Position);
        if (content[name].IsEmpty)
            return new(ObjectFault.BadTagName, name.Start.Value);
        return lines.TryTake("tagger"u8, out var tagger) ? SignatureCheck.Check(content, tagger) : default;
    }

    /// <summary>The header must end, with an empty line or with the object, and have no zero octet.</summary>
    private static ObjectError CheckHeader(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf("\n\n"u8);
        var zero = content[..(end < 0 ? content.Length : end)].IndexOf((byte)0);
        if (zero >= 0)
            return new(ObjectFault.NulInHeader, zero);
        return end >= 0 || content is [.., (byte)'\n'] ? default : new(ObjectFault.UnterminatedHeader, content.Length);
    }

    private static bool IsId(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyInRange((byte)'A', (byte)'F') < 0 && ObjectId.TryParse(text, out _);
}
