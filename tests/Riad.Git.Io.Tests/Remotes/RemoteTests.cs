using System.Collections.Immutable;
using Riad.Git.Io.References;
using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>Conversations with real git over everything that can carry them.</summary>
public sealed class RemoteTests : IDisposable
{
    private const string Main = "refs/heads/main";
    private const string Served = "refs/records/served";

    private readonly ScratchFolder scratch = new();

    public static TheoryData<CarrierKind> Carriers => [.. Enum.GetValues<CarrierKind>()];

    public void Dispose() => scratch.Delete();

    [Theory, MemberData(nameof(Carriers))]
    public async Task What_others_commit_is_fetched_and_what_is_here_is_not_fetched_twice(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var (work, here) = (Work(carrier), Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"));
        for (var index = 0; index < 3; index++)
            work.Run("commit", "-q", "--allow-empty", "-m", $"history {index}");
        var first = Push(work, "a", "one\n");

        Assert.Equal(first, await FetchAsync(carrier.Remote, here));
        using (var nothing = await carrier.Remote.FetchAsync(here, [Main], default))
            Assert.False(nothing.HasNews);
        var second = Push(work, "b", string.Concat(Enumerable.Range(0, 20_000)));

        Assert.Equal(second, await FetchAsync(carrier.Remote, here));
        Assert.Equal("", new Support.RealGit(here.Path).Fsck());
    }

    [Theory, MemberData(nameof(Carriers))]
    public async Task Two_refs_are_pushed_together_or_not_at_all(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var (work, here) = (Work(carrier), Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"));
        Push(work, "a", "one\n");
        var old = await FetchAsync(carrier.Remote, here);
        var next = Commit(here, old, "two");
        var later = Commit(here, next, "three");

        Assert.IsType<RemotePush.Done>(await carrier.Remote.PushAsync(here, [new(old, next, Main), new(ObjectId.Zero, next, Served)], default));
        Assert.Equal((next.ToString(), next.ToString()), (carrier.Bare.Run("rev-parse", Main), carrier.Bare.Run("rev-parse", Served)));
        // Sent again: it is there already.
        Assert.IsType<RemotePush.Done>(await carrier.Remote.PushAsync(here, [new(old, next, Main), new(ObjectId.Zero, next, Served)], default));
        // Somebody else was first.
        var moved = Assert.IsType<RemotePush.Moved>(await carrier.Remote.PushAsync(here, [new(old, later, Main), new(next, later, Served)], default));
        Assert.Equal([next, next], moved.Current.ToArray());
        Assert.Equal(next.ToString(), carrier.Bare.Run("rev-parse", Served));
        Assert.Equal("", new Support.RealGit(carrier.Bare.Folder).Fsck());
    }

    [Theory, InlineData(CarrierKind.Http), InlineData(CarrierKind.OldSsh), InlineData(CarrierKind.File)]
    public async Task A_hook_of_the_remote_can_refuse_and_its_words_are_heard(CarrierKind kind)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var (work, here) = (Work(carrier), Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"));
        Push(work, "a", "one\n");
        var old = await FetchAsync(carrier.Remote, here);
        var hook = Path.Combine(carrier.Bare.Folder, "hooks", "pre-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, "#!/bin/sh\necho 'only on Mondays' >&2\nexit 1\n");
        using (var chmod = System.Diagnostics.Process.Start("chmod", ["+x", hook]))
            await chmod.WaitForExitAsync();

        var refused = Assert.IsType<RemotePush.Refused>(await carrier.Remote.PushAsync(here, [new(old, Commit(here, old, "two"), Main)], default));

        Assert.Equal("refs/heads/main: pre-receive hook declined", refused.Reason);
        Assert.Contains("only on Mondays", refused.Words, StringComparison.Ordinal);
        Assert.Equal(old.ToString(), carrier.Bare.Run("rev-parse", Main));
    }

    [Fact]
    public async Task A_large_push_goes_without_its_length()
    {
        await using var carrier = await Carrier.OpenAsync(CarrierKind.Http, scratch);
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        var tip = Commit(here, ObjectId.Zero, "noise", noise);

        Assert.IsType<RemotePush.Done>(await carrier.Remote.PushAsync(here, [new(ObjectId.Zero, tip, Main)], default));

        Assert.Equal("", new Support.RealGit(carrier.Bare.Folder).Fsck());
    }

    public static TheoryData<CarrierKind, string> Strangers => new()
    {
        // carrier           what is said of a repository that is not there
        { CarrierKind.Http,   "404" },
        { CarrierKind.OldSsh, "does not appear to be a git repository" },
        { CarrierKind.File,   "does not appear to be a git repository" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task A_repository_that_is_not_there_is_said_to_be_missing(CarrierKind kind, string said)
    {
        await using var carrier = await Carrier.OpenAsync(kind, scratch);
        var here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
        Directory.Delete(carrier.Bare.Folder, recursive: true);

        var failure = await Assert.ThrowsAsync<RemoteException>(() => carrier.Remote.FetchAsync(here, [Main], default));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains(carrier.Remote.Address.ToString()!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_in_SHA_256_is_refused_by_name()
    {
        var bare = scratch.Client("sha256.git");
        bare.Run("init", "-q", "--bare", "--object-format=sha256", ".");
        using var remote = Carrier.RemoteOf(bare.Folder, new());

        var failure = await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(Repository.Create(Path.Combine(scratch.Path, "here.git"), "main"), [Main], default));

        Assert.Contains("sha256", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Fetches the branch, keeps what came, and gives its tip.</summary>
    internal static async Task<ObjectId> FetchAsync(GitRemote remote, Repository here)
    {
        using var fetched = await remote.FetchAsync(here, [Main, Served], default);
        fetched.Promote();
        Assert.True(here.TryUpdateRefs([new RefUpdate(Main, null, fetched.Find(Main))], out var error), error.Message);
        return fetched.Find(Main);
    }

    /// <summary>Commits one file on top of a commit, in a repository without a work tree.</summary>
    internal static ObjectId Commit(Repository here, ObjectId parent, string message, byte[]? content = null)
    {
        var blob = GitObject.Create(ObjectKind.Blob, content ?? System.Text.Encoding.UTF8.GetBytes(message));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "file", blob.Id)], out var tree, out _));
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Riad.Git.Objects.Commit.Create(root.Id, parent.IsZero ? [] : [parent], Support.Workplace.Ada, Support.Workplace.Ada, message).Octets);
        here.WriteObjects([blob, root, commit]).Dispose();
        return commit.Id;
    }

    private GitClient Work(Carrier carrier)
    {
        var work = scratch.Client("work");
        work.Run("init", "-q", ".");
        work.Run("remote", "add", "origin", carrier.Bare.Folder);
        return work;
    }

    private static ObjectId Push(GitClient work, string file, string content)
    {
        var commit = work.Commit(file, content);
        work.Run("push", "-q", "origin", "HEAD:main");
        return ObjectId.TryParse(commit, out var id) ? id : throw new FormatException(commit);
    }
}
