using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Riad.Core;
using Riad.Host.Sandbox;
using Riad.Net.Dhcp;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>The first process of a machine that holds one appliance: it makes a machine of it, and keeps the service running.</summary>
/// <remarks>The service is a process of its own and has no rights (docs/decisions/0011-first-process.md); this one never speaks to a stranger but by DHCP and SNTP.</remarks>
internal sealed class MachineProcess(ApplianceDefinition definition, string[] arguments) : IDisposable
{
    private const int StandardOutput = 1;
    private const string InitialNamespace = "pid:[4026531836]";
    private const string OptionsOfFirmware = "/sys/firmware/qemu_fw_cfg/by_name/opt/riad/options/raw", OptionsOfDisk = "/data/riad.conf";
    private const long LittleMemory = 256 << 20;
    private static readonly TimeSpan BeforeReboot = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilClosed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReapEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilTime = TimeSpan.FromSeconds(10);

    private readonly MachineLog log = new(new PatientConsole(Console.Out), MachineConsoles.OpenOthers());
    private readonly HostClock clock = new(TimeProvider.System);
    private readonly CancellationTokenSource stop = new();
    private uint atEnd = Native.PowerOff;
    private bool isVolatile;

    /// <summary>True in the first process of a machine; false in a container, whose first process is one of many.</summary>
    /// <remarks>The kernel gives the first namespace of processes a number that no other gets (include/linux/proc_ns.h).</remarks>
    public static bool IsThis => OperatingSystem.IsLinux() && Environment.ProcessId == 1 && new FileInfo("/proc/self/ns/pid").LinkTarget is InitialNamespace;

    /// <summary>Never returns: the machine ends before.</summary>
    public async Task<int> RunAsync()
    {
        TerminalFlow.NeverStop(StandardOutput);
        AppDomain.CurrentDomain.UnhandledException += (_, failed) => EndByBug(failed.ExceptionObject);
        TaskScheduler.UnobservedTaskException += (_, failed) => log.Say($"something failed that nobody waited for: {failed.Exception}");
        if (!await EndsWellAsync(ServeAsync, log, stop.Token))
        {
            // Returning would stop the kernel. A person may read this first.
            atEnd = Native.RebootNow;
            await Task.Delay(BeforeReboot);
        }
        End();
        await Task.Delay(Timeout.Infinite);
        return ExitCode.Bug;
    }

    // A disk that never answers keeps nobody from switching off.
    private void End()
    {
        Orphans.EndAll(log);
        if (!Task.Run(() => FileSystems.Close(log)).Wait(UntilClosed))
            log.Say($"the disk does not answer");
        log.Say($"the end");
        log.Close();
        _ = Native.Reboot(atEnd);
        // A machine that cannot switch itself off.
        _ = Native.Reboot(Native.RebootNow);
    }

    // Of a thread that nobody waits for. When this returned, the first process would end, and with it the kernel.
    private void EndByBug(object exception)
    {
        log.Say($"a bug in the first process, the machine restarts in a minute: {exception}");
        Thread.Sleep(BeforeReboot);
        atEnd = Native.RebootNow;
        End();
    }

    /// <summary>Serves to the end; false when a bug was the end. Being asked to stop while it still starts is none.</summary>
    internal static async Task<bool> EndsWellAsync(Func<Task> serve, MachineLog log, CancellationToken stop)
    {
        try
        {
            await serve();
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            log.Say($"a bug in the first process, the machine restarts in a minute: {exception}");
            return false;
        }
    }

    public void Dispose() => stop.Dispose();

    private async Task ServeAsync()
    {
        log.Say($"{ApplianceVersion.Current.Describe(definition.Name).TrimEnd()}");
        FileSystems.MountKernel(log);
        using var signals = Listen();
        var modules = KernelModules.Open(log);
        void LookAgain() => modules?.Load();
        LookAgain();
        PowerButton.Watch(() => End(Native.PowerOff, "the power button"), log);
        var faults = new List<string>();
        var options = ReadOptions(modules, faults);
        using var watchdog = Watchdog.Open(options.Get(MachineSettings.Watchdog, faults), modules, log);
        using var network = new MachineNetwork(NetworkPlan.Read(options, faults), FileSystems.Run + "/resolv.conf", clock, log);
        await network.StartAsync(LookAgain, stop.Token);
        DeviceWatch.Start(LookAgain, log);
        SetHostName(options.Get(MachineSettings.HostName, faults), network);
        await SetClockAsync(options, network, faults);
        var supervisor = Supervise(options, faults);
        using var reaping = new Timer(_ => Orphans.Reap(() => supervisor.Running), state: null, ReapEvery, ReapEvery);
        await supervisor.RunAsync(stop.Token);
        // A machine that comes back at once keeps what it has.
        await network.EndAsync(givesBack: atEnd == Native.PowerOff);
    }

    private MachineOptions ReadOptions(KernelModules? modules, List<string> faults)
    {
        var options = MachineOptions.OfLine(File.ReadAllText("/proc/cmdline")).Before(MachineOptions.OfFileAt(OptionsOfFirmware, faults));
        var isAsked = options.Words.Any(word => word.Key == MachineSettings.Disk.KernelName);
        var disk = options.Get(MachineSettings.Disk, faults);
        if (!DataDisk.TryMount(disk, isAsked, modules, log, stop.Token, out var fault))
        {
            FileSystems.MountVolatileData(log);
            isVolatile = disk is not "none";
        }
        if (fault is not null)
            faults.Add(fault);
        return options.Before(MachineOptions.OfFileAt(OptionsOfDisk, faults));
    }

    private async Task SetClockAsync(MachineOptions options, MachineNetwork network, List<string> faults)
    {
        var named = options.Get(MachineSettings.Ntp, faults);
        if (named.IsEmpty && MachineClock.IsThere)
            return;
        ImmutableArray<IpAddress> Servers() => named.IsEmpty ? [.. network.Leases.SelectMany(lease => lease.TimeServers).Select(server => new IpAddress(server))] : named;
        var time = new MachineClock(Servers, MachineClock.SetKernel, clock, log);
        // The service does not wait for all of many that are silent.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        patience.CancelAfter(UntilTime);
        var isSet = await time.SetAsync(patience.Token);
        if (!isSet && Servers() is { IsEmpty: false } servers)
            log.Say($"no time server answers yet: {string.Join(' ', servers)}");
        else if (!isSet)
            log.Say($"the machine has no clock and knows no time server; name one with riad.ntp");
        // Also without a server: a lease may come that names one.
        _ = Task.Run(() => MachineNetwork.KeepAsync("the clock", token => time.KeepAsync(isSet, token), clock, log, stop.Token), CancellationToken.None);
    }

    private ServiceSupervisor Supervise(MachineOptions options, List<string> faults)
    {
        options = options.Otherwise(definition.Common.State.KernelName, "/data/" + definition.Name);
        var state = options.Get(definition.Common.State, faults).FullName;
        if (StateFolder.Prepare(state) is { } fault)
            faults.Add(fault);
        // Ports below 1024 are the service's too: there is nobody else to protect them from.
        Write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
        var file = FileSystems.Run + "/options";
        Write(file, options.ForService() + "\n");
        foreach (var each in faults)
            log.Say($"{each}");
        var program = Environment.ProcessPath ?? "/riad";
        var isFree = options.Words.Any(word => word.Key == definition.Common.Sandbox.KernelName && word.Value is "off");
        // What is wrong with it the service says.
        var pulse = options.Get(definition.Common.Http, []) is [{ Port: not 0 } endpoint, ..] ? new ServicePulse(endpoint, clock) : null;
        return new(() => ServiceUser.Run(() => Start(program, state, file, faults, isFree)), () => Orphans.EndAll(log), pulse, new("/data/crashes", log), clock, log);
    }

    private void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"{file} cannot be written: {exception.Message}");
        }
    }

    // On a thread that has become the service's user.
    private Process Start(string program, string state, string file, List<string> faults, bool isFree)
    {
        var start = new ProcessStartInfo(program, arguments.Length == 0 ? ["serve"] : arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = state;
        start.Environment[Surroundings.MachineOptionsVariable] = file;
        // Done here, on a thread that ends with this, so that a service that only says what is wrong is under it too.
        if (!isFree && Landlock.Restrict(SandboxRules.OfMachine) is null)
        {
            start.Environment[Confinement.Variable] = Confinement.ByParent;
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
        }
        // Otherwise what was used is collected when it has as many octets as the processor's cache, a large part of a small machine.
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < LittleMemory)
            start.Environment["DOTNET_GCgen0size"] = "100000"; // 1 MiB, in hexadecimal digits
        if (faults.Count > 0)
            start.Environment[Surroundings.MachineFaultVariable] = MachineFaults.Write(faults);
        if (isVolatile)
            start.Environment[Surroundings.MachineNoteVariable] = "there is no disk, so all that is kept is lost when the machine stops";
        var process = Process.Start(start) ?? throw new IOException($"{program} did not start");
        process.StandardInput.Close();
        return process;
    }

    private Registrations Listen()
    {
        // Ctrl-alt-del comes to us as SIGINT, instead of restarting the machine at once.
        _ = Native.Reboot(Native.RebootOff);
        return new(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, Native.RebootNow, "ctrl-alt-del")),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, Native.PowerOff, "a signal")));
    }

    private void End(PosixSignalContext context, uint how, string why)
    {
        context.Cancel = true;
        End(how, why);
    }

    private void End(uint how, string why)
    {
        if (stop.IsCancellationRequested)
            return;
        atEnd = how;
        // First of all, and nobody who follows it is waited for.
        _ = stop.CancelAsync();
        log.Say($"stopping: {why}");
    }

    // A lease that comes later than the service still names the machine.
    private void SetHostName(string? chosen, MachineNetwork network)
    {
        var name = chosen ?? network.Leases.Select(lease => lease.HostName).FirstOrDefault(name => name is not null);
        SetHostName(HostName.Fit(name ?? definition.Name));
        if (name is null && !network.Leased.IsCompleted)
            _ = network.Leased.ContinueWith(_ => SetHostName(null, network), stop.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private void SetHostName(string name)
    {
        if (Native.SetHostName(name, (nuint)name.Length) != 0)
            log.Say($"the machine cannot be called {name}: {Native.Reason}");
    }

    private sealed class Registrations(params PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, each => each.Dispose());
    }
}
