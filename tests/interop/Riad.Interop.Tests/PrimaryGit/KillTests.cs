using System.Globalization;
using System.Text.RegularExpressions;
using Riad.Interop.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>SIGKILL at any moment: what was acknowledged is there, what is there is whole, and no serial says two things.</summary>
/// <remarks>RIAD_TESTS=all makes it long. The seed is in the output.</remarks>
public sealed partial class KillTests(ITestOutputHelper output)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RIAD_TESTS") is "all";

    [Fact]
    public async Task Killed_at_any_moment_of_a_push_it_keeps_what_it_acknowledged()
    {
        var seed = Seed();
        var random = new Random(seed);
        using var work = new Workplace("--example");
        var told = new Dictionary<uint, string>();
        var (address, serial) = ("192.0.2.10", 2026112001u);
        for (var round = 0; round < (IsLong ? 150 : 7); round++)
        {
            var next = $"198.51.{round / 250}.{(round % 250) + 1}";
            work.Replace("example.org", address, next);
            work.Commit($"round {round}");
            var push = Task.Run(() => work.Push());
            await Task.Delay(random.Next(0, 330));
            work.Appliance.Kill();
            var acknowledged = (await push).Succeeded;
            work.KillAndRestart();

            work.Git(work.Bare, "fsck", "--strict", "--no-dangling").MustSucceed();
            var (servedAddress, servedSerial) = Served(work);
            Assert.True(servedAddress == next || (!acknowledged && servedAddress == address), $"seed {seed} round {round}: {servedAddress} is served, {next} was pushed (acknowledged: {acknowledged})");
            Assert.True(servedSerial >= serial, $"seed {seed} round {round}: serial went from {serial} to {servedSerial}");
            Assert.Equal(servedAddress, told.GetValueOrDefault(servedSerial, servedAddress));
            told[servedSerial] = servedAddress;
            var branch = work.Git(work.Bare, "rev-parse", "refs/heads/main").Output;
            if (acknowledged)
                Assert.Equal(work.Git(work.Clone, "rev-parse", "HEAD").Output, branch);
            Assert.Equal(branch.Trim(), ServedCommit(work));
            (address, serial) = (next, servedSerial);
            work.Push().MustSucceed();
            Assert.Equal(next, Served(work).Address);
            told[Served(work).Serial] = next;
        }
        Assert.Empty(Leftovers(work.Bare));
    }

    [Fact]
    public void Killed_at_any_moment_of_its_start_it_starts_the_next_time()
    {
        var random = new Random(Seed());
        var folder = Directory.CreateTempSubdirectory("riad-kill-start-");
        try
        {
            for (var round = 0; round < (IsLong ? 80 : 6); round++)
            {
                var state = Path.Combine(folder.FullName, (round / 2).ToString(CultureInfo.InvariantCulture));
                using (var killed = RunningAppliance.Launch(state, "--example"))
                {
                    Thread.Sleep(random.Next(40, 450));
                    killed.Kill();
                }
                if (round % 2 == 0)
                    continue;
                using var appliance = RunningAppliance.Start(state, "--example");
                Tool.Git(Path.Combine(state, "zones.git"), "fsck", "--strict").MustSucceed();
                Assert.Equal("192.0.2.10\n", Tool.Run("dig", ["-r", "@127.0.0.1", "-p", $"{appliance.Dns.Port}", "+time=60", "+tries=1", "+short", "www.example.org"], ".").MustSucceed().Output);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_was_served_goes_on_when_the_branch_was_moved_and_the_journal_was_not()
    {
        using var work = new Workplace("--example");
        work.Replace("example.org", "192.0.2.10", "192.0.2.30");
        work.Commit("the journal is not written");
        work.Appliance.Kill();
        work.Git(work.Clone, "push", "-q", work.Bare, "main").MustSucceed();
        work.KillAndRestart();
        Assert.Equal(("192.0.2.30", 2026112002u), Served(work));
        Assert.Equal(work.Git(work.Clone, "rev-parse", "HEAD").Output.Trim(), ServedCommit(work));
    }

    private int Seed()
    {
        var seed = IsLong ? Environment.TickCount : 20261121;
        output.WriteLine($"seed {seed}");
        return seed;
    }

    private static (string Address, uint Serial) Served(Workplace work)
    {
        var soa = SerialPattern().Match(work.Dig("example.org", "SOA", "+short"));
        return (work.Dig("www.example.org", "+short").Trim(), uint.Parse(soa.Groups["serial"].Value, CultureInfo.InvariantCulture));
    }

    // The last parent of the journal's newest entry.
    private static string ServedCommit(Workplace work) => work.Git(work.Bare, "rev-list", "--parents", "-n1", "refs/riad/served").Output.Trim().Split(' ')[^1];

    private static IEnumerable<string> Leftovers(string repository) => Directory.EnumerateFiles(repository, "*.lock", SearchOption.AllDirectories);

    [GeneratedRegex(@"^\S+ \S+ (?<serial>\d+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SerialPattern();
}
