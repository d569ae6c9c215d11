using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Riad.Interop.Tests.Running;

/// <summary>An appliance as a process of its own: what it writes, where it answers once it is ready, and its end.</summary>
internal sealed partial class ReadyProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly List<string> log = [];
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReadyProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data, fromOutput: true);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, fromOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Known once it is ready.</summary>
    public IPEndPoint Dns { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Known once it is ready.</summary>
    public Uri Http { get; private set; } = new("http://127.0.0.1");

    public int Id => process.Id;

    /// <summary>Everything it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static ReadyProcess Launch(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Tool.ForgetWhatChoosesTests(start);
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>Waits for its line "ready:"; ends it when that does not come.</summary>
    public void UntilReady()
    {
        if (!ready.Task.Wait(Patience))
        {
            Dispose();
            throw new TimeoutException($"not ready:\n{Log}");
        }
        var addresses = ReadyLine().Match(ready.Task.Result);
        Dns = new(IPAddress.Loopback, int.Parse(addresses.Groups["dns"].Value, CultureInfo.InvariantCulture));
        Http = new(addresses.Groups["http"].Value);
    }

    /// <summary>Waits until something holds; a wait in vain shows what it wrote.</summary>
    public void Until(string what, Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); Thread.Sleep(Pause))
            if (clock.Elapsed > Patience || process.HasExited)
                throw new TimeoutException($"not {what}:\n{Log}");
    }

    /// <summary>Waits for its end; gives its exit code.</summary>
    public int WaitForEnd()
    {
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"did not end:\n{Log}");
        // Once more and without a limit: this one waits for its last words too.
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Asks it to stop; gives its exit code.</summary>
    public int Stop()
    {
        Signal("TERM");
        return WaitForEnd();
    }

    public void Signal(string name) => Tool.Run("sh", ["-c", $"kill -{name} {process.Id}"], ".").MustSucceed();

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private void Hear(string? line, bool fromOutput)
    {
        if (line is null)
        {
            if (fromOutput)
                _ = ready.TrySetException(new InvalidOperationException($"it ended before it was ready:\n{Log}"));
            return;
        }
        lock (log)
            log.Add(line);
        if (fromOutput && line.StartsWith("ready:", StringComparison.Ordinal))
            ready.TrySetResult(line);
    }

    [GeneratedRegex(@"dns 127\.0\.0\.1:(?<dns>\d+).*?(?<http>https?://[^\s,]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadyLine();
}
