using System.Collections.Concurrent;
using System.Globalization;
using Riad.Dns.Messages;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit.Updates;

/// <summary>Many updates, one after another and from eight clients at once, and SIGKILL in the middle: what was acknowledged is in the history and is served.</summary>
/// <remarks>RIAD_TESTS=all makes it long.</remarks>
public sealed class UpdateKillTests : IDisposable
{
    private const int Clients = 8;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RIAD_TESTS") is "all";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-update-kill-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_acknowledged_update_survives_a_kill_in_the_middle()
    {
        using var work = OpenZoneOfAThousandNames();
        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < (IsLong ? 20 : 2); round++)
        {
            var server = work.Appliance.Dns;
            var enough = new TaskCompletionSource();
            var wanted = acknowledged.Count + (IsLong ? 50 * Clients : 5 * Clients);
            var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() =>
            {
                for (var number = 0; ; number++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"r{round}c{client}n{number}");
                    if (UpdateClient.Send(server, UpdateClient.Add((ushort)number, $"{name}.example.org", 0xc6336400 + (uint)client)) is not { } code)
                        return; // killed
                    Assert.Equal(ResponseCode.NoError, code);
                    acknowledged.Add(name);
                    if (acknowledged.Count >= wanted)
                        enough.TrySetResult();
                }
            })).ToList();
            Assert.True(await Task.WhenAny(enough.Task, Task.Delay(TimeSpan.FromMinutes(2))) == enough.Task, $"{acknowledged.Count} of {wanted} were acknowledged\n{work.Appliance.Log}");
            work.Appliance.Kill();
            await Task.WhenAll(clients);
            work.KillAndRestart();

            AssertKept(work, acknowledged);
        }
    }

    [Fact]
    public void Updates_in_a_row_are_each_a_commit_in_their_order()
    {
        using var work = OpenZoneOfAThousandNames();
        var names = Enumerable.Range(0, IsLong ? 1000 : 60).Select(number => string.Create(CultureInfo.InvariantCulture, $"new{number}")).ToList();
        var script = string.Concat(names.Select(name => $"prereq nxdomain {name}.example.org\nupdate add {name}.example.org 60 A 198.51.100.7\nsend\n"));

        Tool.Run("nsupdate", ["-y", $"hmac-sha256:{UpdateClient.KeyName}:{UpdateClient.Secret}", "-t", "0", "-v"], folder.FullName,
            input: $"server 127.0.0.1 {work.Appliance.Dns.Port}\nzone example.org\n{script}").MustSucceed();

        var log = work.Git(work.Bare, "log", "--reverse", "--format=%s", "main").MustSucceed().Output;
        Assert.EndsWith(string.Concat(names.Select(name => $"example.org: add A 198.51.100.7 to {name}\n")), log, StringComparison.Ordinal);
        AssertKept(work, names);
    }

    private Workplace OpenZoneOfAThousandNames()
    {
        var work = new Workplace("--example", "--keys", UpdateClient.WriteKeys(folder.FullName));
        work.Write("example.org", work.Read("example.org") + string.Concat(Enumerable.Range(0, 1000).Select(number => string.Create(CultureInfo.InvariantCulture, $"host{number} 60 A 192.0.2.{number % 250}\n"))));
        work.Commit("a thousand names");
        work.Push().MustSucceed();
        return work;
    }

    private static void AssertKept(Workplace work, IReadOnlyCollection<string> names)
    {
        work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
        var history = work.Git(work.Bare, "log", "--format=%s", "main").MustSucceed().Output.Split('\n').Select(line => line.Split(' ')[^1]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Except(history));
        var asked = names.Select(name => $"{name}.example.org").SelectMany(name => new[] { name, "A" }).ToArray();
        foreach (var part in asked.Chunk(200))
        {
            var answers = work.Dig(["+short", .. part]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(answers.Length == part.Length / 2, $"{answers.Length} answers to {part.Length / 2} questions\n{work.Appliance.Log}");
        }
    }
}
