using Riad.Git.Objects;

namespace Riad.Git.Trees;

/// <summary>Finds what a path names.</summary>
public static class TreePath
{
    /// <summary>Reads a tree; null when it is missing, is no tree or cannot be read.</summary>
    public static Tree? TryReadTree(IObjectStore store, ObjectId id)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Tree && Tree.TryParse(content, out var tree, out _) ? tree : null;
    }

    /// <summary>Finds the entry of a path.</summary>
    /// <param name="store">Where the trees are.</param>
    /// <param name="root">The tree to begin at.</param>
    /// <param name="path">Names with <c>/</c> between them, without one at either end. Compared octet by octet, as UTF-8.</param>
    /// <returns>Null when there is none. Links and submodules are not followed.</returns>
    public static TreeEntry? Find(IObjectStore store, ObjectId root, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        TreeEntry? entry = null;
        foreach (var name in path.Split('/'))
        {
            if (entry is not null && !entry.IsDirectory)
                return null;
            entry = TryReadTree(store, entry?.Id ?? root)?.Find(name);
            if (entry is null)
                return null;
        }
        return entry;
    }
}
