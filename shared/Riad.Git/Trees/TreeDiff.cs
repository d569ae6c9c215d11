using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Trees;

/// <summary>A path that two trees disagree on. Never a folder: what lies in it is listed.</summary>
/// <param name="Path">Names with <c>/</c> between them.</param>
/// <param name="Before">Null when the path was added.</param>
/// <param name="After">Null when the path was removed.</param>
public sealed record TreeChange(string Path, TreeEntry? Before, TreeEntry? After);

/// <summary>Compares trees.</summary>
public static class TreeDiff
{
    private const int DeepestFolder = 512;

    /// <summary>Lists the paths that two trees disagree on, in the order of the trees.</summary>
    /// <param name="store">Where the trees are.</param>
    /// <param name="before">The zero id for nothing.</param>
    /// <param name="after">The zero id for nothing.</param>
    /// <remarks>
    /// Lazy. Folders that are equal are not read. A file that becomes a folder is removed, and what is in the folder added.
    /// Folders that are missing or nested deeper than 512 count as empty.
    /// </remarks>
    public static IEnumerable<TreeChange> Compare(IObjectStore store, ObjectId before, ObjectId after)
    {
        var pending = new Stack<IEnumerator<(string Path, TreeEntry? Before, TreeEntry? After)>>();
        pending.Push(Pairs(store, "", before, after).GetEnumerator());
        while (pending.TryPeek(out var level))
        {
            if (!level.MoveNext())
            {
                pending.Pop().Dispose();
                continue;
            }
            var (path, old, now) = level.Current;
            if ((old ?? now)!.IsDirectory)
            {
                if (pending.Count < DeepestFolder)
                    pending.Push(Pairs(store, path + "/", old?.Id ?? default, now?.Id ?? default).GetEnumerator());
                continue;
            }
            yield return new(path, old, now);
        }
    }

    /// <summary>Merges the entries of two folders by name; a folder and a file of one name are two pairs.</summary>
    private static IEnumerable<(string Path, TreeEntry? Before, TreeEntry? After)> Pairs(IObjectStore store, string prefix, ObjectId before, ObjectId after)
    {
        if (before == after)
            yield break;
        var (left, right) = (Entries(store, before), Entries(store, after));
        var (leftIndex, rightIndex) = (0, 0);
        while (leftIndex < left.Length || rightIndex < right.Length)
        {
            var order = leftIndex == left.Length ? 1 : rightIndex == right.Length ? -1 : TreeEntry.CompareInTree(left[leftIndex], right[rightIndex]);
            var old = order <= 0 ? left[leftIndex++] : null;
            var now = order >= 0 ? right[rightIndex++] : null;
            if (old is null || now is null || old.Id != now.Id || old.Mode != now.Mode)
                yield return (prefix + (old ?? now)!.Name, old, now);
        }
    }

    private static ImmutableArray<TreeEntry> Entries(IObjectStore store, ObjectId id) =>
        id.IsZero || TreePath.TryReadTree(store, id) is not { } tree ? [] : tree.Entries;
}
