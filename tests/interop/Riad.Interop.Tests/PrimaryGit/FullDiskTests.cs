using System.Globalization;
using Riad.Dns.Messages;
using Riad.Interop.Tests.PrimaryGit.Updates;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>A full disk refuses pushes in words and keeps serving; room brings everything back.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int PageOctets = 4096;

    private readonly DirectoryInfo disk = Directory.CreateTempSubdirectory("riad-full-disk-");
    private readonly DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("riad-full-disk-remote-");
    private bool isMounted;

    public void Dispose()
    {
        if (isMounted)
            Tool.Run("umount", ["-l", disk.FullName], "/");
        disk.Delete(recursive: true);
        elsewhere.Delete(recursive: true);
    }

    [RootFact]
    public void Push_to_a_full_disk_is_refused_and_the_rest_goes_on()
    {
        Mount();
        using var work = new Workplace("--example", "--repository", Path.Combine(disk.FullName, "zones.git"));
        var served = "192.0.2.10";
        var (refused, accepted) = (0, 0);
        // Each time a page more is free, so that each write of a push is once the one without room.
        for (var pages = 0; pages < 16; pages++)
        {
            var next = $"198.51.100.{pages + 1}";
            work.Replace("example.org", served, next);
            work.Commit($"{pages} pages free");
            var before = Contents();
            Fill(pages);
            var push = work.Push();
            if (push.Succeeded)
            {
                served = next;
                accepted++;
            }
            else
            {
                Assert.Contains("the disk is full; nothing was changed", push.Error, StringComparison.Ordinal);
                Assert.Equal(before, Contents());
                work.Git(work.Clone, "reset", "-q", "--hard", "HEAD~1").MustSucceed();
                refused++;
            }
            Assert.Equal($"{served}\n", work.Dig("www.example.org", "+short"));
            if (pages % 5 == 0)
            {
                work.KillAndRestart();
                Assert.Equal($"{served}\n", work.Dig("www.example.org", "+short"));
            }
            File.Delete(Filler);
        }
        Assert.True(refused >= 2, $"{refused} refused, {accepted} accepted");
        work.Replace("example.org", served, "192.0.2.77");
        work.Commit("room again");
        work.Push().MustSucceed();
        Assert.Equal("192.0.2.77\n", work.Dig("www.example.org", "+short"));
        work.Git(Path.Combine(disk.FullName, "zones.git"), "fsck", "--strict", "--no-dangling").MustSucceed();
    }

    [RootFact]
    public void Update_on_a_full_disk_is_told_so_and_nothing_of_it_is_kept()
    {
        Mount();
        using var keys = new TemporaryKeys();
        using var work = new Workplace("--example", "--repository", Path.Combine(disk.FullName, "zones.git"), "--keys", keys.Path);
        var (refused, taken) = (0, new List<string>());
        for (var pages = 0; pages < 16; pages++)
        {
            var name = $"host{pages}.example.org";
            Fill(pages);
            var code = UpdateClient.Send(work.Appliance.Dns, UpdateClient.Add((ushort)pages, name, 0xc6336407));
            Assert.True(code is ResponseCode.NoError or ResponseCode.ServerFailure, $"{code}\n{work.Appliance.Log}");
            Assert.Equal(code is ResponseCode.NoError ? "198.51.100.7\n" : "", work.Dig(name, "+short"));
            if (code is ResponseCode.NoError)
                taken.Add(name);
            else
                refused++;
            Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
            File.Delete(Filler);
        }
        Assert.True(refused >= 2, $"{refused} refused, {taken.Count} taken");
        Assert.Equal(ResponseCode.NoError, UpdateClient.Send(work.Appliance.Dns, UpdateClient.Add(99, "room.example.org", 0xc6336407)));
        work.KillAndRestart();
        Assert.All(taken.Append("room.example.org"), name => Assert.Equal("198.51.100.7\n", work.Dig(name, "+short")));
        work.Git(Path.Combine(disk.FullName, "zones.git"), "fsck", "--strict", "--no-dangling").MustSucceed();
    }

    [RootFact]
    public void Branch_that_moved_on_a_full_disk_is_followed_once_there_is_room()
    {
        Mount();
        var bare = Path.Combine(disk.FullName, "zones.git");
        using var work = new Workplace("--example", "--repository", bare);
        work.Replace("example.org", "192.0.2.10", "192.0.2.44");
        work.Commit("past the server");
        work.Git(work.Clone, "push", "-q", bare, "HEAD:refs/heads/next").MustSucceed();
        work.Git(bare, "update-ref", "refs/heads/main", "refs/heads/next~1").MustSucceed();
        Fill(1);
        work.Git(bare, "update-ref", "refs/heads/main", "refs/heads/next").MustSucceed();
        Assert.Contains("the disk is full", Workplace.Await(() => work.Curl("/health"), said => said.Contains("full", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));
        work.KillAndRestart();
        Assert.Equal("192.0.2.10\n", work.Dig("www.example.org", "+short"));

        File.Delete(Filler);
        Assert.Equal("192.0.2.44\n", Workplace.Await(() => work.Dig("www.example.org", "+short"), said => said == "192.0.2.44\n"));
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);
    }

    [RootFact]
    public void Update_that_a_full_disk_has_no_room_for_is_not_at_the_remote_either()
    {
        Mount();
        using var keys = new TemporaryKeys();
        var (remote, theirs, bare) = (Path.Combine(elsewhere.FullName, "remote.git"), Path.Combine(elsewhere.FullName, "theirs"), Path.Combine(disk.FullName, "zones.git"));
        Tool.Git(elsewhere.FullName, "init", "-q", "--bare", "-b", "main", remote).MustSucceed();
        Tool.Git(elsewhere.FullName, "clone", "-q", remote, theirs).MustSucceed();
        File.WriteAllText(Path.Combine(theirs, "example.org"), "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n");
        Tool.Git(theirs, "add", "-A").MustSucceed();
        Tool.Git(theirs, "commit", "-q", "-m", "a zone").MustSucceed();
        Tool.Git(theirs, "push", "-q", "origin", "HEAD:main").MustSucceed();
        using var work = new Workplace("--remote", remote, "--fetch-every", "1h", "--repository", bare, "--keys", keys.Path);
        Workplace.Await(() => Tool.Git(bare, "rev-parse", "refs/riad/remote/served").Output.Trim(), seen => seen.Length == 40);
        var (refused, taken) = (0, 0);
        foreach (var pages in (int[])[0, 3, 6, 9, 12, 15, 18, 24, 32, 48])
        {
            var name = $"host{pages}";
            Fill(pages);
            var code = UpdateClient.Send(work.Appliance.Dns, UpdateClient.Add((ushort)pages, $"{name}.example.org", 0xc6336407));
            File.Delete(Filler);
            Assert.True(code is ResponseCode.NoError or ResponseCode.ServerFailure, $"{code}\n{work.Appliance.Log}");
            var isThere = Tool.Git(remote, "show", "main:example.org").MustSucceed().Output.Contains(name + " ", StringComparison.Ordinal);
            Assert.Equal((pages, code is ResponseCode.NoError), (pages, isThere));
            Assert.Equal(isThere ? "198.51.100.7\n" : "", work.Dig($"{name}.example.org", "+short"));
            (refused, taken) = isThere ? (refused, taken + 1) : (refused + 1, taken);
        }
        Assert.True(refused >= 2 && taken >= 1, $"{refused} refused, {taken} taken\n{work.Appliance.Log}");
        Assert.Equal(Tool.Git(bare, "rev-parse", "main", "refs/riad/served").MustSucceed().Output, Tool.Git(remote, "rev-parse", "main", "refs/riad/served").MustSucceed().Output);
        work.Git(bare, "fsck", "--strict", "--no-dangling").MustSucceed();
    }

    private string Filler => Path.Combine(disk.FullName, "filler");

    private void Mount()
    {
        Tool.Run("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.FullName], "/").MustSucceed();
        isMounted = true;
    }

    /// <summary>Fills the disk but for some pages; again when the appliance gave back the room of a file it had deleted meanwhile.</summary>
    private void Fill(int freePages)
    {
        for (var attempt = 1; ; attempt++)
        {
            Tool.Run("fallocate", ["-l", ((FreePages() - freePages) * PageOctets).ToString(CultureInfo.InvariantCulture), Filler], "/").MustSucceed();
            if (FreePages() == freePages)
                return;
            Assert.True(attempt < 20, $"{FreePages()} pages are free, not {freePages}");
            File.Delete(Filler);
        }
    }

    private long FreePages() => new DriveInfo(disk.FullName).AvailableFreeSpace / PageOctets;

    private string Contents() => string.Join(
        '\n', Directory.EnumerateFileSystemEntries(Path.Combine(disk.FullName, "zones.git"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
}
