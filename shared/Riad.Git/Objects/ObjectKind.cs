namespace Riad.Git.Objects;

/// <summary>The four kinds of object. The numbers are those of pack entries.</summary>
/// <remarks>Source: gitformat-pack(5).</remarks>
public enum ObjectKind
{
    /// <summary>A commit: a tree, its parents, who and when, and a message.</summary>
    Commit = 1,

    /// <summary>A folder: names with modes and ids.</summary>
    Tree = 2,

    /// <summary>The content of a file.</summary>
    Blob = 3,

    /// <summary>An annotated tag: a name, a message and the id of another object.</summary>
    Tag = 4,
}

/// <summary>The words for <see cref="ObjectKind"/> in object headers.</summary>
public static class ObjectKinds
{
    /// <summary>The word that stands in headers: <c>commit</c>, <c>tree</c>, <c>blob</c> or <c>tag</c>.</summary>
    public static ReadOnlySpan<byte> Word(this ObjectKind kind) => kind switch
    {
        ObjectKind.Commit => "commit"u8,
        ObjectKind.Tree => "tree"u8,
        ObjectKind.Blob => "blob"u8,
        ObjectKind.Tag => "tag"u8,
    };

    /// <summary>Finds the kind that <paramref name="word"/> names.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out ObjectKind kind)
    {
        foreach (var candidate in (ReadOnlySpan<ObjectKind>)[ObjectKind.Commit, ObjectKind.Tree, ObjectKind.Blob, ObjectKind.Tag])
        {
            if (!word.SequenceEqual(candidate.Word()))
                continue;
            kind = candidate;
            return true;
        }
        kind = default;
        return false;
    }
}
