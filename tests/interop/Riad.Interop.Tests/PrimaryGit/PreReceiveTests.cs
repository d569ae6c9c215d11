using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>The checks of a push as a hook that real git runs, as it does for a push through sshd.</summary>
public sealed class PreReceiveTests : IDisposable
{
    private const string Zone = "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-hook-");

    public PreReceiveTests()
    {
        Git(".", "init", "-q", "--bare", "-b", "main", "zones.git").MustSucceed();
        Git("zones.git", "config", "receive.advertisePushOptions", "true").MustSucceed();
        var hook = Path.Combine(folder.FullName, "zones.git", "hooks", "pre-receive");
        File.WriteAllText(hook, $"#!/bin/sh\nunset $(env | sed -n 's/^\\(RIAD_[A-Z_]*\\)=.*/\\1/p')\nexec '{RunningAppliance.Program}' pre-receive\n");
        Tool.Run("chmod", ["+x", hook], folder.FullName).MustSucceed();
        Git(".", "clone", "-q", "zones.git", "clone");
        Commit("example.org", Zone);
        Push().MustSucceed();
    }

    [Fact]
    public void Good_zone_is_taken_and_the_person_reads_what_a_server_would_say()
    {
        Commit("example.net", Zone);
        Assert.Contains("remote: example.net: serial 1, new zone, 3 records", Push().MustSucceed().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_in_keys_is_told_and_refuses_nothing()
    {
        Commit("_keys", "old._update. DNSKEY 0 3 157 MDEyMzQ1Njc4OWFiY2RlZg==\n");
        var said = Push().MustSucceed().Error;
        Assert.Contains("remote: warning: _keys:1:1: '157' is not an algorithm that is known here", said, StringComparison.Ordinal);
        Assert.DoesNotContain("MDEyMzQ1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_refuses_the_push_with_its_place()
    {
        Commit("example.org", Zone + "www AAAAA 192.0.2.2\n");
        var push = Push();
        Assert.False(push.Succeeded);
        Assert.Contains("remote: example.org:4:5: 'AAAAA' is not a record type", push.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Push_option_check_only_validates()
    {
        Commit("example.net", Zone);
        var push = Push("-o", "check");
        Assert.False(push.Succeeded);
        Assert.Contains("only checked", push.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Push_option_delete_zones_refuses_only_a_push_that_needs_it()
    {
        Commit("example.net", Zone);
        Push("-o", "delete-zones").MustSucceed();

        // What is served is in the journal, which a server writes.
        using (var server = RunningAppliance.Start(Path.Combine(folder.FullName, "state"), "--repository", Path.Combine(folder.FullName, "zones.git")))
            Assert.Equal(0, server.Stop());
        File.Delete(Path.Combine(folder.FullName, "clone", "example.net"));
        File.Delete(Path.Combine(folder.FullName, "clone", "example.org"));
        Commit("example.com", Zone);
        var push = Push("-o", "delete-zones");
        Assert.False(push.Succeeded);
        Assert.Contains("remote: -o delete-zones does not reach the server from here", push.Error, StringComparison.Ordinal);

        Git("clone", "commit", "-q", "--amend", "-m", "All go\n\nDelete-Zones: yes").MustSucceed();
        Push("-o", "delete-zones").MustSucceed();
    }

    [Fact]
    public void Served_branch_is_neither_rewritten_nor_deleted()
    {
        Git("clone", "commit", "-q", "--amend", "-m", "another").MustSucceed();
        Assert.Contains("would rewrite served history", Push("--force").Error, StringComparison.Ordinal);
        Git("zones.git", "config", "receive.denyDeleteCurrent", "ignore").MustSucceed();
        Assert.Contains("is served and cannot be deleted", Git("clone", "push", "origin", ":main").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refs_of_the_server_are_not_pushed()
    {
        Assert.Contains("belongs to the server", Git("clone", "push", "origin", "HEAD:refs/riad/served").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_branches_are_not_checked()
    {
        Commit("example.org", "nonsense\n");
        Git("clone", "push", "origin", "HEAD:refs/heads/draft").MustSucceed();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Commit(string file, string text)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "clone", file), text);
        Git("clone", "add", "-A").MustSucceed();
        Git("clone", "commit", "-q", "-m", "a change").MustSucceed();
    }

    private ToolResult Push(params string[] options) => Git("clone", ["push", .. options, "origin", "HEAD:refs/heads/main"]);

    private ToolResult Git(string inside, params string[] arguments) => Tool.Git(Path.Combine(folder.FullName, inside), arguments);
}
