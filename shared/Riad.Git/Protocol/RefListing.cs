using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>One ref as clients see it.</summary>
/// <param name="Name">The whole name, such as <c>refs/heads/main</c>.</param>
/// <param name="Id">What it names.</param>
/// <param name="Peeled">What an annotated tag finally names; the zero id when <paramref name="Id"/> is no tag.</param>
public readonly record struct ListedRef(string Name, ObjectId Id, ObjectId Peeled);

/// <summary>All refs of a repository at one moment, as clients see them.</summary>
public sealed class RefListing
{
    private RefListing(string? headTarget, ObjectId headId, ImmutableArray<ListedRef> refs) =>
        (HeadTarget, HeadId, Refs) = (headTarget, headId, refs);

    /// <summary>The branch that HEAD names, born or not; null when HEAD names a commit itself.</summary>
    public string? HeadTarget { get; }

    /// <summary>The commit of HEAD; the zero id while its branch is unborn.</summary>
    public ObjectId HeadId { get; }

    /// <summary>In octet order of the names.</summary>
    public ImmutableArray<ListedRef> Refs { get; }

    /// <summary>A repository whose HEAD names a branch.</summary>
    public static RefListing Create(string headTarget, IEnumerable<ListedRef> refs)
    {
        var sorted = Sort(refs);
        return new(headTarget, sorted.FirstOrDefault(listed => string.Equals(listed.Name, headTarget, StringComparison.Ordinal)).Id, sorted);
    }

    /// <summary>A repository whose HEAD names a commit.</summary>
    public static RefListing CreateDetached(ObjectId headId, IEnumerable<ListedRef> refs) => new(headTarget: null, headId, Sort(refs));

    private static ImmutableArray<ListedRef> Sort(IEnumerable<ListedRef> refs) =>
        [.. refs.OrderBy(listed => listed.Name, StringComparer.Ordinal)];
}
