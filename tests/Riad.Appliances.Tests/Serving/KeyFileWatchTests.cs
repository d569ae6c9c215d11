using Microsoft.Extensions.Logging;
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

    [Fact]
    public async Task What_cannot_be_looked_at_is_told_and_logged_once()
    {
        var lines = new Lines();
        using var hindered = new KeyFileWatch(repository, lines);
        var commit = Commit("example.org");
        Name("refs/heads/main", commit);
        Assert.True(await hindered.LookAsync(default));

        var damaged = Path.Combine(folder.FullName, "zones.git", "objects", "12", new string('3', 38));
        Directory.CreateDirectory(Path.GetDirectoryName(damaged)!);
        File.WriteAllText(damaged, "no object at all");
        var broken = Path.Combine(folder.FullName, "zones.git", "refs", "heads", "broken");
        File.WriteAllText(broken, "12" + new string('3', 38) + "\n");
        Assert.False(await hindered.LookAsync(default));
        Assert.False(await hindered.LookAsync(default));
        Assert.Contains("is damaged", Assert.Single(lines.Written), StringComparison.Ordinal);

        File.Delete(broken);
        Assert.True(await hindered.LookAsync(default));
    }

    public void Dispose()
    {
        watch.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The lines of a log.</summary>
    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
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
