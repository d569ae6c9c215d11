using Riad.Dns.Messages;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit.Updates;

/// <summary>nsupdate and knsupdate change zones, and every change is a commit.</summary>
public sealed class NsupdateTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-nsupdate-");
    private readonly Workplace work;

    public NsupdateTests() => work = new("--example", "--keys", UpdateClient.WriteKeys(folder.FullName));

    public void Dispose()
    {
        work.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Every form of RFC 2136, one after another: commands, what the client is told, what is served then.</summary>
    public static readonly (string Commands, string Status, string Question, string Answer)[] Steps =
    [
        ("update add host7.example.org. 300 A 192.0.2.7", "NOERROR", "host7.example.org A", "192.0.2.7"),
        ("update add host7.example.org. 300 A 192.0.2.8\nupdate add host7.example.org. 300 TXT \"hello world\"", "NOERROR", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq nxdomain host7.example.org.\nupdate delete host7.example.org.", "YXDOMAIN", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq yxdomain nothing.example.org.\nupdate delete host7.example.org.", "NXDOMAIN", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq nxrrset host7.example.org. A\nupdate delete host7.example.org.", "YXRRSET", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq yxrrset host7.example.org. AAAA\nupdate delete host7.example.org.", "NXRRSET", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq yxrrset host7.example.org. A 192.0.2.7\nupdate delete host7.example.org.", "NXRRSET", "host7.example.org A", "192.0.2.7 192.0.2.8"),
        ("prereq yxrrset host7.example.org. A 192.0.2.7\nprereq yxrrset host7.example.org. A 192.0.2.8\nprereq yxdomain www.example.org.\nupdate delete host7.example.org. A 192.0.2.8", "NOERROR", "host7.example.org A", "192.0.2.7"),
        ("update delete host7.example.org. A", "NOERROR", "host7.example.org A", ""),
        ("update delete host7.example.org.", "NOERROR", "host7.example.org TXT", ""),
        ("update delete example.org. NS", "NOERROR", "example.org NS", "ns1.example.org. ns2.example.org."),
        ("update add www.example.org. 60 CNAME ns1.example.org.", "NOERROR", "www.example.org A", "192.0.2.10"),
        ("update add x.example.net. 60 A 192.0.2.9", "NOTZONE", "www.example.org A", "192.0.2.10"),
        ("update delete ns1.example.org.", "REFUSED", "ns1.example.org A", "192.0.2.1"),
    ];

    [Theory]
    [InlineData("nsupdate", "hmac-sha256:me._update.example.org:")]
    [InlineData("nsupdate -v", "hmac-sha512:long._update.example.org:")]
    [InlineData("knsupdate", "hmac-sha256:me._update.example.org:")]
    [InlineData("knsupdate -v", "hmac-sha512:long._update.example.org:")]
    public void Every_form_does_what_the_RFC_says(string program, string key)
    {
        foreach (var (commands, status, question, answer) in Steps)
        {
            var said = Run(program, key + UpdateClient.Secret, commands);
            Assert.True(said.Contains(status, StringComparison.Ordinal), $"{commands}\n{said}\n{work.Appliance.Log}");
            Assert.Equal(answer, string.Join(' ', work.Dig([.. question.Split(' '), "+short"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
        }
        var log = work.Git(work.Bare, "log", "--reverse", "--format=%an|%s", "main").MustSucceed().Output;
        var author = key.Split(':')[1];
        Assert.Contains($"{author}|example.org: add A 192.0.2.7 to host7\n{author}|example.org: 2 changes to host7\n{author}|example.org: remove A 192.0.2.8 from host7\n", log, StringComparison.Ordinal);
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
    }

    [Fact]
    public void Who_has_no_right_changes_nothing()
    {
        const string Add = "update add evil.example.org. 60 A 192.0.2.66";
        Assert.Contains("REFUSED", Run("nsupdate", null, Add), StringComparison.Ordinal);
        Assert.Contains("REFUSED", Run("nsupdate", $"hmac-sha256:read._transfer.example.org:{UpdateClient.Secret}", Add), StringComparison.Ordinal);
        Assert.Matches("NOTAUTH|BADKEY", Run("nsupdate", $"hmac-sha256:nobody._update.example.org:{UpdateClient.Secret}", Add));
        Assert.Matches("NOTAUTH|BADSIG", Run("nsupdate", "hmac-sha256:me._update.example.org:AAAAMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", Add));
        Assert.Equal("", work.Dig("evil.example.org", "+short"));
    }

    [Fact]
    public void A_request_that_comes_again_gets_the_first_answer_and_is_one_commit()
    {
        var request = UpdateClient.Add(77, "once.example.org", 0xc0000207);

        for (var time = 0; time < 3; time++)
        {
            // The prerequisite would not hold a second time.
            Assert.Equal(ResponseCode.NoError, UpdateClient.Send(work.Appliance.Dns, request));
            Assert.Equal(ResponseCode.NoError, UpdateClient.CodeOf(DnsExchange.OverUdp(work.Appliance.Dns, request)!));
        }

        Assert.Single(work.Git(work.Bare, "log", "--format=%s", "main").MustSucceed().Output.Split('\n'), line => line.Contains(" to once", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_appends_at_the_end_of_a_file_are_merged_by_records()
    {
        File.AppendAllText(Path.Combine(work.Clone, "example.org"), "printer A 192.0.2.80 ; on the second floor\n");
        work.Commit("a printer");
        Assert.Contains("NOERROR", Run("nsupdate", KeyOption, "update add host7.example.org. 300 A 192.0.2.7"), StringComparison.Ordinal);

        var refused = work.Push();
        Assert.Contains("fetch first", refused.Error, StringComparison.Ordinal);
        Assert.False(work.Git(work.Clone, "pull", "-q", "--rebase").Succeeded); // git alone has a conflict
        work.Git(work.Clone, "rebase", "--abort").MustSucceed();
        work.Git(work.Clone, "config", "merge.zone.driver", $"'{RunningAppliance.Program}' merge-zone %O %A %B %P").MustSucceed();
        work.Git(work.Clone, "config", "merge.default", "zone").MustSucceed();
        work.Git(work.Clone, "pull", "-q", "--rebase").MustSucceed();

        Assert.EndsWith("printer A 192.0.2.80 ; on the second floor\nhost7 300 A 192.0.2.7\n", work.Read("example.org"), StringComparison.Ordinal);
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.80\n", work.Dig("printer.example.org", "+short"));
        Assert.Equal("192.0.2.7\n", work.Dig("host7.example.org", "+short"));
    }

    [Fact]
    public void A_push_that_would_lose_an_update_is_refused_and_told_how_git_takes_it_up()
    {
        Assert.Contains("NOERROR", Run("nsupdate", KeyOption, "update add host7.example.org. 300 A 192.0.2.7"), StringComparison.Ordinal);
        work.Replace("example.org", "192.0.2.10", "192.0.2.11");
        work.Commit("www moves");

        // Without --force git itself refuses, before the server is asked.
        var refused = work.Push("--force");

        Assert.Contains("non-fast-forward", refused.Error, StringComparison.Ordinal);
        Assert.Contains("remote: git config merge.zone.driver 'dns-primary-git merge-zone %O %A %B %P' && git config merge.default zone", refused.Error, StringComparison.Ordinal);
        Assert.Equal("192.0.2.7\n", work.Dig("host7.example.org", "+short"));
    }

    [Fact]
    public void What_both_sides_changed_is_marked_as_git_does()
    {
        work.Git(work.Clone, "config", "merge.zone.driver", $"'{RunningAppliance.Program}' merge-zone %O %A %B %P").MustSucceed();
        work.Git(work.Clone, "config", "merge.default", "zone").MustSucceed();
        work.Replace("example.org", "192.0.2.3", "192.0.2.33");
        work.Commit("mail moves");
        Assert.Contains("NOERROR", Run("nsupdate", KeyOption, "update delete mail.example.org. A\nupdate add mail.example.org. 3600 A 192.0.2.34"), StringComparison.Ordinal);

        Assert.False(work.Git(work.Clone, "pull", "-q", "--rebase").Succeeded);

        Assert.Contains("UU example.org", work.Git(work.Clone, "status", "--porcelain").Output, StringComparison.Ordinal);
        Assert.EndsWith("<<<<<<< ours\nmail A 192.0.2.34\n=======\nmail A 192.0.2.33\n>>>>>>> theirs\n", work.Read("example.org"), StringComparison.Ordinal);
        work.Git(work.Clone, "rebase", "--abort").MustSucceed();
    }

    [Fact]
    public void Keys_of_the_repository_count_once_they_are_served()
    {
        work.Write("example.org._keys", $"in-git._update.example.org. DNSKEY 0 3 163 {UpdateClient.Secret}\n");
        work.Commit("a key");
        work.Push().MustSucceed();

        Assert.Contains("NOERROR", Run("nsupdate", $"hmac-sha256:in-git._update.example.org:{UpdateClient.Secret}", "update add host8.example.org. 300 A 192.0.2.8"), StringComparison.Ordinal);
        Assert.Equal("192.0.2.8\n", work.Dig("host8.example.org", "+short"));
    }

    private static string KeyOption => $"hmac-sha256:{UpdateClient.KeyName}:{UpdateClient.Secret}";

    private string Run(string program, string? key, string commands)
    {
        var words = program.Split(' ');
        string[] options = [.. words[1..], "-t", "60", .. key is null ? (string[])[] : ["-y", key]];
        var result = Tool.Run(words[0], options, folder.FullName, input: $"server 127.0.0.1 {work.Appliance.Dns.Port}\nzone example.org.\n{commands}\nsend\nanswer\n");
        return result.Output + result.Error;
    }
}
