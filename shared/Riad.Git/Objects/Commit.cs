using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Git.Objects;

/// <summary>A commit: a tree, the commits before it, who and when, and why.</summary>
/// <remarks>Source: gitformat-commit as written by git-commit-tree(1).</remarks>
public sealed class Commit
{
    private readonly ReadOnlyMemory<byte> octets;
    private readonly Range extraHeaders;
    private readonly Range message;

    private Commit(ReadOnlyMemory<byte> octets, ObjectId tree, ImmutableArray<ObjectId> parents, Signature author, Signature committer, Range extraHeaders, Range message)
    {
        (this.octets, this.extraHeaders, this.message) = (octets, extraHeaders, message);
        (Tree, Parents, Author, Committer) = (tree, parents, author, committer);
    }

    /// <summary>The root folder.</summary>
    public ObjectId Tree { get; }

    /// <summary>The commits before it, the branch's own first. Empty for the first commit.</summary>
    public ImmutableArray<ObjectId> Parents { get; }

    /// <summary>Who wrote the change.</summary>
    public Signature Author { get; }

    /// <summary>Who made the commit.</summary>
    public Signature Committer { get; }

    /// <summary>Header lines after the committer's, whole (<c>encoding</c>, <c>gpgsig</c>, ...). Usually empty.</summary>
    public ReadOnlySpan<byte> ExtraHeaders => octets.Span[extraHeaders];

    /// <summary>The message; octets that are not UTF-8 appear as U+FFFD.</summary>
    public string Message => Encoding.UTF8.GetString(octets.Span[message]);

    /// <summary>The first line of the message.</summary>
    public string Subject => Message.TrimStart('\n').Split('\n', 2)[0];

    /// <summary>The exact content of the object.</summary>
    public ReadOnlyMemory<byte> Octets => octets;

    /// <summary>Makes a commit.</summary>
    /// <param name="tree">The root folder.</param>
    /// <param name="parents">The commits before it.</param>
    /// <param name="author">Who wrote the change.</param>
    /// <param name="committer">Who makes the commit.</param>
    /// <param name="message">Written as UTF-8; a line end is added when there is none. Zeros are dropped.</param>
    public static Commit Create(ObjectId tree, ImmutableArray<ObjectId> parents, Signature author, Signature committer, string message)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(committer);
        ArgumentNullException.ThrowIfNull(message);
        var text = new StringBuilder().Append("tree ").Append(tree).Append('\n');
        foreach (var parent in parents)
            text.Append("parent ").Append(parent).Append('\n');
        var clean = message.Replace("\0", "", StringComparison.Ordinal);
        byte[] content =
        [
            .. Encoding.UTF8.GetBytes(text.ToString()),
            .. "author "u8, .. author.Octets, (byte)'\n',
            .. "committer "u8, .. committer.Octets, (byte)'\n', (byte)'\n',
            .. Encoding.UTF8.GetBytes(clean.EndsWith('\n') ? clean : clean + "\n"),
        ];
        var headerEnd = content.AsSpan().IndexOf("\n\n"u8) + 1;
        return new(content, tree, parents, author, committer, headerEnd..headerEnd, (headerEnd + 1)..content.Length);
    }

    /// <summary>Reads a commit from its content.</summary>
    /// <param name="content">Kept, not copied.</param>
    /// <param name="commit">Null when false is returned.</param>
    /// <param name="error">The first fault.</param>
    /// <remarks>Takes whatever git can read, for history is as it is; <see cref="ObjectCheck"/> is strict.</remarks>
    public static bool TryParse(ReadOnlyMemory<byte> content, [NotNullWhen(true)] out Commit? commit, out ObjectError error)
    {
        commit = null;
        var span = content.Span;
        var lines = new HeaderLines(span);
        if (!lines.TryTake("tree"u8, out var treeText))
            return Fail(ObjectFault.MissingTree, lines.Position, out error);
        if (!ObjectId.TryParse(span[treeText], out var tree))
            return Fail(ObjectFault.BadTreeSha1, treeText.Start.Value, out error);
        var parents = ImmutableArray.CreateBuilder<ObjectId>(1);
        while (lines.TryTake("parent"u8, out var parentText))
        {
            if (!ObjectId.TryParse(span[parentText], out var parent))
                return Fail(ObjectFault.BadParentSha1, parentText.Start.Value, out error);
            parents.Add(parent);
        }
        if (!lines.TryTake("author"u8, out var authorText))
            return Fail(ObjectFault.MissingAuthor, lines.Position, out error);
        if (!Signature.TryParse(content[authorText], out var author, out error))
            return Fail(error.Fault, authorText.Start.Value + error.Offset, out error);
        if (!lines.TryTake("committer"u8, out var committerText))
            return Fail(ObjectFault.MissingCommitter, lines.Position, out error);
        if (!Signature.TryParse(content[committerText], out var committer, out error))
            return Fail(error.Fault, committerText.Start.Value + error.Offset, out error);
        var extra = lines.TakeRest();
        commit = new(content, tree, parents.DrainToImmutable(), author, committer, extra, Math.Min(lines.Position + 1, content.Length)..content.Length);
        return true;
    }

    private static bool Fail(ObjectFault fault, int offset, out ObjectError error)
    {
        error = new(fault, offset);
        return false;
    }
}
