using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>What a push may do and what it is told, judged by git itself.</summary>
public sealed class PushRuleTests
{
    [Fact]
    public void Rewriting_and_deleting_the_served_branch_is_refused()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.11");
        work.Commit("served");
        work.Push().MustSucceed();
        work.Git(work.Clone, "commit", "-q", "--amend", "-m", "rewritten").MustSucceed();
        AssertRefused(work.Push("--force"), "non-fast-forward");
        AssertRefused(work.Git(work.Clone, "push", "origin", ":main"), "cannot be deleted");
        Assert.Equal("192.0.2.11\n", work.Dig("www.example.org", "+short"));
    }

    [Fact]
    public void Allowed_rewrite_names_what_is_lost_and_goes_on_with_the_serials()
    {
        using var work = new Workplace("--example", "--allow-force");
        work.Replace("example.org", "192.0.2.10", "192.0.2.11");
        work.Commit("this one is lost");
        work.Push().MustSucceed();
        work.Git(work.Clone, "reset", "-q", "--hard", "HEAD~1").MustSucceed();
        work.Replace("example.org", "192.0.2.10", "192.0.2.12");
        work.Commit("instead");
        var push = work.Push("--force").MustSucceed();
        Assert.Contains("lost", push.Error, StringComparison.Ordinal);
        Assert.Contains("this one is lost", push.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.12\n", work.Dig("www.example.org", "+short"));
        Assert.Contains(" 2026112003 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
        work.Git(work.Clone, "push", "origin", ":main").MustSucceed();
        Assert.Equal("192.0.2.12\n", work.Dig("www.example.org", "+short"));
        work.Push().MustSucceed();
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
    }

    [Fact]
    public void Journal_can_be_fetched_and_not_pushed()
    {
        using var work = new Workplace("--example");
        AssertRefused(work.Git(work.Clone, "push", "--force", "origin", "HEAD:refs/riad/served"), "refs/riad/ belongs to the server");
        AssertRefused(work.Git(work.Clone, "push", "origin", ":refs/riad/served"), "refs/riad/ belongs to the server");
        work.Git(work.Clone, "fetch", "-q", "origin", "refs/riad/served").MustSucceed();
        Assert.Contains("riad journal 1", work.Git(work.Clone, "show", "FETCH_HEAD:format").MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_branches_and_tags_are_stored_and_said_not_to_be_served()
    {
        using var work = new Workplace("--example");
        work.Git(work.Clone, "checkout", "-q", "-b", "draft").MustSucceed();
        work.Write("example.org", "nonsense, and it does not matter\n");
        work.Commit("a draft");
        work.Git(work.Clone, "tag", "-a", "-m", "a tag", "v1").MustSucceed();
        var push = work.Git(work.Clone, "push", "origin", "draft", "v1").MustSucceed();
        Assert.Contains("refs/heads/draft: stored, not served; main is the served branch", push.Error, StringComparison.Ordinal);
        Assert.Contains("refs/tags/v1: stored, not served", push.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        work.Git(work.Clone, "push", "origin", ":draft", ":v1").MustSucceed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refs_of_a_push_stand_or_fall_alone_unless_it_is_atomic(bool isAtomic)
    {
        using var work = new Workplace("--example");
        work.Write("example.org", work.Read("example.org") + "www AAAAA 1\n");
        work.Commit("bad");
        var push = work.Git(work.Clone, ["push", .. isAtomic ? ["--atomic"] : Array.Empty<string>(), "origin", "main", "HEAD:refs/heads/copy"]);
        Assert.False(push.Succeeded);
        var refs = work.Git(work.Clone, "ls-remote", "origin").Output;
        Assert.Equal(!isAtomic, refs.Contains("refs/heads/copy", StringComparison.Ordinal));
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        if (isAtomic)
            Assert.Equal("", work.Git(work.Bare, "cat-file", "-t", work.Git(work.Clone, "rev-parse", "HEAD").Output.Trim()).Output);
    }

    [Fact]
    public void One_bad_zone_holds_back_the_good_one_beside_it()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.12");
        work.Write("example.net", "nothing SOA here\n@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n");
        work.Commit("one good, one bad");
        var push = work.Push();
        AssertRefused(push, "example.net:");
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        Assert.Contains("status: REFUSED", work.Dig("www.example.net"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_one_zone_are_refused()
    {
        using var work = new Workplace("--example");
        work.Write("Example.ORG.zone", work.Read("example.org"));
        work.Commit("twins");
        var push = work.Push();
        Assert.False(push.Succeeded);
        Assert.Contains("Example.ORG.zone", push.Error, StringComparison.Ordinal);
        Assert.Contains("example.org", push.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_files_are_recognised_and_never_shown()
    {
        const string secret = "c2VjcmV0LXNlY3JldA==";
        using var work = new Workplace("--example");
        work.Write("_keys", $"key. DNSKEY 0 3 163 {secret}\n");
        work.Write("example.org._keys", $"@ SOA {secret}\nkey.example.org. DNSKEY 0 3 163 {secret}\n");
        work.Write("Example.ORG._KEYS", $"broken ( {secret}\n");
        work.Commit("keys");
        var push = work.Push().MustSucceed();
        Assert.DoesNotContain(secret, push.Error, StringComparison.Ordinal);
        work.Write("example.org", work.Read("example.org") + "$INCLUDE _keys\n$INCLUDE example.org._keys\n");
        work.Commit("include them");
        var including = work.Push();
        Assert.False(including.Succeeded);
        Assert.Contains("_keys", including.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, including.Error, StringComparison.Ordinal);
        foreach (var page in (string[])["/", "/zones/example.org", "/zones/_keys", "/zones/example.org._keys", "/zones/example.org._keys/difference?from=1&to=2", "/health", "/metrics"])
            Assert.DoesNotContain(secret, work.Curl(page), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, work.Appliance.Log, StringComparison.Ordinal);
        Assert.Contains("status: REFUSED", work.Dig("_keys", "SOA"), StringComparison.Ordinal);
    }

    [Fact]
    public void Serial_that_jumps_far_needs_a_word()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "2026112001", "3200000000");
        work.Commit("a jump");
        AssertRefused(work.Push(), "serial-jump");
        work.Push("-o", "serial-jump").MustSucceed();
        Assert.Contains(" 3200000000 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_serials_are_demanded_where_the_operator_wants_them()
    {
        using var work = new Workplace("--example", "--serial", "strict");
        work.Replace("example.org", "192.0.2.10", "192.0.2.13");
        work.Commit("forgotten");
        AssertRefused(work.Push(), "serial");
        work.Replace("example.org", "2026112001", "2026112000");
        work.Git(work.Clone, "commit", "-q", "-a", "--amend", "-m", "backwards").MustSucceed();
        AssertRefused(work.Push(), "serial");
        work.Replace("example.org", "2026112000", "2026112002");
        work.Git(work.Clone, "commit", "-q", "-a", "--amend", "-m", "raised").MustSucceed();
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.13\n", work.Dig("www.example.org", "+short"));
    }

    [Fact]
    public void Changed_include_raises_every_zone_that_uses_it()
    {
        using var work = new Workplace("--example");
        var zone = "@ 3600 SOA ns1 hostmaster 7 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n$INCLUDE shared/web\n";
        work.Write("one.test", zone);
        work.Write("two.test.zone", zone.Replace("shared/web", "\"shared/web\"", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(work.Clone, "shared"));
        work.Write("shared/web", "www 3600 A 192.0.2.2\r\n");
        work.Commit("two zones, one include");
        work.Push().MustSucceed();
        work.Write("shared/web", "www 3600 A 192.0.2.3\r\n");
        work.Commit("the include");
        var push = work.Push().MustSucceed();
        Assert.Contains("one.test: serial 8, 1 record changed", push.Error, StringComparison.Ordinal);
        Assert.Contains("two.test: serial 8, 1 record changed", push.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.3\n", work.Dig("www.two.test", "+short"));
        Assert.Contains(" 2026112001 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Include_that_leads_elsewhere_is_refused()
    {
        using var work = new Workplace("--example");
        File.CreateSymbolicLink(Path.Combine(work.Clone, "link"), "folder/web");
        Directory.CreateDirectory(Path.Combine(work.Clone, "folder"));
        File.CreateSymbolicLink(Path.Combine(work.Clone, "linked"), "folder");
        work.Write("folder/web", "web A 192.0.2.1\n");
        work.Write("folder/_keys", "secretweb A 192.0.2.1\n");
        work.Write("folder/a._keys", "secretweb A 192.0.2.1\n");
        work.Git(work.Clone, "update-index", "--add", "--cacheinfo", $"160000,{work.Git(work.Clone, "rev-parse", "HEAD").Output.Trim()},module").MustSucceed();
        work.Git(work.Clone, "add", "link", "linked", "folder").MustSucceed();
        work.Git(work.Clone, "commit", "-q", "-m", "traps").MustSucceed();
        work.Push().MustSucceed();
        var text = work.Read("example.org");
        string[] paths = ["../../../etc/hostname", "/etc/hostname", ".git/config", "link", "linked/web", "module/web", "module", "folder", "folder/_keys", "folder/a._keys", "missing", "example.org"];
        foreach (var path in paths)
        {
            work.Write("example.org", $"{text}$INCLUDE {path}\n");
            work.Git(work.Clone, "commit", "-q", "-m", "include", "example.org").MustSucceed();
            var push = work.Push();
            AssertRefused(push, "example.org:");
            Assert.DoesNotContain("secretweb", push.Error, StringComparison.Ordinal);
            work.Git(work.Clone, "reset", "-q", "--soft", "HEAD~1").MustSucceed();
        }
    }

    [Fact]
    public void Carriage_returns_and_a_byte_order_mark_are_taken_and_kept()
    {
        using var work = new Workplace("--example");
        var text = "\uFEFF" + work.Read("example.org").Replace("\n", "\r\n", StringComparison.Ordinal).Replace("192.0.2.10", "192.0.2.14", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(work.Clone, "example.org"), text);
        work.Commit("from Windows");
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.14\n", work.Dig("www.example.org", "+short"));
        Assert.Equal(work.Git(work.Clone, "hash-object", "--no-filters", "example.org").Output, work.Git(work.Bare, "rev-parse", "main:example.org").Output);
    }

    [Fact]
    public void Unknown_push_option_is_refused_by_name_and_harmlessly()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.15");
        work.Commit("options");
        var push = work.Push("-o", "ci.skip\u001b[31m");
        AssertRefused(push, "check, delete-zones and serial-jump");
        Assert.DoesNotContain('\u001b', push.Error);
    }

    [Fact]
    public void Push_on_an_older_commit_is_told_to_fetch_first()
    {
        using var work = new Workplace("--example");
        var other = work.NewClone("other");
        work.Replace("example.org", "192.0.2.10", "192.0.2.16");
        work.Commit("first");
        work.Push().MustSucceed();
        File.AppendAllText(Path.Combine(other, "example.org"), "late A 192.0.2.17\n");
        work.Git(other, "commit", "-q", "-a", "-m", "second").MustSucceed();
        AssertRefused(work.Git(other, "push", "origin", "main"), "fetch first");
        work.Git(other, "pull", "-q", "--rebase").MustSucceed();
        work.Git(other, "push", "origin", "main").MustSucceed();
        Assert.Equal("192.0.2.17\n", work.Dig("late.example.org", "+short"));
    }

    [Fact]
    public async Task Eight_people_who_push_at_once_all_succeed_in_the_end()
    {
        using var work = new Workplace("--example");
        var clones = Enumerable.Range(1, 8).Select(person => work.NewClone($"person{person}")).ToList();
        var pushes = await Task.WhenAll(clones.Select((clone, person) => Task.Run(() =>
        {
            File.WriteAllText(Path.Combine(clone, $"zone{person}.test"), "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n");
            work.Git(clone, "add", "-A").MustSucceed();
            work.Git(clone, "commit", "-q", "-m", $"zone {person}").MustSucceed();
            var attempts = 0;
            while (work.Git(clone, "push", "origin", "main") is { Succeeded: false } push)
            {
                Assert.True(++attempts < 40, push.ToString());
                Assert.Matches("fetch first|cannot lock ref|moved meanwhile|non-fast-forward", push.Error);
                work.Git(clone, "pull", "-q", "--rebase").MustSucceed();
            }
            return attempts;
        })));
        Assert.Equal(8, pushes.Length);
        for (var person = 0; person < 8; person++)
            Assert.Equal("192.0.2.1\n", work.Dig($"ns1.zone{person}.test", "+short"));
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
        Assert.Equal("9\n", work.Git(work.Bare, "rev-list", "--count", "main").Output);
    }

    private static void AssertRefused(ToolResult push, string because)
    {
        Assert.False(push.Succeeded, push.ToString());
        Assert.Contains(because, push.Error, StringComparison.Ordinal);
    }
}
