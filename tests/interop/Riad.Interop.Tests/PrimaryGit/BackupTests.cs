using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>Backup, restore and upgrade as the manual says.</summary>
public sealed class BackupTests
{
    [Fact]
    public void Mirror_is_a_backup_of_everything()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.81");
        work.Commit("before the backup");
        work.Push().MustSucceed();
        work.Git(".", "clone", "-q", "--mirror", work.Appliance.Repository, work.PathOf("backup.git")).MustSucceed();
        work.Replace("example.org", "192.0.2.81", "192.0.2.82");
        work.Commit("before the next backup");
        work.Push().MustSucceed();
        work.Git(work.PathOf("backup.git"), "remote", "update", "--prune").MustSucceed();

        Assert.Equal(0, work.Appliance.Stop());
        Directory.Delete(work.State, recursive: true);
        Directory.CreateDirectory(work.State);
        work.Git(".", "clone", "-q", "--mirror", work.PathOf("backup.git"), work.Bare).MustSucceed();
        work.KillAndRestart();
        Assert.Equal("192.0.2.82\n", work.Dig("www.example.org", "+short"));
        Assert.Contains(" 2026112003 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
        work.Replace("example.org", "192.0.2.82", "192.0.2.83");
        work.Commit("after the restore");
        work.Push().MustSucceed();
        Assert.Contains(" 2026112004 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public void Backup_without_the_journal_is_served_with_the_serials_of_its_files_and_everybody_is_told()
    {
        const string Told = "the journal refs/riad/served was missing at the start";
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.84");
        work.Commit("before the loss");
        work.Push().MustSucceed();
        work.Appliance.Kill();
        work.Git(work.Bare, "update-ref", "-d", "refs/riad/served").MustSucceed();
        work.KillAndRestart();
        Assert.Equal("192.0.2.84\n", work.Dig("www.example.org", "+short"));
        work.Git(work.Bare, "rev-parse", "--verify", "refs/riad/served").MustSucceed();
        foreach (var place in (string[])[work.Curl("/health"), work.Curl("/"), work.Appliance.Log])
            Assert.Contains(Told, place, StringComparison.Ordinal);

        work.KillAndRestart();
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public void State_of_a_newer_program_is_refused_in_one_sentence()
    {
        using var work = new Workplace("--example");
        Assert.Equal(0, work.Appliance.Stop());
        var format = Path.Combine(work.State, "format");
        var present = File.ReadAllText(format);
        File.WriteAllText(format, "dns-primary-git 2\n");
        AssertRefused("has the format 'dns-primary-git 2'");
        File.WriteAllText(format, present);

        var tree = work.Git(work.Bare, "cat-file", "-p", "refs/riad/served^{tree}").Output;
        var blob = Tool.Run("git", ["-C", work.Bare, "hash-object", "-w", "--stdin"], ".", input: "riad journal 2\n").Output.Trim();
        var changed = string.Join('\n', tree.Split('\n').Select(line => line.EndsWith("\tformat", StringComparison.Ordinal) ? $"100644 blob {blob}\tformat" : line));
        var newer = Tool.Run("git", ["-C", work.Bare, "mktree"], ".", input: changed).Output.Trim();
        var entry = work.Git(work.Bare, "commit-tree", "-m", "newer", "-p", "refs/riad/served", newer).Output.Trim();
        work.Git(work.Bare, "update-ref", "refs/riad/served", entry).MustSucceed();
        AssertRefused("refs/riad/served");

        void AssertRefused(string because)
        {
            using var appliance = RunningAppliance.Launch(work.State);
            Assert.Equal(1, appliance.WaitForEnd());
            Assert.Contains(because, appliance.Log, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", appliance.Log, StringComparison.Ordinal);
        }
    }
}
