using System.Net;
using System.Net.Http;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Secondary;

/// <summary>dns-secondary as a process of its own, on free ports of loopback, its state in a folder of its own.</summary>
internal sealed class RunningSecondary : IDisposable
{
    private readonly ReadyProcess process;
    private readonly DirectoryInfo? folder; // that goes with it
    private readonly HttpClient http = new();

    private RunningSecondary(ReadyProcess process, DirectoryInfo? folder) => (this.process, this.folder) = (process, folder);

    public IPEndPoint Dns => process.Dns;

    public Uri Http => process.Http;

    /// <summary>Everything it wrote so far.</summary>
    public string Log => process.Log;

    private static string Program { get; } = Programs.PathOf("dns-secondary");

    /// <summary>Starts it and waits for its line "ready:".</summary>
    /// <param name="keys">The text of the keys' file; null for none.</param>
    /// <param name="port">Where it answers; 0 for any port.</param>
    /// <param name="options">Besides state, listen, http and keys.</param>
    public static RunningSecondary Start(string? keys, int port, params string[] options) =>
        Start(Directory.CreateTempSubdirectory("riad-secondary-"), isOwned: true, keys, port, options);

    /// <summary>The same in a folder that stays, its state directory inside.</summary>
    public static RunningSecondary StartIn(DirectoryInfo home, string? keys, int port, params string[] options) => Start(home, isOwned: false, keys, port, options);

    private static RunningSecondary Start(DirectoryInfo home, bool isOwned, string? keys, int port, string[] options)
    {
        var file = Path.Combine(home.FullName, "keys");
        File.WriteAllText(file, keys);
        string[] given = keys is null ? [] : ["--keys", file];
        var running = ReadyProcess.Launch(Program, ["serve", "--state", Path.Combine(home.FullName, "state"), "--listen", $"127.0.0.1:{port}", "--http", "127.0.0.1:0", .. given, .. options]);
        running.UntilReady();
        return new(running, isOwned ? home : null);
    }

    /// <summary>A page of its HTTP server.</summary>
    public string Get(string path)
    {
        using var answer = http.GetAsync(new Uri(Http, path)).GetAwaiter().GetResult(); // 503 has words too
        return answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    /// <summary>The serial that it answers with; null while it answers with none.</summary>
    public uint? SerialOf(string zone) => ZoneAnswers.SerialOf(Dns, zone);

    /// <summary>Waits until something holds; a wait in vain shows what it wrote.</summary>
    public void Until(string what, Func<bool> holds) => process.Until(what, holds);

    /// <summary>Waits for a line with this in it: a line may come later than what it tells of.</summary>
    public void UntilLogged(string part) => Until($"logged: {part}", () => Log.Contains(part, StringComparison.Ordinal));

    /// <summary>Ends it as a supervisor does, and waits until it has.</summary>
    public void Stop() => _ = process.Stop();

    public void Dispose()
    {
        process.Dispose();
        http.Dispose();
        folder?.Delete(recursive: true);
    }
}
