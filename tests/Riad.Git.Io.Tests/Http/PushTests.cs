using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Riad.Git.Io.Http;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Io.Tests.Http;

/// <summary>The real git pushes into a repository that was empty at first.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private GitClient bare = null!;
    private GitClient work = null!;
    private ServedRepository served = null!;

    public async Task InitializeAsync()
    {
        bare = scratch.Client("served.git");
        Directory.Delete(bare.Folder);
        Repository.Create(bare.Folder, "main");
        served = await ServedRepository.OpenAsync(bare);
        work = scratch.Client("work");
        work.Run("clone", "-q", served.Url, ".");
    }

    public async Task DisposeAsync()
    {
        await served.DisposeAsync();
        bare.Run("fsck", "--strict", "--full");
        scratch.Delete();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void The_first_clone_commit_and_push_just_work(int version)
    {
        var clone = scratch.Client("first");
        clone.Run("-c", $"protocol.version={version}", "clone", "-q", served.Url, ".");
        var commit = clone.Commit("example.org", "serial 1\n");
        clone.Run("-c", $"protocol.version={version}", "push", "-q");

        Assert.Equal(commit, bare.Run("rev-parse", "refs/heads/main"));
        Assert.Equal(commit, scratch.Client("second").Run("ls-remote", served.Url, "HEAD").Split('\t')[0]);
    }

    [Fact]
    public void Several_refs_and_tags_go_in_one_push()
    {
        var first = work.Commit("example.org", "serial 1\n");
        work.Run("tag", "light");
        work.Run("tag", "-a", "-m", "words", "heavy");
        work.Run("branch", "topic/one");
        work.Run("push", "-q", "origin", "main", "topic/one", "light", "heavy");

        Assert.Equal(first, bare.Run("rev-parse", "refs/heads/topic/one"));
        Assert.Equal("commit tag", $"{bare.Run("cat-file", "-t", "light")} {bare.Run("cat-file", "-t", "heavy")}");
    }

    [Theory, InlineData(0), InlineData(2)]
    public void A_branch_that_is_damaged_leaves_the_others_to_be_had_and_who_pushes_to_it_is_told(int version)
    {
        var first = work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q", "origin", "main", "main:topic");
        var main = Path.Combine(bare.Folder, "refs", "heads", "main");
        File.WriteAllText(main, "");

        Assert.Equal($"{first}\trefs/heads/topic", work.Run("-c", $"protocol.version={version}", "ls-remote", served.Url));
        work.Commit("example.org", "serial 2\n");
        AssertRefused(work.Try("push", "origin", "main"), "main is damaged: it holds no object id");
        AssertNothingLeft();
        File.WriteAllText(main, first + "\n");
    }

    [Fact]
    public void A_branch_beside_the_served_one_is_rewritten_and_deleted_at_will()
    {
        work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q", "origin", "main", "main:topic");
        work.Run("commit", "-q", "--amend", "-m", "other words");
        work.Run("push", "-q", "--force", "origin", "main:topic");
        Assert.Equal(work.Run("rev-parse", "main"), bare.Run("rev-parse", "topic"));
        work.Run("push", "-q", "origin", ":topic");
        Assert.Equal("refs/heads/main", bare.Run("for-each-ref", "--format=%(refname)"));
    }

    [Fact]
    public void The_served_branch_is_neither_rewritten_nor_deleted()
    {
        work.Commit("example.org", "serial 1\n");
        var kept = work.Commit("example.org", "serial 2\n");
        work.Run("push", "-q");
        work.Run("commit", "-q", "--amend", "-m", "other words");

        AssertRefused(work.Try("push", "--force"), "non-fast-forward: this would rewrite served history");
        AssertRefused(work.Try("push", "origin", ":main"), "refs/heads/main is served and cannot be deleted");
        Assert.Equal(kept, bare.Run("rev-parse", "refs/heads/main"));
        Assert.NotEqual(0, bare.Try("cat-file", "-e", work.Run("rev-parse", "HEAD")).ExitCode);
    }

    [Fact]
    public void The_servers_own_refs_are_read_but_not_written()
    {
        var commit = work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q");
        bare.Run("update-ref", "refs/riad/served", commit);

        AssertRefused(work.Try("push", "origin", ":refs/riad/served"), "refs/riad/ belongs to the server");
        AssertRefused(work.Try("push", "origin", "main:refs/riad/new"), "refs/riad/ belongs to the server");
        work.Run("fetch", "-q", "origin", "refs/riad/*:refs/riad/*");
        Assert.Equal(commit, work.Run("rev-parse", "refs/riad/served"));
    }

    [Fact]
    public void An_atomic_push_is_done_whole_or_not_at_all()
    {
        work.Commit("example.org", "serial 1\n");
        var run = work.Try("push", "--atomic", "origin", "main", "main:topic", "main:refs/riad/new");
        AssertRefused(run, "atomic push: another ref was refused");
        Assert.Equal("", bare.Run("for-each-ref"));

        work.Run("push", "-q", "--atomic", "origin", "main", "main:topic");
        Assert.Equal(work.Run("rev-parse", "main"), bare.Run("rev-parse", "topic"));
    }

    [Fact]
    public void Without_atomic_the_good_refs_of_a_push_are_taken()
    {
        work.Commit("example.org", "serial 1\n");
        AssertRefused(work.Try("push", "origin", "main:topic", "main:refs/riad/new"), "refs/riad/ belongs to the server");
        Assert.Equal("refs/heads/topic", bare.Run("for-each-ref", "--format=%(refname)"));
    }

    [Fact]
    public void A_name_that_is_a_folder_already_is_refused()
    {
        work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q", "origin", "main:topic");
        AssertRefused(work.Try("push", "origin", "main:topic/one"), "cannot exist beside refs/heads/topic");
    }

    [Fact]
    public void When_every_ref_is_refused_no_object_stays()
    {
        work.Commit("example.org", "serial 1\n");
        AssertRefused(work.Try("push", "origin", "main:refs/riad/new"), "refs/riad/");
        Assert.Equal("0", Count("count"));
        Assert.Equal("0", Count("in-pack"));
        AssertNothingLeft();
    }

    [Fact]
    public void A_push_larger_than_gits_buffer_comes_in_chunks()
    {
        var content = new byte[3 << 20];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Path.Combine(work.Folder, "large"), content);
        work.Commit("example.org", "serial 1\n");
        work.Run("-c", "http.postBuffer=65536", "push", "-q");

        Assert.Equal(work.Run("rev-parse", "main"), bare.Run("rev-parse", "main"));
        var clone = scratch.Client("clone");
        clone.Run("clone", "-q", served.Url, ".");
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(clone.Folder, "large")));
    }

    [Fact]
    public async Task A_push_that_is_too_large_is_refused_with_the_reason()
    {
        await using var small = await ServedRepository.OpenAsync(bare, limits: GitHttpLimits.Usual with { MaxPackOctets = 1 << 20 });
        var content = new byte[3 << 20];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Path.Combine(work.Folder, "large"), content);
        work.Commit("example.org", "serial 1\n");

        AssertRefused(work.Try("push", small.Url, "main"), "the pack is larger than 1 MiB, the most that this server takes at once");
        AssertRefused(work.Try("-c", "http.postBuffer=65536", "push", small.Url, "main"), "the pack is larger than 1 MiB");
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_compressed_body_is_unpacked()
    {
        var commit = work.Commit("example.org", "serial 1\n");
        using var process = work.Start("pack-objects", "--stdout", "--revs");
        await process.StandardInput.WriteLineAsync("main");
        process.StandardInput.Close();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var command = $"{new string('0', 40)} {commit} refs/heads/main\0report-status\n";
            await gzip.WriteAsync(Encoding.ASCII.GetBytes($"{command.Length + 4:x4}{command}0000"));
            await process.StandardOutput.BaseStream.CopyToAsync(gzip);
        }
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/x-git-receive-pack-request");
        content.Headers.ContentEncoding.Add("gzip");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"{served.Url}/git-receive-pack"), content);

        Assert.Equal("application/x-git-receive-pack-result", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("000eunpack ok\n0017ok refs/heads/main\n0000", await answer.Content.ReadAsStringAsync());
        Assert.Equal(commit, bare.Run("rev-parse", "main"));
    }

    [Fact]
    public async Task A_push_that_is_not_understood_is_answered_with_a_sentence()
    {
        using var http = new HttpClient();
        using var content = new StringContent("0009hello", Encoding.ASCII);
        content.Headers.ContentType = new("application/x-git-receive-pack-request");
        using var answer = await http.PostAsync(new Uri($"{served.Url}/git-receive-pack"), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'hello' is not an object id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, InlineData(100), InlineData(40_000)]
    public async Task A_push_that_breaks_off_leaves_nothing(int octets)
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Path.Combine(work.Folder, "large"), content);
        var commit = work.Commit("example.org", "serial 1\n");
        using var process = work.Start("pack-objects", "--stdout", "--revs");
        await process.StandardInput.WriteLineAsync("main");
        process.StandardInput.Close();
        using var packed = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(packed);
        var command = $"{new string('0', 40)} {commit} refs/heads/main\0report-status\n";

        var url = new Uri(served.Url);
        using (var connection = new System.Net.Sockets.TcpClient(url.Host, url.Port))
        {
            var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /zones.git/git-receive-pack HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: {packed.Length + command.Length + 8}\r\n\r\n{command.Length + 4:x4}{command}0000"));
            await stream.WriteAsync(packed.ToArray().AsMemory(0, octets));
            await stream.FlushAsync();
        }
        await EventuallyAsync(() => served.FinishedPushes > 0);
        Assert.Equal("", bare.Run("for-each-ref"));
        AssertNothingLeft();
    }

    [Fact]
    public async Task Two_pushes_to_one_branch_meet_and_one_has_to_fetch_first()
    {
        work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q");
        var others = Enumerable.Range(0, 4).Select(number =>
        {
            var other = scratch.Client(string.Create(CultureInfo.InvariantCulture, $"other{number}"));
            other.Run("clone", "-q", served.Url, ".");
            other.Commit("example.org", string.Create(CultureInfo.InvariantCulture, $"serial 2{number}\n"));
            return other;
        }).ToList();

        var runs = await Task.WhenAll(others.Select(other => Task.Run(() => other.Try("push"))));
        Assert.Single(runs, run => run.ExitCode == 0);
        Assert.All(runs.Where(run => run.ExitCode != 0), run => Assert.Contains("fetch first", run.Terminal, StringComparison.Ordinal));
    }

    [Fact]
    public void A_shallow_clone_pushes_into_the_whole_history()
    {
        work.Commit("example.org", "serial 1\n");
        work.Commit("example.org", "serial 2\n");
        work.Run("push", "-q");
        var shallow = scratch.Client("shallow");
        shallow.Run("clone", "-q", "--depth", "1", served.Url, ".");
        var commit = shallow.Commit("example.org", "serial 3\n");
        shallow.Run("push", "-q");
        Assert.Equal(commit, bare.Run("rev-parse", "main"));
        Assert.Equal("3", bare.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void Hooks_of_the_repository_are_not_run()
    {
        var mark = Path.Combine(scratch.Path, "hook-ran");
        Directory.CreateDirectory(Path.Combine(bare.Folder, "hooks"));
        foreach (var name in (string[])["pre-receive", "update", "post-receive", "post-update", "reference-transaction"])
        {
            var hook = Path.Combine(bare.Folder, "hooks", name);
            File.WriteAllText(hook, $"#!/bin/sh\ntouch '{mark}'\nexit 1\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(hook, (UnixFileMode)0x1ED);
        }
        work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q");
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task Words_of_the_receiver_appear_on_the_terminal_as_they_come()
    {
        var seen = new List<PushRequest>();
        await using var refusing = await ServedRepository.OpenAsync(bare, repository => new TalkingReceiver(repository, seen));
        work.Commit("example.org", "serial 1\n");

        var run = work.Try("push", "-o", "check", "-o", "reason=two words", refusing.Url, "main");
        AssertRefused(run, "1 fault in the zones");
        Assert.Contains("remote: example.org:12:9: 'AAAAA' is not a record type", run.Terminal, StringComparison.Ordinal);
        Assert.Contains("remote: a colour \uFFFD[31m is shown as it is", run.Terminal, StringComparison.Ordinal);
        Assert.Equal(["check", "reason=two words"], seen.Single().Options.ToArray());
        Assert.True(IPAddress.IsLoopback(seen.Single().Client.Address!));
        Assert.Equal("", bare.Run("for-each-ref"));
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_receiver_that_fails_refuses_the_push()
    {
        await using var failing = await ServedRepository.OpenAsync(bare, _ => new FailingReceiver());
        work.Commit("example.org", "serial 1\n");
        AssertRefused(work.Try("push", failing.Url, "main"), "the server failed; its log says why");
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_push_that_is_overtaken_while_it_is_looked_at_leaves_no_object()
    {
        var first = work.Commit("example.org", "serial 1\n");
        work.Run("push", "-q");
        await using var overtaken = await ServedRepository.OpenAsync(bare, repository => new OvertakenReceiver(repository));
        var late = work.Commit("example.org", "serial 2\n");

        AssertRefused(work.Try("push", overtaken.Url, "main"), "fetch first");
        Assert.NotEqual(0, bare.Try("cat-file", "-e", late).ExitCode);
        Assert.NotEqual(first, bare.Run("rev-parse", "main"));
        AssertNothingLeft();
    }

    /// <summary>Somebody else's commit comes to the branch after the push was found good.</summary>
    private sealed class OvertakenReceiver(Repository repository) : IPushReceiver
    {
        public Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
        {
            var settlement = new PushSettlement(repository, push);
            settlement.Refuse(new RefPolicy("refs/heads/main", AllowForce: false));
            Assert.Single(settlement.Accepted);
            var other = Remotes.RemoteTests.Commit(repository, push.Commands[0].Old, "faster");
            Assert.True(repository.TryUpdateRefs([new("refs/heads/main", push.Commands[0].Old, other)], out _));
            return Task.FromResult(settlement.Settle());
        }
    }

    private sealed class FailingReceiver : IPushReceiver
    {
        public Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop) => throw new InvalidOperationException("a bug");
    }

    private sealed class TalkingReceiver(Repository repository, List<PushRequest> seen) : IPushReceiver
    {
        public async Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
        {
            seen.Add(push);
            push.Say("example.org:12:9: 'AAAAA' is not a record type");
            push.Say("a colour \u001b[31m is shown as it is");
            await Task.Yield();
            return new PushSettlement(repository, push).Refrain("1 fault in the zones");
        }
    }

    private string Count(string what) => bare.Run("count-objects", "-v").Split('\n').Single(line => line.StartsWith($"{what}:", StringComparison.Ordinal)).Split(' ')[1];

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(bare.Folder, "objects"), "*tmp_*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bare.Folder, "objects"), "*.keep", SearchOption.AllDirectories));
    }

    private static void AssertRefused(GitRun run, string reason)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(reason, run.Terminal, StringComparison.Ordinal);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 1200 && !condition(); attempt++)
            await Task.Delay(50);
        Assert.True(condition(), "it did not happen within a minute");
    }
}
