using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Looks for _keys files in histories, in every folder: what --public-read would show to everybody.</summary>
internal static class KeyFileSearch
{
    /// <summary>A commit that holds one, or the object that a ref names instead of a commit; null when none does.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tips">What refs name.</param>
    /// <param name="known">What these reach is passed over.</param>
    public static ObjectId? Find(IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> known)
    {
        var seen = known.ToHashSet();
        var clean = new HashSet<ObjectId>();
        var next = new Stack<ObjectId>(tips);
        while (next.TryPop(out var id))
        {
            if (!seen.Add(id) || !store.TryRead(id, out var kind, out var content))
                continue;
            if (kind is ObjectKind.Tag && Tag.TryParse(content, out var tag, out _))
                next.Push(tag.Target);
            if (kind is ObjectKind.Tree && HoldsKeys(store, id, clean))
                return id;
            if (kind is not ObjectKind.Commit || !Commit.TryParse(content, out var commit, out _))
                continue;
            if (HoldsKeys(store, commit.Tree, clean))
                return id;
            foreach (var parent in commit.Parents)
                next.Push(parent);
        }
        return null;
    }

    /// <summary>Looks into each folder once, however many commits have it.</summary>
    private static bool HoldsKeys(IObjectStore store, ObjectId root, HashSet<ObjectId> clean)
    {
        var folders = new Stack<ObjectId>([root]);
        while (folders.TryPop(out var id))
        {
            if (!clean.Add(id) || !store.TryRead(id, out var kind, out var content) || kind is not ObjectKind.Tree || !Tree.TryParse(content, out var tree, out _))
                continue;
            if (tree.Entries.Any(entry => ZoneFileName.IsKeyFile(ZoneFileName.WithoutSuffix(entry.Name))))
                return true;
            foreach (var folder in tree.Entries.Where(entry => entry.IsDirectory))
                folders.Push(folder.Id);
        }
        return false;
    }
}
