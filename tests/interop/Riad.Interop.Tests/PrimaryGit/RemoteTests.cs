using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>A server with a remote that other people use as well.</summary>
public sealed class RemoteTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Zone = "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\nwww 3600 A ";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-remote-");

    public RemoteTests()
    {
        Tool.Git(folder.FullName, "init", "-q", "--bare", "-b", "main", Remote).MustSucceed();
        Tool.Git(folder.FullName, "clone", "-q", Remote, Theirs).MustSucceed();
        CommitThere("192.0.2.10");
        File.WriteAllText(SecretFile, Secret + "\n");
    }

    private string Remote => Path.Combine(folder.FullName, "remote.git");

    private string Theirs => Path.Combine(folder.FullName, "theirs");

    private string SecretFile => Path.Combine(folder.FullName, "secret");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_others_push_there_is_served_here_and_what_is_pushed_here_is_there()
    {
        using var work = new Workplace("--remote", Remote, "--fetch-every", "1h", "--webhook-secret-file", SecretFile);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));

        CommitThere("192.0.2.11");
        Assert.EndsWith("403", work.Curl("/hooks/fetch", "-X", "POST", "-H", "Authorization: Bearer wrong"), StringComparison.Ordinal);
        Assert.EndsWith("202", work.Curl("/hooks/fetch", "-X", "POST", "-H", $"Authorization: Bearer {Secret}"), StringComparison.Ordinal);
        Assert.Equal("192.0.2.11\n", Workplace.Await(() => work.Dig("www.example.org", "+short"), seen => seen == "192.0.2.11\n"));

        work.Git(work.Clone, "pull", "-q", "--rebase").MustSucceed();
        work.Replace("example.org", "192.0.2.11", "192.0.2.12");
        work.Commit("www moves here");
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.12\n", work.Dig("www.example.org", "+short"));
        Assert.Equal(Head(work.Clone, "HEAD"), Head(Remote, "main"));
        Assert.Equal(Head(work.Bare, "refs/riad/served"), Head(Remote, "refs/riad/served"));
        Assert.Contains("takes only commits for main", work.Git(work.Clone, "push", "origin", "HEAD:refs/heads/other").Error, StringComparison.Ordinal);

        // Lost, folder and all: what was served is at the remote.
        work.Appliance.Kill();
        Directory.Delete(work.State, recursive: true);
        work.KillAndRestart();
        Assert.Equal("192.0.2.12\n", work.Dig("www.example.org", "+short"));
        Assert.Contains(" 3 7200 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_NOTIFY_has_the_remote_looked_at_and_an_unsigned_one_does_not()
    {
        const string KeyName = "forge._notify.example.org";
        const string KeySecret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var (keys, kdigs) = (Path.Combine(folder.FullName, "keys"), Path.Combine(folder.FullName, "forge.key"));
        File.WriteAllText(keys, $"{KeyName}:hmac-sha256:{KeySecret}\n");
        File.WriteAllText(kdigs, $"hmac-sha256:{KeyName}:{KeySecret}\n");
        using var work = new Workplace("--remote", Remote, "--fetch-every", "1h", "--keys", keys);
        CommitThere("192.0.2.11");
        string[] notify = ["@127.0.0.1", "-p", $"{work.Appliance.Dns.Port}", "+timeout=60", "+retry=0", "-t", "NOTIFY", "example.org"];
        Assert.Contains("REFUSED", Tool.Run("kdig", notify, folder.FullName).Output, StringComparison.Ordinal);

        var said = Tool.Run("kdig", ["-k", kdigs, .. notify], folder.FullName);

        Assert.True(said.Output.Contains("NOERROR", StringComparison.Ordinal) && !said.Error.Contains("TSIG", StringComparison.Ordinal), said.ToString());
        Assert.Equal("192.0.2.11\n", Workplace.Await(() => work.Dig("www.example.org", "+short"), seen => seen == "192.0.2.11\n"));
    }

    [Fact]
    public void A_remote_that_is_away_is_named_and_what_is_served_stays()
    {
        using var work = new Workplace("--remote", Remote, "--fetch-every", "1s");
        Directory.Move(Remote, Remote + ".away");
        Assert.Contains("degraded", Workplace.Await(() => work.Curl("/health"), seen => seen.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("riad_remote_up 0\n", work.Curl("/metrics"), StringComparison.Ordinal);
        work.Replace("example.org", "192.0.2.10", "192.0.2.20");
        work.Commit("www moves");
        Assert.Contains("the remote is away", work.Push().Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        // Each attempt leaves its own words: those of the push may be others, or none when git ended before it spoke.
        var page = Workplace.Await(() => work.Curl("/"), seen => seen.Contains("does not appear to be a git repository", StringComparison.Ordinal));
        Assert.Contains("<dt>Remote</dt>", page, StringComparison.Ordinal);
        Assert.Contains("does not appear to be a git repository", page, StringComparison.Ordinal);

        Directory.Move(Remote + ".away", Remote);
        Assert.Contains("ok", Workplace.Await(() => work.Curl("/health"), seen => !seen.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);
        work.Push().MustSucceed();
        Assert.Equal(Head(work.Clone, "HEAD"), Head(Remote, "main"));
    }

    [Fact]
    public void With_push_later_what_was_accepted_reaches_the_remote_after_a_crash()
    {
        using var work = new Workplace("--remote", Remote, "--fetch-every", "1s", "--push-later");
        Directory.Move(Remote, Remote + ".away");
        work.Replace("example.org", "192.0.2.10", "192.0.2.30");
        work.Commit("www moves");
        work.Push().MustSucceed();
        work.KillAndRestart();
        Assert.Equal("192.0.2.30\n", work.Dig("www.example.org", "+short"));
        Assert.Contains("1 commit still to be pushed", work.Curl("/"), StringComparison.Ordinal);

        Directory.Move(Remote + ".away", Remote);
        var pushed = Head(work.Clone, "HEAD");
        Assert.Equal(pushed, Workplace.Await(() => Head(Remote, "main"), seen => seen == pushed));
    }

    [Theory]
    [InlineData(64, "remote helpers", "--remote", "ext::sh")]
    [InlineData(64, "does not begin with '-'", "--remote=-oProxyCommand=x")]
    [InlineData(64, "--remote-credentials FILE", "--remote", "https://ada:word@forge.example/zones.git")]
    [InlineData(64, "need --remote URL", "--push-later")]
    [InlineData(64, "give one of both", "--remote", "/srv/zones.git", "--example")]
    public void An_option_that_cannot_be_is_told_in_a_sentence(int exitCode, string said, params string[] options)
    {
        using var appliance = RunningAppliance.Launch(Path.Combine(folder.FullName, "state"), options);

        Assert.Equal((exitCode, true), (appliance.WaitForEnd(), appliance.Log.Contains(said, StringComparison.Ordinal)));
        Assert.DoesNotContain("word@", appliance.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://git@forge.example/zones.git", "run the image dns-primary-git-ssh")]
    [InlineData("/srv/zones.git", "needs the program git, which is not here")]
    public void A_remote_that_needs_a_program_is_refused_where_there_is_none(string remote, string said)
    {
        var refused = Tool.Run(RunningAppliance.Program, ["serve", "--state", Path.Combine(folder.FullName, "state"), "--remote", remote], folder.FullName, new(StringComparer.Ordinal) { ["PATH"] = "/nonexistent" });

        Assert.Equal((1, true), (refused.ExitCode, refused.Error.Contains(said, StringComparison.Ordinal)));
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
    }

    private static string Head(string repository, string name) => Tool.Git(repository, "rev-parse", name).MustSucceed().Output.Trim();

    private void CommitThere(string address)
    {
        if (File.Exists(Path.Combine(Theirs, "example.org")))
            Tool.Git(Theirs, "pull", "-q", "--rebase").MustSucceed();
        File.WriteAllText(Path.Combine(Theirs, "example.org"), Zone + address + "\n");
        Tool.Git(Theirs, "add", "-A").MustSucceed();
        Tool.Git(Theirs, "commit", "-q", "-m", $"www is at {address}").MustSucceed();
        Tool.Git(Theirs, "push", "-q", "origin", "HEAD:main").MustSucceed();
    }
}
