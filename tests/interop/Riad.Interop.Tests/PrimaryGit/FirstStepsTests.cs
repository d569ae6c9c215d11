using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>What the README promises, with git and dig as a person uses them.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public void Push_is_served_when_it_succeeds()
    {
        using var work = new Workplace("--example");
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));

        work.Replace("example.org", "192.0.2.10", "192.0.2.99");
        work.Commit("www moves");
        var push = work.Push();

        Assert.True(push.Succeeded, push.ToString());
        Assert.Matches(@"remote: example\.org: serial \d+, 1 record changed", push.Error);
        Assert.Equal("192.0.2.99\n", work.Dig("www.example.org", "+short"));
    }

    [Fact]
    public void Push_with_mistakes_is_refused_with_their_places_and_changes_nothing()
    {
        using var work = new Workplace("--example");
        var lines = work.Read("example.org").Split('\n');
        lines[11] = "www     AAAAA   192.0.2.10";
        lines[12] = "www     CNAME   mail";
        lines[13] = "www     A       192.0.2.11";
        work.Write("example.org", string.Join('\n', lines));
        work.Commit("two mistakes");
        var push = work.Push();

        Assert.False(push.Succeeded);
        Assert.Contains("remote: example.org:12:9: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one", push.Error, StringComparison.Ordinal);
        Assert.Contains("www is a CNAME and has an A record too", push.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        Assert.Equal(work.Git(work.Clone, "rev-parse", "origin/main").Output, work.Git(work.Clone, "ls-remote", "origin", "main").Output.Split('\t')[0] + "\n");
    }

    [Fact]
    public void First_push_into_an_empty_repository_is_served()
    {
        using var work = new Workplace();
        work.Write("example.net", "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n");
        work.Commit("first zone");
        var push = work.Push();

        Assert.True(push.Succeeded, push.ToString());
        Assert.Equal("192.0.2.1\n", work.Dig("ns1.example.net", "+short"));
    }

    [Fact]
    public void Check_only_validates_and_stores_nothing()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.77");
        work.Commit("only a question");
        var push = work.Push("-o", "check");

        Assert.Contains("1 record changed", push.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        Assert.DoesNotContain(work.Git(work.Clone, "rev-parse", "HEAD").Output.Trim(), work.Git(work.Clone, "ls-remote", "origin").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgotten_serial_is_raised_and_the_pusher_is_told()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.50");
        work.Commit("no new serial");
        Assert.Contains("serial 2026112002", work.Push().Error, StringComparison.Ordinal);
        Assert.Contains(" 2026112002 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Comment_alone_raises_no_serial()
    {
        using var work = new Workplace("--example");
        work.Write("example.org", work.Read("example.org") + "; a remark\n");
        work.Commit("a remark");
        work.Push().MustSucceed();
        Assert.Contains(" 2026112001 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Acknowledged_push_survives_a_power_cut_of_the_process()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.60");
        work.Commit("before the cut");
        work.Push().MustSucceed();
        work.KillAndRestart();

        Assert.Equal("192.0.2.60\n", work.Dig("www.example.org", "+short"));
        Assert.Contains(" 2026112002 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_zone_is_no_longer_served_and_goes_on_from_its_last_serial_when_it_returns()
    {
        using var work = new Workplace("--example");
        var text = work.Read("example.org");
        work.Write("example.net", text);
        work.Commit("a second zone");
        work.Push().MustSucceed();
        File.Delete(Path.Combine(work.Clone, "example.org"));
        work.Commit("the first goes");
        work.Push().MustSucceed();
        Assert.Contains("status: REFUSED", work.Dig("www.example.org"), StringComparison.Ordinal);

        work.Write("example.org", text.Replace("192.0.2.10", "192.0.2.61", StringComparison.Ordinal));
        work.Commit("and comes back");
        work.Push().MustSucceed();
        Assert.Contains(" 2026112002 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_two_zones_needs_a_word()
    {
        using var work = new Workplace("--example");
        var text = work.Read("example.org");
        work.Write("example.net", text);
        work.Commit("a second zone");
        work.Push().MustSucceed();
        File.Delete(Path.Combine(work.Clone, "example.org"));
        File.Delete(Path.Combine(work.Clone, "example.net"));
        work.Commit("all go");
        var refused = work.Push();
        Assert.False(refused.Succeeded);
        Assert.Contains("delete-zones", refused.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.net", "+short"));

        work.Push("-o", "delete-zones").MustSucceed();
        Assert.Contains("status: REFUSED", work.Dig("www.example.net"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_is_clean()
    {
        using var work = new Workplace("--example");
        Assert.Equal(0, work.Appliance.Stop());
        Assert.DoesNotContain("Exception", work.Appliance.Log, StringComparison.Ordinal);
    }
}
