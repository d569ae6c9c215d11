using System.Net;

namespace Riad.Interop.Tests.Running;

/// <summary>dns-primary-git as a process of its own, on free ports of loopback, its state in a folder of its own.</summary>
internal sealed class RunningAppliance : IDisposable
{
    private readonly ReadyProcess process;

    private RunningAppliance(ReadyProcess process) => this.process = process;

    /// <summary>What is run.</summary>
    public static string Program { get; } = Programs.PathOf("dns-primary-git");

    public IPEndPoint Dns => process.Dns;

    public Uri Http => process.Http;

    public int ProcessId => process.Id;

    public string Repository => new Uri(Http, "/zones.git").ToString();

    /// <summary>Everything it wrote so far.</summary>
    public string Log => process.Log;

    /// <summary>Starts it and waits for its line "ready:".</summary>
    public static RunningAppliance Start(string state, params string[] options)
    {
        var appliance = Launch(state, options);
        appliance.process.UntilReady();
        return appliance;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningAppliance Launch(string state, params string[] options)
    {
        string[] listen = options.Contains("--listen") ? [] : ["--listen", "127.0.0.1:0"];
        string[] http = options.Contains("--http") ? [] : ["--http", "127.0.0.1:0"];
        return new(ReadyProcess.Launch(Program, ["serve", "--state", state, .. listen, .. http, .. options]));
    }

    /// <summary>Runs one of its commands to the end.</summary>
    public static ToolResult Command(string folder, string? input, params string[] arguments) => Tool.Run(Program, arguments, folder, input: input);

    /// <summary>Waits for its end; gives its exit code.</summary>
    public int WaitForEnd() => process.WaitForEnd();

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks it to stop; gives its exit code.</summary>
    public int Stop() => process.Stop();

    public void Signal(string name) => process.Signal(name);

    public void Dispose() => process.Dispose();
}
