using System.Collections.Concurrent;
using System.Globalization;
using Riad.Dns.Messages;
using Riad.Interop.Tests.PrimaryGit.Updates;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>With --push-later: what was answered comes to the remote in the end, whatever happens to the process and to the remote.</summary>
public sealed class PushLaterTests : IDisposable
{
    private const int Clients = 4;
    private const int Wanted = 40;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-push-later-");

    public PushLaterTests()
    {
        Tool.Git(folder.FullName, "init", "-q", "--bare", "-b", "main", Remote).MustSucceed();
        Tool.Git(folder.FullName, "clone", "-q", Remote, Theirs).MustSucceed();
        CommitThere("example.org", "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n", Remote);
    }

    private string Remote => Path.Combine(folder.FullName, "remote.git");

    private string Away => Remote + ".away";

    private string Theirs => Path.Combine(folder.FullName, "theirs");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Updates_answered_while_the_remote_was_away_survive_a_kill_and_a_remote_that_has_moved()
    {
        using var work = new Workplace("--remote", Remote, "--fetch-every", "1s", "--push-later", "--keys", UpdateClient.WriteKeys(folder.FullName));
        Workplace.Await(() => Head(Remote, "refs/riad/served"), seen => seen.Length == 40);
        Directory.Move(Remote, Away);

        var acknowledged = await UpdateUntilKilledAsync(work);
        work.KillAndRestart();

        AssertIn(work.Bare, acknowledged);
        var waiting = work.Curl("/metrics").Split('\n').Single(line => line.StartsWith("riad_remote_unpushed_commits ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(waiting.Split(' ')[1], CultureInfo.InvariantCulture), acknowledged.Count, acknowledged.Count + Clients);

        // Somebody else committed there meanwhile: a person has to decide, and until then nothing is lost on either side.
        CommitThere("README", "zones\n", Away);
        var theirs = Head(Away, "main");
        Directory.Move(Away, Remote);
        Assert.Contains("pull both, merge", Workplace.Await(() => work.Curl("/health"), seen => seen.Contains("pull both, merge", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(theirs, Head(Remote, "main"));
        AssertIn(work.Bare, acknowledged);

        work.Git(work.Clone, "pull", "-q", "--rebase").MustSucceed();
        work.Git(work.Clone, "fetch", "-q", Remote, "main").MustSucceed();
        work.Git(work.Clone, "merge", "-q", "--no-edit", "FETCH_HEAD").MustSucceed();
        work.Push().MustSucceed();
        var merged = Head(work.Clone, "HEAD");
        Assert.Equal(merged, Workplace.Await(() => Head(Remote, "main"), seen => seen == merged));
        AssertIn(Remote, acknowledged);
        Assert.Contains("ok", Workplace.Await(() => work.Curl("/health"), seen => !seen.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyCollection<string>> UpdateUntilKilledAsync(Workplace work)
    {
        var (server, acknowledged, enough) = (work.Appliance.Dns, new ConcurrentBag<string>(), new TaskCompletionSource());
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() =>
        {
            for (var number = 0; ; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"c{client}n{number}");
                if (UpdateClient.Send(server, UpdateClient.Add((ushort)number, $"{name}.example.org", 0xc6336400 + (uint)client)) is not { } code)
                    return; // killed
                Assert.Equal(ResponseCode.NoError, code);
                acknowledged.Add(name);
                if (acknowledged.Count >= Wanted)
                    enough.TrySetResult();
            }
        })).ToList();
        Assert.True(await Task.WhenAny(enough.Task, Task.Delay(TimeSpan.FromMinutes(2))) == enough.Task, $"{acknowledged.Count} were acknowledged\n{work.Appliance.Log}");
        work.Appliance.Kill();
        await Task.WhenAll(clients);
        return acknowledged;
    }

    private static void AssertIn(string repository, IReadOnlyCollection<string> names)
    {
        Tool.Git(repository, "fsck", "--strict", "--no-dangling").MustSucceed();
        var zone = Tool.Git(repository, "show", "main:example.org").MustSucceed().Output.Split('\n').Select(line => line.Split([' ', '\t'], 2)[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Except(zone));
    }

    private static string Head(string repository, string name) => Tool.Git(repository, "rev-parse", name).Output.Trim();

    private void CommitThere(string file, string text, string remote)
    {
        File.WriteAllText(Path.Combine(Theirs, file), text);
        Tool.Git(Theirs, "add", "-A").MustSucceed();
        Tool.Git(Theirs, "commit", "-q", "-m", $"{file} changes").MustSucceed();
        Tool.Git(Theirs, "push", "-q", remote, "HEAD:main").MustSucceed();
    }
}
