using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Riad.Interop.Tests.Running;

/// <summary>dns-primary-git as a process of its own, on free ports of loopback, its state in a folder of its own.</summary>
/// <remarks>RIAD_BINARY names another program to run, such as the published one.</remarks>
internal sealed partial class RunningAppliance : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly List<string> log = [];
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningAppliance(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data, fromOutput: true);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, fromOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What is run.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("RIAD_BINARY") ?? Checkout.PathOf("appliances", "dns-primary-git", "bin", "Release", "net10.0", "dns-primary-git");

    public IPEndPoint Dns { get; private set; } = new(IPAddress.None, 0);

    public Uri Http { get; private set; } = new("http://127.0.0.1");

    public int ProcessId => process.Id;

    public string Repository => new Uri(Http, "/zones.git").ToString();

    /// <summary>Everything it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Starts it and waits for its line "ready:".</summary>
    public static RunningAppliance Start(string state, params string[] options)
    {
        var appliance = Launch(state, options);
        if (!appliance.ready.Task.Wait(Patience))
            throw new TimeoutException($"not ready:\n{appliance.Log}");
        var addresses = ReadyLine().Match(appliance.ready.Task.Result);
        appliance.Dns = new(IPAddress.Loopback, int.Parse(addresses.Groups["dns"].Value, CultureInfo.InvariantCulture));
        appliance.Http = new(addresses.Groups["http"].Value);
        return appliance;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningAppliance Launch(string state, params string[] options)
    {
        string[] listen = options.Contains("--listen") ? [] : ["--listen", "127.0.0.1:0"];
        string[] http = options.Contains("--http") ? [] : ["--http", "127.0.0.1:0"];
        return new(Launch(["serve", "--state", state, .. listen, .. http, .. options]));
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

    /// <summary>Runs one of its commands to the end.</summary>
    public static ToolResult Command(string folder, string? input, params string[] arguments) => Tool.Run(Program, arguments, folder, input: input);

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

    private static Process Launch(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Tool.ForgetWhatChoosesTests(start);
        return Process.Start(start) ?? throw new InvalidOperationException("the appliance did not start");
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
