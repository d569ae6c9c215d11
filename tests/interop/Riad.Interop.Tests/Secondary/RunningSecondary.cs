using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Secondary;

/// <summary>dns-secondary as a process of its own, on free ports of loopback, its state in a folder of its own.</summary>
internal sealed partial class RunningSecondary : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly List<string> log = [];
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http = new();

    private RunningSecondary(Process process, DirectoryInfo folder)
    {
        (this.process, this.folder) = (process, folder);
        process.OutputDataReceived += (_, line) => Hear(line.Data, fromOutput: true);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, fromOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IPEndPoint Dns { get; private set; } = new(IPAddress.None, 0);

    public Uri Http { get; private set; } = new("http://127.0.0.1");

    /// <summary>Everything it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>What is run: beside the program that RIAD_BINARY names, or from this checkout.</summary>
    private static string Program { get; } = Environment.GetEnvironmentVariable("RIAD_BINARY") is { Length: > 0 } other
        ? Path.Combine(Path.GetDirectoryName(other)!, "dns-secondary")
        : Checkout.PathOf("appliances", "dns-secondary", "bin", "Release", "net10.0", "dns-secondary");

    /// <summary>Starts it and waits for its line "ready:".</summary>
    /// <param name="keys">The text of the keys' file; null for none.</param>
    /// <param name="port">Where it answers; 0 for any port.</param>
    /// <param name="options">Besides state, listen, http and keys.</param>
    public static RunningSecondary Start(string? keys, int port, params string[] options)
    {
        var home = Directory.CreateTempSubdirectory("riad-secondary-");
        var file = Path.Combine(home.FullName, "keys");
        File.WriteAllText(file, keys);
        string[] given = keys is null ? [] : ["--keys", file];
        var start = new ProcessStartInfo(Program, ["serve", "--state", Path.Combine(home.FullName, "state"), "--listen", $"127.0.0.1:{port}", "--http", "127.0.0.1:0", .. given, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Tool.ForgetWhatChoosesTests(start);
        var secondary = new RunningSecondary(Process.Start(start) ?? throw new InvalidOperationException("the appliance did not start"), home);
        if (!secondary.ready.Task.Wait(Patience))
            throw new TimeoutException($"not ready:\n{secondary.Log}");
        var addresses = ReadyLine().Match(secondary.ready.Task.Result);
        secondary.Dns = new(IPAddress.Loopback, int.Parse(addresses.Groups["dns"].Value, CultureInfo.InvariantCulture));
        secondary.Http = new(addresses.Groups["http"].Value);
        return secondary;
    }

    /// <summary>A page of its HTTP server.</summary>
    public string Get(string path) => http.GetStringAsync(new Uri(Http, path)).GetAwaiter().GetResult();

    /// <summary>The serial that it answers with; null while it answers with none.</summary>
    public uint? SerialOf(string zone) => ZoneAnswers.SerialOf(Dns, zone);

    /// <summary>Waits until something holds; a wait in vain shows what it wrote.</summary>
    public void Until(string what, Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            if (clock.Elapsed > Patience || process.HasExited)
                throw new TimeoutException($"not {what}:\n{Log}");
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Waits for a line with this in it: a line may come later than what it tells of.</summary>
    public void UntilLogged(string part) => Until($"logged: {part}", () => Log.Contains(part, StringComparison.Ordinal));

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
        http.Dispose();
        folder.Delete(recursive: true);
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
