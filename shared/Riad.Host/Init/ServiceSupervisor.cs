using System.Diagnostics;
using System.Globalization;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>Keeps the service running: starts it again when it ends, later and later while it keeps ending, and keeps what it said.</summary>
/// <param name="start">Starts its process.</param>
/// <param name="pulse">Tells when it hangs; null without HTTP.</param>
/// <param name="crashes">Keeps what it said.</param>
/// <param name="clock">For the pauses.</param>
/// <param name="log">The console.</param>
internal sealed class ServiceSupervisor(Func<Process> start, ServicePulse? pulse, CrashLog crashes, HostClock clock, MachineLog log)
{
    private const int Terminate = 15, Signalled = 128;
    private const string Ready = "ready: ";
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(15);

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
            if (stop.IsCancellationRequested)
                return;
            (policy, var wait) = policy.AfterEnd(started, clock.Elapsed);
            var how = Describe(code);
            log.Say($"the service {how}; it starts again in {wait.TotalSeconds} s");
            crashes.Write($"the service {how} after {(clock.Elapsed - started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", clock.Now.Utc);
            await Task.Delay(wait, clock.Provider, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

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
                PassAsync(new(process.StandardOutput.BaseStream), () => _ = EndIfSilentAsync(process, ended.Token)),
                PassAsync(new(process.StandardError.BaseStream), ready: null));
            await WaitAsync(process, stop);
            await ended.CancelAsync();
            Volatile.Write(ref running, 0);
            // A program that it started may still hold its end of the pipe.
            await Task.WhenAny(said, Task.Delay(TimeSpan.FromSeconds(1), clock.Provider, CancellationToken.None));
            return process.ExitCode;
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
            await ended;
        }
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
}
