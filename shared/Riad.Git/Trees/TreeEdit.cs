using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Trees;

/// <summary>What a path shall name.</summary>
/// <param name="Path">Names with <c>/</c> between them, without one at either end.</param>
/// <param name="Mode">What it shall be; not a folder. Ignored when the path is removed.</param>
/// <param name="Id">The blob; the zero id removes the path.</param>
public sealed record PathEdit(string Path, EntryMode Mode, ObjectId Id);

/// <summary>A changed tree: its root and the trees that are new.</summary>
/// <param name="Root">The new root; it may be an old tree.</param>
/// <param name="NewTrees">What has to be stored, inner ones first.</param>
public sealed record EditedTree(ObjectId Root, ImmutableArray<GitObject> NewTrees);

/// <summary>Changes trees by path. The old ones stay as they are.</summary>
public static class TreeEdit
{
    /// <summary>Applies edits to a tree.</summary>
    /// <param name="store">Where the trees are.</param>
    /// <param name="root">What to change; the zero id for nothing.</param>
    /// <param name="edits">No path twice. Folders are made as needed, and go when nothing is left in them.</param>
    /// <param name="edited">Null when false is returned.</param>
    /// <param name="error">A name that is not allowed, or <see cref="ObjectFault.BadTree"/> for a tree that is missing.</param>
    /// <remarks>A file in the place of a needed folder is replaced by it, and the other way round.</remarks>
    public static bool TryApply(IObjectStore store, ObjectId root, IEnumerable<PathEdit> edits, [NotNullWhen(true)] out EditedTree? edited, out ObjectError error)
    {
        var newTrees = ImmutableArray.CreateBuilder<GitObject>();
        edited = null;
        if (!TryFolder(store, root, [.. edits.Select(edit => (edit, edit.Path.Split('/')))], depth: 0, newTrees, out var changed, out error))
            return false;
        // An empty root is a tree like any other; only empty folders go.
        if (changed.IsZero)
        {
            var empty = GitObject.Create(ObjectKind.Tree, default);
            newTrees.Add(empty);
            changed = empty.Id;
        }
        edited = new(changed, newTrees.DrainToImmutable());
        return true;
    }

    private static bool TryFolder(
        IObjectStore store, ObjectId folder, IReadOnlyCollection<(PathEdit Edit, string[] Names)> edits, int depth,
        ImmutableArray<GitObject>.Builder newTrees, out ObjectId changed, out ObjectError error)
    {
        changed = folder;
        error = new(ObjectFault.BadTree, 0);
        if (!folder.IsZero && TreePath.TryReadTree(store, folder) is null)
            return false;
        var entries = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        foreach (var entry in (folder.IsZero ? Tree.Empty : TreePath.TryReadTree(store, folder)!).Entries)
            entries[Key(entry.NameOctets)] = entry;
        foreach (var group in edits.GroupBy(edit => edit.Names[depth], StringComparer.Ordinal))
        {
            var name = group.Key;
            var inner = group.Where(edit => edit.Names.Length > depth + 1).ToArray();
            foreach (var (edit, _) in group.Where(edit => edit.Names.Length == depth + 1))
                Set(entries, name, edit.Mode, edit.Id);
            if (inner.Length == 0)
                continue;
            var old = entries.GetValueOrDefault(Key(Encoding.UTF8.GetBytes(name)));
            if (old is { IsDirectory: false } && inner.All(edit => edit.Edit.Id.IsZero))
                continue;
            if (!TryFolder(store, old is { IsDirectory: true } ? old.Id : default, inner, depth + 1, newTrees, out var innerId, out error))
                return false;
            Set(entries, name, EntryMode.Directory, innerId);
        }
        return TryStore(entries, newTrees, folder, out changed, out error);
    }

    private static void Set(Dictionary<string, TreeEntry> entries, string name, EntryMode mode, ObjectId id)
    {
        var entry = TreeEntry.Create(mode, name, id);
        if (id.IsZero)
            _ = entries.Remove(Key(entry.NameOctets));
        else
            entries[Key(entry.NameOctets)] = entry;
    }

    // One character for each octet: names that are not UTF-8 stay apart.
    private static string Key(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);

    private static bool TryStore(Dictionary<string, TreeEntry> entries, ImmutableArray<GitObject>.Builder newTrees, ObjectId old, out ObjectId changed, out ObjectError error)
    {
        changed = default;
        error = default;
        if (entries.Count == 0)
            return true;
        if (!Tree.TryCreate(entries.Values, out var tree, out error))
            return false;
        var made = GitObject.Create(ObjectKind.Tree, tree.Octets);
        changed = made.Id;
        if (changed != old)
            newTrees.Add(made);
        return true;
    }
}
