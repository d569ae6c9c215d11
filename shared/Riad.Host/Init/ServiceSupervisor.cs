using System.Diagnostics;
using System.Globalization;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>Keeps the service running: starts it again when it ends, later and later while it keeps ending, and keeps what it said.</summary>
/// <param name="start">Starts it, with pipes for what it says.</param>
/// <param name="endRest">Ends what it may have left behind, after each of its ends.</param>
/// <param name="pulse">Tells when it hangs; null without HTTP.</param>
/// <param name="crashes">Keeps what it said last.</param>
/// <param name="clock">For all waits.</param>
/// <param name="log">The console.</param>
internal sealed class ServiceSupervisor(Func<Process> start, Action endRest, ServicePulse? pulse, CrashLog crashes, HostClock clock, MachineLog log)
{
    private const int Terminate = 15, Killed = 9, Signalled = 128;
    private const string Ready = "ready: ";
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(10);

    private int running;

    /// <summary>The process of the service, 0 between two of them.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Runs until the token is cancelled and the service has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var policy = default(RestartPolicy);
        while (!stop.IsCancellationRequested)
        {
            var started = clock.Elapsed;
            var code = await RunOnceAsync(stop);
            endRest();
            if (stop.IsCancellationRequested)
                return;
            (policy, var wait) = policy.AfterEnd(started, clock.Elapsed);
            var how = Describe(code);
            log.Say($"the service {how}; it starts again in {wait.TotalSeconds} s");
            if (IsCrash(code))
                crashes.Write($"the service {how} after {(clock.Elapsed - started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", clock.Now.Utc);
            else
                crashes.Forget();
            await Task.Delay(wait, clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // With these it says that it cannot run, once a minute: twenty of them would leave no room for what matters.
    private static bool IsCrash(int code) => code is not (ExitCode.CannotRun or ExitCode.BadArguments);

    private static string Describe(int code) => code > Signalled
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - Signalled}")
        : string.Create(CultureInfo.InvariantCulture, $"ended with {code}");

    private async Task<int> RunOnceAsync(CancellationToken stop)
    {
        Process process;
        try
        {
            process = start();
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
        {
            log.Say($"{exception.Message}");
            return ExitCode.CannotRun;
        }
        using (process)
        {
            Volatile.Write(ref running, process.Id);
            using var stopping = stop.Register(() => _ = Native.Kill(process.Id, Terminate));
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var said = Task.WhenAll(
                PassAsync(new(process.StandardOutput.BaseStream), () => Watch(process, ended.Token)),
                PassAsync(new(process.StandardError.BaseStream), ready: null));
            await WaitAsync(process, stop);
            await ended.CancelAsync();
            Volatile.Write(ref running, 0);
            // A program that it started may still hold its end of the pipe.
            await Task.WhenAny(said, Task.Delay(TimeSpan.FromSeconds(1), clock.Provider, CancellationToken.None));
            return process.HasExited ? process.ExitCode : Signalled + Killed;
        }
    }

    private async Task WaitAsync(Process process, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            var ended = process.WaitForExitAsync(CancellationToken.None);
            if (await Task.WhenAny(ended, Task.Delay(Finishing, clock.Provider, CancellationToken.None)) == ended)
                return;
            log.Say($"the service does not end, so it is ended");
            process.Kill();
            // One that waits for a disk that never answers does not end either.
            if (await Task.WhenAny(ended, Task.Delay(Dying, clock.Provider, CancellationToken.None)) != ended)
                log.Say($"the service does not end when it is ended, so the machine goes on without it");
        }
    }

    private void Watch(Process process, CancellationToken ended)
    {
        if (ServiceRights.Of(process.Id) is { } rights)
            log.Say($"{rights}");
        _ = EndIfSilentAsync(process, ended);
    }

    // What hangs would hang on when asked to end.
    private async Task EndIfSilentAsync(Process process, CancellationToken ended)
    {
        if (pulse is null)
            return;
        await pulse.UntilSilentAsync(ended);
        if (ended.IsCancellationRequested)
            return;
        log.Say($"the service does not answer any more, so it is ended");
        crashes.Add("the service did not answer any more, so it was ended");
        process.Kill();
    }

    private async Task PassAsync(LineReader said, Action? ready)
    {
        try
        {
            while (await said.ReadAsync() is { } line)
            {
                log.Pass(line);
                crashes.Add(line);
                if (!line.StartsWith(Ready, StringComparison.Ordinal))
                    continue;
                ready?.Invoke();
                ready = null;
            }
        }
        catch (IOException exception)
        {
            log.Say($"the service cannot be heard: {exception.Message}");
        }
    }
}
