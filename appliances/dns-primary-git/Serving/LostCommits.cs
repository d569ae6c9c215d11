using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>The commits that a rewritten branch no longer has: what was served and is lost from its history.</summary>
internal static class LostCommits
{
    private const int MostNamed = 20;
    private const int MostVisited = 100_000;

    /// <summary>A line for each lost commit, newest first, at most 20 and then how many more; none when the branch only grows.</summary>
    public static IReadOnlyList<string> Describe(IObjectStore store, ObjectId before, ObjectId after)
    {
        var kept = Ancestors(store, after, []).Keys.ToHashSet();
        if (kept.Contains(before))
            return [];
        var lost = Ancestors(store, before, kept);
        var lines = lost.Take(MostNamed).Select(commit => $"lost from the served branch: {commit.Key.ToString()[..10]} {Subject(commit.Value)}").ToList();
        if (lost.Count > MostNamed)
            lines.Add($"lost from the served branch: {lost.Count - MostNamed} more commits");
        return lines;
    }

    private static Dictionary<ObjectId, Commit> Ancestors(IObjectStore store, ObjectId tip, HashSet<ObjectId> without)
    {
        var found = new Dictionary<ObjectId, Commit>();
        var next = new Queue<ObjectId>([tip]);
        while (next.TryDequeue(out var id) && found.Count < MostVisited)
        {
            if (without.Contains(id) || found.ContainsKey(id) || !store.TryRead(id, out var kind, out var content))
                continue;
            if (kind is not ObjectKind.Commit || !Commit.TryParse(content, out var commit, out _))
                continue;
            found.Add(id, commit);
            foreach (var parent in commit.Parents)
                next.Enqueue(parent);
        }
        return found;
    }

    private static string Subject(Commit commit) => commit.Message.Split('\n')[0];
}
