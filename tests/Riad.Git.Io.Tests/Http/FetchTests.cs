using System.Globalization;
using System.Net;
using System.Text;
using Riad.Git.Io.Http;
using Xunit;

namespace Riad.Git.Io.Tests.Http;

/// <summary>The real git clones and fetches. History: five commits on main, two more on side from the third, v1 and light are tags.</summary>
public sealed class FetchTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private readonly List<string> commits = [];
    private GitClient source = null!;
    private GitClient bare = null!;
    private ServedRepository served = null!;

    public static TheoryData<int> Versions => [0, 1, 2];

    public async Task InitializeAsync()
    {
        bare = scratch.Client("served.git");
        bare.Run("init", "-q", "--bare");
        source = scratch.Client("source");
        source.Run("init", "-q");
        for (var number = 1; number <= 5; number++)
            commits.Add(source.Commit("example.org", string.Create(CultureInfo.InvariantCulture, $"serial {number}\n")));
        source.Run("tag", "-a", "-m", "first", "v1", commits[1]);
        source.Run("tag", "light", commits[0]);
        source.Run("checkout", "-q", "-b", "side", commits[2]);
        Directory.CreateDirectory(Path.Combine(source.Folder, "folder"));
        source.Commit("folder/deep", "deep\n");
        source.Run("push", "-q", bare.Folder, "--all");
        source.Run("push", "-q", bare.Folder, "--tags");
        served = await ServedRepository.OpenAsync(bare);
    }

    public async Task DisposeAsync()
    {
        await served.DisposeAsync();
        scratch.Delete();
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_clone_has_everything(int version)
    {
        var clone = Clone(version);

        Assert.Equal(source.Run("rev-parse", "main"), clone.Run("rev-parse", "HEAD"));
        Assert.Equal("refs/heads/main", clone.Run("symbolic-ref", "HEAD"));
        Assert.Equal(source.Run("rev-parse", "side", "v1", "light"), clone.Run("rev-parse", "origin/side", "v1", "light"));
        clone.Run("fsck", "--strict", "--full");
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_fetch_brings_what_is_new(int version)
    {
        var clone = Clone(version);
        source.Run("checkout", "-q", "main");
        var next = source.Commit("example.org", "serial 6\n");
        source.Run("tag", "-a", "-m", "second", "v2");
        source.Run("push", "-q", bare.Folder, "main", "v2");

        var run = clone.Try("-c", Protocol(version), "fetch", "--progress");
        Assert.True(run.ExitCode == 0, run.Terminal);
        Assert.Equal(next, clone.Run("rev-parse", "origin/main"));
        Assert.Equal(source.Run("rev-parse", "v2"), clone.Run("rev-parse", "v2"));
        // One commit, its folder, its file, and the tag.
        Assert.Contains("Counting objects: 4, done.", run.Terminal, StringComparison.Ordinal);
        clone.Run("fsck", "--strict", "--full");
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_client_with_history_of_its_own_is_understood(int version)
    {
        var clone = Clone(version);
        for (var number = 0; number < 70; number++)
            clone.Run("commit", "-q", "--allow-empty", "-m", string.Create(CultureInfo.InvariantCulture, $"own {number}"));
        source.Run("checkout", "-q", "main");
        var next = source.Commit("example.org", "serial 6\n");
        source.Run("push", "-q", bare.Folder, "main");

        var run = clone.Try("-c", Protocol(version), "fetch", "--progress");
        Assert.True(run.ExitCode == 0, run.Terminal);
        Assert.Equal(next, clone.Run("rev-parse", "origin/main"));
        Assert.Contains("Counting objects: 3, done.", run.Terminal, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_shallow_clone_can_be_deepened_and_made_whole(int version)
    {
        var clone = Clone(version, "--depth", "1");
        Assert.Equal("1", clone.Run("rev-list", "--count", "HEAD"));
        Assert.Equal(commits[4], clone.Run("rev-parse", "HEAD"));

        clone.Run("-c", Protocol(version), "fetch", "-q", "--depth", "2");
        Assert.Equal("2", clone.Run("rev-list", "--count", "HEAD"));
        clone.Run("-c", Protocol(version), "fetch", "-q", "--deepen", "1");
        Assert.Equal("3", clone.Run("rev-list", "--count", "HEAD"));
        clone.Run("-c", Protocol(version), "fetch", "-q", "--unshallow");
        Assert.Equal("5", clone.Run("rev-list", "--count", "HEAD"));
        Assert.Equal("false", clone.Run("rev-parse", "--is-shallow-repository"));
        clone.Run("fsck", "--strict", "--full");
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_shallow_clone_stays_shallow_when_it_fetches(int version)
    {
        var clone = Clone(version, "--depth", "2");
        source.Run("checkout", "-q", "main");
        source.Commit("example.org", "serial 6\n");
        source.Run("push", "-q", bare.Folder, "main");

        clone.Run("-c", Protocol(version), "fetch", "-q");
        Assert.Equal("3", clone.Run("rev-list", "--count", "origin/main"));
        clone.Run("fsck", "--strict", "--full");
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_clone_can_begin_at_a_date_or_after_a_ref(int version)
    {
        // The fourth commit is of the fourth day.
        var since = Clone(version, "--shallow-since", string.Create(CultureInfo.InvariantCulture, $"@{1_700_000_000 + (4 * 86_400)}"), "--single-branch");
        Assert.Equal("2", since.Run("rev-list", "--count", "HEAD"));
        var excluding = Clone(version, "--shallow-exclude", "side", "--single-branch", "--no-tags");
        Assert.Equal("2", excluding.Run("rev-list", "--count", "HEAD"));
    }

    [Theory, MemberData(nameof(Versions))]
    public void A_clone_of_one_branch_has_nothing_else(int version)
    {
        var clone = Clone(version, "--single-branch", "--branch", "side");
        Assert.Equal("refs/remotes/origin/side", clone.Run("for-each-ref", "--format=%(refname)", "refs/remotes"));
        Assert.Equal(source.Run("rev-parse", "side"), clone.Run("rev-parse", "HEAD"));
        Assert.NotEqual(0, clone.Try("cat-file", "-e", commits[4]).ExitCode);
    }

    [Theory, MemberData(nameof(Versions))]
    public void An_empty_repository_is_cloned_with_its_branch(int version)
    {
        bare.Run("update-ref", "-d", "refs/heads/main");
        bare.Run("update-ref", "-d", "refs/heads/side");
        bare.Run("update-ref", "-d", "refs/tags/v1");
        bare.Run("update-ref", "-d", "refs/tags/light");
        bare.Run("symbolic-ref", "HEAD", "refs/heads/zones");

        var clone = Clone(version);
        // Only version 2 tells of a branch without commits.
        Assert.Equal(version == 2 ? "refs/heads/zones" : "refs/heads/main", clone.Run("symbolic-ref", "HEAD"));
    }

    [Fact]
    public void Listings_are_those_of_gits_own_server()
    {
        foreach (var arguments in (string[][])[["ls-remote", "--symref"], ["ls-remote", "--heads"], ["ls-remote", "--tags"]])
        {
            var expected = source.Run([.. arguments, bare.Folder]);
            foreach (var version in (int[])[0, 1, 2])
                Assert.Equal(expected, source.Run(["-c", Protocol(version), .. arguments, served.Url]));
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public void What_git_packed_is_sent_as_it_lies(int version)
    {
        source.Run("checkout", "-q", "main");
        var records = Enumerable.Range(0, 500).Select(number => string.Create(CultureInfo.InvariantCulture, $"host{number} A 192.0.2.{number % 250}")).ToArray();
        GitClient? early = null;
        for (var number = 0; number < 20; number++)
        {
            records[number * 7] += "0";
            source.Commit("large.example", string.Join('\n', records));
            if (number != 10)
                continue;
            source.Run("push", "-q", bare.Folder, "main");
            early = Clone(version);
        }
        source.Run("push", "-q", bare.Folder, "main");
        bare.Run("gc", "-q", "--prune=now");
        // In this listing a delta has seven columns: its depth and its base come last.
        var packed = bare.Run("verify-pack", "-v", Directory.GetFiles(Path.Combine(bare.Folder, "objects", "pack"), "*.pack").Single());
        Assert.Contains(packed.Split('\n'), line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 7);

        var clone = Clone(version);
        clone.Run("fsck", "--strict", "--full");
        Assert.Equal(bare.Run("rev-parse", "main"), clone.Run("rev-parse", "main"));
        early!.Run("-c", Protocol(version), "fetch", "-q");
        early.Run("fsck", "--strict", "--full");
        Assert.Equal(bare.Run("rev-parse", "main"), early.Run("rev-parse", "origin/main"));
    }

    [Fact]
    public async Task Many_clone_at_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(() =>
            scratch.Client(string.Create(CultureInfo.InvariantCulture, $"many{number}")).Try("clone", "-q", served.Url, "."))));
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Terminal));
    }

    [Fact]
    public void A_partial_clone_becomes_a_whole_one()
    {
        var run = scratch.Client("partial").Try("clone", "--filter=blob:none", served.Url, ".");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("filtering not recognized by server", run.Terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_that_no_ref_reaches_cannot_be_fetched()
    {
        var loose = bare.Run("commit-tree", "-m", "loose", $"{commits[0]}^{{tree}}");
        var run = source.Try("fetch", served.Url, loose);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"not our ref {loose}", run.Terminal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_are_not_gits_get_a_sentence()
    {
        using var http = new HttpClient();
        using var dumb = await http.GetAsync(new Uri($"{served.Url}/info/refs"));
        Assert.Equal(HttpStatusCode.Forbidden, dumb.StatusCode);
        Assert.Contains("dumb HTTP protocol", await dumb.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var nothing = await http.GetAsync(new Uri($"{served.Url}/objects/info/packs"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        using var form = await http.PostAsync(new Uri($"{served.Url}/git-upload-pack"), new StringContent("0000", Encoding.ASCII, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);

        using var wrongMethod = await http.GetAsync(new Uri($"{served.Url}/git-upload-pack"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Fact]
    public async Task Answers_have_their_type_and_are_not_cached()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{served.Url}/info/refs?service=git-upload-pack"));
        Assert.Equal("application/x-git-upload-pack-advertisement", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.StartsWith("001e# service=git-upload-pack\n0000", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Malformed => new()
    {
        // why                       body                                                                          answer
        { "cut in a line",           "0032want ",                                                                  "ERR upload-pack: not a pkt-line" },
        { "no length",               "want",                                                                       "ERR upload-pack: not a pkt-line" },
        { "no id",                   "000ewant 1234\n0000",                                                        "ERR upload-pack: line 1 of the request: 'want 1234'" },
        { "an unknown want",         "0032want 1234567812345678123456781234567812345678\n00000009done\n",           "ERR upload-pack: not our ref 1234567812345678123456781234567812345678" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public async Task A_malformed_request_is_answered_with_a_sentence_that_git_prints(string why, string body, string answer)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.ASCII);
        content.Headers.ContentType = new("application/x-git-upload-pack-request");
        using var response = await http.PostAsync(new Uri($"{served.Url}/git-upload-pack"), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(text.Contains(answer, StringComparison.Ordinal), $"{why}: {text}");
    }

    private GitClient Clone(int version, params string[] options)
    {
        var clone = scratch.Client(Guid.NewGuid().ToString("N"));
        clone.Run(["-c", Protocol(version), "clone", "-q", .. options, served.Url, "."]);
        return clone;
    }

    private static string Protocol(int version) => string.Create(CultureInfo.InvariantCulture, $"protocol.version={version}");
}
