using Riad.Git.History;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Objects;
using Riad.Git.Trees;
using Xunit;

namespace Riad.Git.Io.Tests;

/// <summary>Walks and differences, with real git as the judge.</summary>
public sealed class HistoryTests
{
    private const int Limit = 10_000;

    [Fact]
    public void Walks_find_what_git_log_finds()
    {
        using var place = new Workplace();
        Branchy(place);
        var (main, side) = (Workplace.Id(place.Git.Run("rev-parse", "main")), Workplace.Id(place.Git.Run("rev-parse", "side")));
        var store = place.Repository;
        Assert.Equal(Sorted(place.Git.Run("rev-list", "main")), Sorted(CommitHistory.Walk(store, [main], [], Limit)));
        Assert.Equal(Sorted(place.Git.Run("rev-list", "main", "^side")), Sorted(CommitHistory.Walk(store, [main], [side], Limit)));
        Assert.Equal("", Sorted(CommitHistory.Walk(store, [side], [main], Limit)));
        Assert.Equal(3, CommitHistory.Walk(store, [main], [], 3).Count());
        var ordered = CommitHistory.WalkTopologically(store, [main], [], Limit);
        var places = ordered.Select((found, index) => (found.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        Assert.Equal(Sorted(place.Git.Run("rev-list", "main")), Sorted(ordered));
        Assert.All(ordered, found => Assert.All(found.Commit.Parents, parent => Assert.True(places[parent] > places[found.Id])));
        foreach (var path in (string[])["a", "b", "sub/c", "sub", "nothing"])
            Assert.Equal((path, Sorted(place.Git.Run("rev-list", "main", "--", path))), (path, Sorted(CommitHistory.OfPath(store, main, path, Limit))));
    }

    [Fact]
    public void Ancestors_are_those_that_git_names()
    {
        using var place = new Workplace();
        Branchy(place);
        var commits = place.Git.Run("rev-list", "--all").Split('\n');
        foreach (var left in commits)
        {
            foreach (var right in commits)
            {
                var expected = place.Git.TryRun("merge-base", "--is-ancestor", left, right).Code == 0;
                Assert.Equal((left, right, expected), (left, right, CommitHistory.IsAncestor(place.Repository, Workplace.Id(left), Workplace.Id(right), Limit)));
            }
        }
    }

    [Fact]
    public void Differences_are_those_of_git_diff_tree()
    {
        using var place = new Workplace();
        Branchy(place);
        var trees = place.Git.Run("log", "--all", "--format=%T").Split('\n').Distinct(StringComparer.Ordinal).ToArray();
        foreach (var left in trees)
        {
            foreach (var right in trees)
            {
                var expected = place.Git.Run("diff-tree", "-r", "--name-only", "--no-renames", left, right);
                var found = TreeDiff.Compare(place.Repository, Workplace.Id(left), Workplace.Id(right)).Select(change => change.Path).Distinct(StringComparer.Ordinal);
                Assert.Equal(expected, string.Join('\n', found));
            }
        }
    }

    [Fact]
    public void Edited_trees_are_those_that_git_makes()
    {
        using var place = new Workplace();
        Branchy(place);
        var root = Workplace.Id(place.Git.Run("rev-parse", "main^{tree}"));
        var blob = GitObject.Create(ObjectKind.Blob, "new\n"u8.ToArray());
        Assert.True(TreeEdit.TryApply(
            place.Repository, root,
            [new("sub/deep/x", EntryMode.File, blob.Id), new("a", EntryMode.File, blob.Id), new("b", default, default), new("sub/c", default, default)],
            out var edited, out var error), error.ToString());
        using var hold = place.Repository.WriteObjects([blob, .. edited.NewTrees]);
        Assert.Equal(
            "100644 a\n100644 sub/deep/x",
            string.Join('\n', place.Git.Run("ls-tree", "-r", "--format=%(objectmode) %(path)", edited.Root.ToString())));
        Assert.Equal("", place.Git.Fsck());
        Assert.Equal(blob.Id, TreePath.Find(place.Repository, edited.Root, "sub/deep/x")?.Id);
        Assert.Null(TreePath.Find(place.Repository, edited.Root, "a/x"));
        // A folder goes with its last file, and the tree of nothing is the empty tree.
        Assert.True(TreeEdit.TryApply(place.Repository, edited.Root, [new("sub/deep/x", default, default), new("a", default, default)], out var emptied, out _));
        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", emptied.Root.ToString());
        Assert.False(TreeEdit.TryApply(place.Repository, root, [new("x/../y", EntryMode.File, blob.Id)], out _, out error));
        Assert.Equal(ObjectFault.HasDotdot, error.Fault);
    }

    /// <summary>Main with a merged side branch; files that come, change, go and become folders.</summary>
    private static void Branchy(Workplace place)
    {
        var git = place.CloneGit;
        _ = place.Commit("a", "1");
        _ = place.Commit("b", "1");
        _ = git.Run("checkout", "-q", "-b", "side");
        _ = place.Commit("sub/c", "1");
        _ = place.Commit("a", "2");
        _ = git.Run("checkout", "-q", "main");
        _ = place.Commit("b", "2");
        _ = place.Commit("d", "file");
        _ = git.Run("merge", "-q", "--no-ff", "-m", "merge", "side");
        _ = git.Run("rm", "-q", "d");
        _ = place.Commit("d/e", "folder");
        _ = git.Run("rm", "-q", "-r", "d");
        _ = place.Commit("sub/c", "2");
        _ = git.Run("push", "-q", "origin", "main", "side");
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));

    private static string Sorted(IEnumerable<NamedCommit> commits) => string.Join('\n', commits.Select(found => found.Id.ToString()).Order(StringComparer.Ordinal));
}
