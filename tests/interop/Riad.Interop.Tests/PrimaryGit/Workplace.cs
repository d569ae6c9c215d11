using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>A running appliance and a person's clone of its repository, in a folder that is removed afterwards.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-primary-");
    private readonly string[] options;

    public Workplace(params string[] options)
    {
        this.options = options;
        Appliance = RunningAppliance.Start(State, options);
        Clone = PathOf("clone");
        Git(".", "clone", "-q", Appliance.Repository, Clone).MustSucceed();
    }

    public RunningAppliance Appliance { get; private set; }

    public string Clone { get; }

    public string State => PathOf("state");

    /// <summary>The repository that is served, as a folder.</summary>
    public string Bare => Path.Combine(State, "zones.git");

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Read(string file) => File.ReadAllText(Path.Combine(Clone, file));

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Clone, file), text);

    public void Replace(string file, string old, string with)
    {
        var text = Read(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(file, text.Replace(old, with, StringComparison.Ordinal));
    }

    public void Commit(string message)
    {
        Git(Clone, "add", "-A").MustSucceed();
        Git(Clone, "commit", "-q", "-m", message).MustSucceed();
    }

    public ToolResult Push(params string[] more) => Git(Clone, ["push", "origin", "main", .. more]);

    public ToolResult Git(string workingFolder, params string[] arguments) =>
        Tool.Git(workingFolder == "." ? folder.FullName : workingFolder, arguments);

    /// <summary>What dig says of a question. It is asked once: a busy server is waited for, and no query is counted twice.</summary>
    public string Dig(params string[] question)
    {
        string[] server = ["-r", "@127.0.0.1", "-p", $"{Appliance.Dns.Port}", "+time=60", "+tries=1", "+norecurse"];
        return Tool.Run("dig", [.. server, .. question], folder.FullName).MustSucceed().Output;
    }

    /// <summary>Fetches a page; gives its status code as the last line.</summary>
    public string Curl(string path, params string[] more) =>
        Tool.Run("curl", ["-s", "-w", "\n%{http_code}", .. more, new Uri(Appliance.Http, path).ToString()], folder.FullName).Output;

    /// <summary>Another person's clone.</summary>
    public string NewClone(string name)
    {
        Git(".", "clone", "-q", Appliance.Repository, PathOf(name)).MustSucceed();
        return PathOf(name);
    }

    /// <summary>Waits, a minute at most, until something is as it should be; what it is in the end is the test's to judge.</summary>
    public static T Await<T>(Func<T> look, Predicate<T> isThere)
    {
        var until = Environment.TickCount64 + 60_000;
        while (true)
        {
            var seen = look();
            if (isThere(seen) || Environment.TickCount64 > until)
                return seen;
            Thread.Sleep(100);
        }
    }

    public byte[] Ask(string name, ushort type) => DnsExchange.OverTcp(Appliance.Dns, DnsExchange.Query(name, type));

    /// <summary>Kills the appliance and starts it again on the same state.</summary>
    public void KillAndRestart()
    {
        Appliance.Kill();
        Appliance.Dispose();
        Appliance = RunningAppliance.Start(State, options);
        Git(Clone, "remote", "set-url", "origin", Appliance.Repository).MustSucceed();
    }

    public void Dispose()
    {
        Appliance.Dispose();
        folder.Delete(recursive: true);
    }
}
