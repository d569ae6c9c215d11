using Riad.Git.History;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Looks for _keys files in histories, in every folder: what --public-read would show to everybody.</summary>
internal static class KeyFileSearch
{
    /// <summary>A commit that holds one, or the object that a ref names instead of a commit; null when none does.</summary>
    /// <param name="store">Where the objects are.</param>
    /// <param name="tips">What refs name.</param>
    /// <param name="known">What these reach is passed over: of it no more commits are read than have come since the oldest one that is new.</param>
    public static ObjectId? Find(IObjectStore store, IEnumerable<ObjectId> tips, IEnumerable<ObjectId> known)
    {
        var passed = known.ToHashSet();
        var reached = tips.Where(tip => !passed.Contains(tip)).Select(tip => WithoutTags(store, tip)).ToList();
        if (reached.Count == 0)
            return null;
        var clean = new HashSet<ObjectId>();
        foreach (var named in reached)
        {
            if (HoldsKeys(store, named, clean))
                return named;
        }
        foreach (var (id, commit) in CommitHistory.Walk(store, reached, passed.Select(tip => WithoutTags(store, tip)), int.MaxValue))
        {
            if (HoldsKeys(store, commit.Tree, clean))
                return id;
        }
        return null;
    }

    private static ObjectId WithoutTags(IObjectStore store, ObjectId id)
    {
        while (store.TryReadHeader(id, out var kind, out _) && kind is ObjectKind.Tag && store.TryRead(id, out _, out var content) && Tag.TryParse(content, out var tag, out _))
            id = tag.Target;
        return id;
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
