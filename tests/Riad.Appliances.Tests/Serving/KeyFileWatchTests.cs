using Microsoft.Extensions.Logging.Abstractions;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Appliances.Tests.Serving;

public sealed class KeyFileWatchTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-keys-");
    private readonly Repository repository;
    private readonly KeyFileWatch watch;
    private readonly List<ObjectId> told = [];

    public KeyFileWatchTests()
    {
        repository = Repository.Create(Path.Combine(folder.FullName, "zones.git"), "main");
        watch = new(repository, NullLogger.Instance);
    }

    [Fact]
    public async Task A_file_that_a_ref_reaches_is_told_of_once()
    {
        watch.OnFound(told.Add);
        Name("refs/heads/main", Commit("example.org"));
        await watch.LookAsync(default);
        Assert.Empty(told);

        var keys = Commit("_keys");
        Name("refs/heads/other", keys);
        await watch.LookAsync(default);
        await watch.LookAsync(default);

        Assert.Equal([keys], told);
    }

    [Fact]
    public void A_file_that_a_ref_is_about_to_reach_is_told_of_before()
    {
        watch.OnFound(told.Add);
        var keys = Commit("_keys");

        watch.LookAhead(repository, [ObjectId.Zero, Commit("example.org")]);
        Assert.Empty(told);
        watch.LookAhead(repository, [keys]);

        Assert.Equal([keys], told);
    }

    [Fact]
    public void Who_asks_late_is_told_all_the_same()
    {
        var keys = Commit("_keys");
        watch.LookAhead(repository, [keys]);

        watch.OnFound(told.Add);

        Assert.Equal([keys], told);
        Assert.Equal(keys, watch.Found);
    }

    public void Dispose()
    {
        watch.Dispose();
        folder.Delete(recursive: true);
    }

    private void Name(string name, ObjectId id) => Assert.True(repository.TryUpdateRefs([new RefUpdate(name, ObjectId.Zero, id)], out var error), error.Message);

    private ObjectId Commit(string file)
    {
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var blob = GitObject.Create(ObjectKind.Blob, "text"u8.ToArray());
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, file, blob.Id)], out var tree, out _));
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Git.Objects.Commit.Create(root.Id, [], ada, ada, file).Octets);
        repository.WriteObjects([blob, root, commit]).Dispose();
        return commit.Id;
    }
}
