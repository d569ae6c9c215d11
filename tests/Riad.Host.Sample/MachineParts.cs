using System.Diagnostics;
using System.Globalization;
using Riad.Core;
using Riad.Host.Init;
using Riad.Host.Settings;

namespace Riad.Host.Sample;

/// <summary>Parts of a machine's first process in a process of their own, which tests put where real servers are.</summary>
internal static class MachineParts
{
    private static readonly Setting<FileInfo> Options = SettingOf.Required("--machine-options", "FILE", "What is set for the machine, a setting a line.", (ValueReader<FileInfo>)ValueOf.File);
    private static readonly Setting<FileInfo> Resolvers = SettingOf.Required("--resolvers", "FILE", "Where resolv.conf is written.", (ValueReader<FileInfo>)ValueOf.File);
    private static readonly Setting<string> Speed = SettingOf.One("--speed", "NUMBER", "How much faster than the world's its clock runs.", ValueOf.Text, "1");
    private static readonly Setting<string> Server = SettingOf.Argument("SERVER", "A time server.", (ValueReader<string>)ValueOf.Text);

    public static ToolCommand[] All =>
    [
        new() { Name = "network", Summary = "Sets up the network around it as a machine does, until it is stopped.", Settings = [Options, Resolvers, Speed], Run = NetworkAsync },
        new() { Name = "time", Summary = "Asks a time server, and says what the clock would be set to.", Settings = [Server], Run = TimeAsync },
        new() { Name = "orphans", Summary = "Leaves a process without its parent, and looks after it.", Settings = [], Run = OrphansAsync },
    ];

    private static async Task<int> NetworkAsync(ToolServices tool, CancellationToken stop)
    {
        var log = new MachineLog(tool.Output);
        var faults = new List<string>();
        var plan = NetworkPlan.Read(MachineOptions.OfFile(await File.ReadAllTextAsync(tool.Settings.Get(Options).FullName, stop)), faults);
        foreach (var fault in faults)
            log.Say($"{fault}");
        var clock = new HostClock(new FastClock(double.Parse(tool.Settings.Get(Speed), CultureInfo.InvariantCulture)));
        using var network = new MachineNetwork(plan, tool.Settings.Get(Resolvers).FullName, clock, log);
        await network.StartAsync(static () => { }, stop);
        log.Say($"started");
        await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        await network.EndAsync(givesBack: true);
        return ExitCode.Done;
    }

    private static async Task<int> TimeAsync(ToolServices tool, CancellationToken stop)
    {
        if (!IpAddress.TryParse(System.Text.Encoding.ASCII.GetBytes(tool.Settings.Get(Server)), out var server))
            return ExitCode.BadArguments;
        // An hour late, and nothing is set: what would be is said.
        var time = new MachineClock(
            () => [server],
            time => string.Create(CultureInfo.InvariantCulture, $"it would be {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            new HostClock(new LateClock()),
            new(tool.Output));
        return await time.SetAsync(stop) ? ExitCode.Done : ExitCode.CannotRun;
    }

    private static async Task<int> OrphansAsync(ToolServices tool, CancellationToken stop)
    {
        const int BecomeParentOfOrphans = 36;
        _ = Native.ProcessControl(BecomeParentOfOrphans, 1, 0, 0, 0);
        using var service = Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false })!;
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 0 & echo $!"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var orphan = (await parent.StandardOutput.ReadLineAsync(stop))!;
        await parent.WaitForExitAsync(stop);
        while (Directory.Exists("/proc/" + orphan))
        {
            Orphans.Reap(() => service.Id);
            await Task.Delay(TimeSpan.FromMilliseconds(10), stop);
        }
        await tool.Output.WriteLineAsync("the orphan is gone");
        service.Kill();
        while (File.Exists($"/proc/{service.Id}/stat"))
        {
            // It may be waited for elsewhere only.
            Orphans.Reap(() => service.Id);
            if (service.WaitForExit(TimeSpan.Zero))
                break;
        }
        await tool.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"the service ended with {service.ExitCode}"));
        return ExitCode.Done;
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromHours(1);
    }
}
