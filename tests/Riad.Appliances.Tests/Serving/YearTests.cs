using System.Diagnostics;
using System.Globalization;
using System.Text;
using Riad.Appliances.Tests.Serving.Updates;
using Riad.Dns.Messages;
using Riad.Git.History;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Io.Upkeep;
using Riad.Git.Objects;
using Riad.Git.Trees;
using Xunit;
using Xunit.Abstractions;

namespace Riad.Appliances.Tests.Serving;

/// <summary>Twenty changes a day, half of them by people and half by programs, and what they leave on the disk.</summary>
/// <remarks>RIAD_TESTS=all makes it a year; else it is a week.</remarks>
public sealed class YearTests(ITestOutputHelper output)
{
    private const int Hosts = 1000;
    private const int ChangesPerDay = 20;
    private const int MostOctetsPerChange = 3000; // of a zone of 60,000: the commit, the difference, and the entry of the journal
    private static readonly int Days = Environment.GetEnvironmentVariable("RIAD_TESTS") is "all" ? 365 : 7;

    [Fact]
    public async Task A_year_of_use_stays_small_and_git_finds_nothing_wrong()
    {
        await using var server = new UpdatingServer(Hosts);
        var upkeep = new MaintenanceOptions();
        var maintenance = new Maintenance(server.Repository, upkeep);
        var (mostPacks, written, begun) = (0, 0L, Stopwatch.GetTimestamp());
        for (var change = 0; change < Days * ChangesPerDay; change++)
        {
            if (change % 2 == 0)
                Assert.Equal(ResponseCode.NoError, await server.UpdateAsync(string.Create(CultureInfo.InvariantCulture, $"delete lease{change % 50} A; add lease{change % 50} 60 A 192.0.2.{change % 250}")));
            else
                Assert.Null(await PushAsync(server, change));
            // As every ten minutes: several times as often as changes come.
            mostPacks = Math.Max(mostPacks, Packs(server).Length);
            if (maintenance.IsNeeded())
                written += maintenance.Run(default).OctetsAfter;
        }
        var (packs, octets) = (Packs(server).Length, Octets(server));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Days} days: {octets} octets in {packs} packs (at most {mostPacks}), {written} octets written by upkeep, {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s"));

        // A push writes two: what was pushed, and the entry of the journal.
        Assert.InRange(mostPacks, 1, upkeep.Packs + 2);
        Assert.InRange(octets, 1, Days * ChangesPerDay * MostOctetsPerChange);
        Assert.Empty(Loose(server));
        Assert.Equal("", Git(server, "fsck", "--strict", "--full", "--no-dangling", "--no-progress"));
        Assert.Equal(Days * ChangesPerDay + 1, int.Parse(Git(server, "rev-list", "--count", "main"), CultureInfo.InvariantCulture));

        // What git itself makes of it is the measure.
        Git(server, "gc", "--quiet", "--prune=now");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after git gc: {Octets(server)} octets in {Packs(server).Length} packs"));
        Assert.True(octets < 2 * Octets(server), $"{octets} octets, where git needs {Octets(server)}");
        Assert.Equal(ResponseCode.NoError, await server.UpdateAsync("add last 60 A 192.0.2.1"));
        Assert.Null(await PushAsync(server, 999_999));
        Assert.Equal("", Git(server, "fsck", "--strict", "--full", "--no-dangling", "--no-progress"));
    }

    // A person takes up what is there, changes a line, and pushes.
    private static async Task<string?> PushAsync(UpdatingServer server, int change)
    {
        var repository = server.Repository;
        var old = server.Head;
        var file = TreePath.Find(repository, CommitHistory.TryReadCommit(repository, old)!.Tree, "example.org")!;
        Assert.True(repository.TryRead(file.Id, out _, out var octets));
        var lines = Encoding.UTF8.GetString(octets.Span).Split('\n');
        var line = Array.FindIndex(lines, line => line.StartsWith($"host{change * 7919L % Hosts:D6}", StringComparison.Ordinal));
        lines[line] = lines[line].Split(';')[0].TrimEnd() + string.Create(CultureInfo.InvariantCulture, $" ; moved with ticket {change}");
        lines[3] = string.Create(CultureInfo.InvariantCulture, $"ns1 A 198.51.{change / 250 % 250}.{change % 250}");
        Assert.True(Signature.TryCreate("Ada", "ada@example.org", DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(72 * change), out var ada));
        var blob = GitObject.Create(ObjectKind.Blob, Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", blob.Id)], out var next, out _));
        var root = GitObject.Create(ObjectKind.Tree, next.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(root.Id, [old], ada, ada, $"ns1 and a host move ({change})\n").Octets);
        using var hold = repository.WriteObjects([blob, root, commit]);
        return await server.Keeper.PushAsync(repository, old, commit.Id, default, static _ => { }, static _ => { }, Move, default);

        string? Move(System.Collections.Immutable.ImmutableArray<RefUpdate> with) =>
            repository.TryUpdateRefs([new RefUpdate("refs/heads/main", old, commit.Id), .. with], out var error) ? null : error.ToString();
    }

    private static string[] Packs(UpdatingServer server) => Directory.GetFiles(Path.Combine(server.Repository.Path, "objects", "pack"), "*.pack");

    private static IEnumerable<string> Loose(UpdatingServer server) =>
        Directory.EnumerateDirectories(Path.Combine(server.Repository.Path, "objects")).Where(folder => Path.GetFileName(folder).Length == 2).SelectMany(Directory.EnumerateFiles);

    private static long Octets(UpdatingServer server) =>
        Directory.EnumerateFiles(Path.Combine(server.Repository.Path, "objects"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private static string Git(UpdatingServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = server.Repository.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["GIT_CONFIG_NOSYSTEM"], start.Environment["GIT_CONFIG_GLOBAL"]) = ("1", "/dev/null");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return string.Join('\n', said.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("notice: ", StringComparison.Ordinal)));
    }
}
