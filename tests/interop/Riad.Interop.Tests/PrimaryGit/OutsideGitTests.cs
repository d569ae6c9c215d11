using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>Real git at work in the repository while it is served: what it does is noticed, and harms nothing.</summary>
public sealed class OutsideGitTests
{
    [Fact]
    public async Task Garbage_collection_in_a_loop_harms_no_push()
    {
        using var work = new Workplace("--example");
        using var stop = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            var faults = new List<string>();
            while (!stop.IsCancellationRequested)
            {
                var collected = work.Git(work.Bare, "gc", "-q", "--prune=now");
                if (!collected.Succeeded)
                    faults.Add(collected.ToString());
            }
            return faults;
        });
        var address = "192.0.2.10";
        for (var push = 1; push <= 8; push++)
        {
            var next = $"198.51.100.{push}";
            work.Replace("example.org", address, next);
            work.Commit($"push {push}");
            var pushed = work.Push();
            Assert.True(pushed.Succeeded, $"{pushed}\n{work.Appliance.Log}");
            Assert.Equal($"{next}\n", work.Dig("www.example.org", "+short"));
            address = next;
        }
        await stop.CancelAsync();
        Assert.Empty(await collecting);
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
        work.KillAndRestart();
        Assert.Equal($"{address}\n", work.Dig("www.example.org", "+short"));
    }

    [Fact]
    public void Push_past_the_server_is_followed_within_seconds()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.31");
        work.Commit("through the file system");
        work.Git(work.Clone, "push", "-q", work.Bare, "main").MustSucceed();
        Assert.Equal("192.0.2.31\n", Workplace.Await(() => work.Dig("www.example.org", "+short"), answer => answer == "192.0.2.31\n"));
        Assert.Contains(" 2026112002 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
        Assert.Contains("\nok", "\n" + work.Curl("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_push_past_the_server_keeps_the_last_good_version_also_over_a_restart_until_it_is_mended()
    {
        using var work = new Workplace("--example");
        work.Write("example.net", work.Read("example.org").Replace("192.0.2.10", "192.0.2.41", StringComparison.Ordinal));
        work.Commit("a second zone");
        work.Push().MustSucceed();
        var good = work.Read("example.org");
        work.Write("example.org", good + "www AAAAA 1\n");
        work.Replace("example.net", "192.0.2.41", "192.0.2.42");
        work.Commit("one bad, one good");
        work.Git(work.Clone, "push", "-q", work.Bare, "main").MustSucceed();
        AssertDegraded();

        work.KillAndRestart();
        AssertDegraded();

        work.Write("example.org", good.Replace("192.0.2.10", "192.0.2.43", StringComparison.Ordinal));
        work.Commit("mended");
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.43\n", work.Dig("www.example.org", "+short"));
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();

        void AssertDegraded()
        {
            Assert.Contains("degraded", Workplace.Await(() => work.Curl("/health"), health => health.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Contains("AAAAA", work.Curl("/health"), StringComparison.Ordinal);
            Assert.Contains("AAAAA", work.Curl("/"), StringComparison.Ordinal);
            Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
            Assert.Equal("192.0.2.42\n", work.Dig("www.example.net", "+short"));
        }
    }

    [Fact]
    public void Zone_that_was_never_good_is_answered_with_a_failure()
    {
        using var work = new Workplace("--example");
        work.Write("bad.test.zone", "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n");
        work.Commit("no NS");
        work.Git(work.Clone, "push", "-q", work.Bare, "main").MustSucceed();
        var answer = Workplace.Await(() => work.Dig("www.bad.test"), said => said.Contains("SERVFAIL", StringComparison.Ordinal));
        Assert.Contains("status: SERVFAIL", answer, StringComparison.Ordinal);
        Assert.Contains("EDE", answer, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
    }

    [Theory]
    [InlineData("rewritten", "does not contain")]
    [InlineData("set back", "behind")]
    [InlineData("deleted", "is gone")]
    public void Branch_that_lost_what_is_served_is_named_and_not_followed(string how, string reason)
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.51");
        work.Commit("served");
        work.Push().MustSucceed();
        if (how == "deleted")
            work.Git(work.Bare, "update-ref", "-d", "refs/heads/main").MustSucceed();
        else
            work.Git(work.Clone, "reset", "-q", "--hard", "HEAD~1").MustSucceed();
        if (how == "rewritten")
        {
            work.Replace("example.org", "192.0.2.10", "192.0.2.52");
            work.Commit("another history");
        }
        if (how != "deleted")
            work.Git(work.Clone, "push", "-q", "--force", work.Bare, "main").MustSucceed();

        AssertKept();
        work.KillAndRestart();
        AssertKept();

        work.Git(work.Clone, "fetch", "-q", "origin").MustSucceed();
        work.Write("example.org", work.Read("example.org") + "more A 192.0.2.53\n");
        work.Commit("on top of what the branch is");
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.53\n", work.Dig("more.example.org", "+short"));
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);

        void AssertKept()
        {
            var health = Workplace.Await(() => work.Curl("/health"), said => said.Contains("degraded", StringComparison.Ordinal));
            Assert.Contains("degraded", health, StringComparison.Ordinal);
            Assert.Contains(reason, health, StringComparison.Ordinal);
            Assert.Contains(reason, work.Curl("/"), StringComparison.Ordinal);
            Assert.Equal("192.0.2.51\n", work.Dig("www.example.org", "+short"));
        }
    }

    [Fact]
    public void Server_that_everybody_may_read_takes_no_key_file_and_does_not_start_with_one()
    {
        using var work = new Workplace("--example", "--public-read");
        Directory.CreateDirectory(Path.Combine(work.Clone, "deep"));
        work.Write("deep/Example.ORG._KEYS", "key. DNSKEY 0 3 163 c2VjcmV0\n");
        work.Commit("keys");
        var refused = work.Push();
        Assert.False(refused.Succeeded);
        Assert.Contains("_keys", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refused.Error, StringComparison.Ordinal);
        work.Git(work.Clone, "push", "-q", work.Bare, "HEAD:refs/heads/past-the-server").MustSucceed();
        Assert.Contains("--public-read is off", Workplace.Await(() => work.Curl("/health"), said => said.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        work.Appliance.Kill();
        using var again = RunningAppliance.Launch(work.State, "--public-read");
        Assert.Equal(1, again.WaitForEnd());
        Assert.Contains("--public-read would show keys", again.Log, StringComparison.Ordinal);
    }
}
