using System.Diagnostics;
using System.Text;
using Xunit;

namespace Riad.Git.Io.Tests.Http;

/// <summary>What a run of git said.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Terminal">Standard error: what the person sees.</param>
internal sealed record GitRun(int ExitCode, string Output, string Terminal);

/// <summary>The real git, in a folder of its own, without anybody's configuration.</summary>
internal sealed class GitClient(string folder)
{
    private long dateSeconds = 1_700_000_000;

    public string Folder => folder;

    /// <summary>Runs git, which has to succeed.</summary>
    public string Run(params string[] arguments)
    {
        var run = Try(arguments);
        Assert.True(run.ExitCode == 0, $"git {string.Join(' ', arguments)}\n{run.Terminal}\n{run.Output}");
        return run.Output.TrimEnd();
    }

    /// <summary>Runs git, whatever comes of it.</summary>
    public GitRun Try(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var terminal = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, terminal.GetAwaiter().GetResult());
    }

    /// <summary>Starts git with its streams redirected.</summary>
    public Process Start(params string[] arguments) => Start([], arguments);

    /// <inheritdoc cref="Start(string[])"/>
    public Process Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])["-c", "init.defaultBranch=main", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Surroundings().Concat(environment))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Writes a file and commits it.</summary>
    /// <returns>The commit, which is a day later than the one before.</returns>
    public string Commit(string file, string content)
    {
        dateSeconds += 86_400;
        File.WriteAllText(Path.Combine(folder, file), content);
        Run("add", "-A");
        Run("commit", "-q", "-m", $"change {file}");
        return Run("rev-parse", "HEAD");
    }

    private IEnumerable<(string Name, string Value)> Surroundings() =>
    [
        ("HOME", folder), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C.UTF-8"),
        ("GIT_AUTHOR_NAME", "A Person"), ("GIT_AUTHOR_EMAIL", "person@example.org"), ("GIT_COMMITTER_NAME", "A Person"), ("GIT_COMMITTER_EMAIL", "person@example.org"),
        ("GIT_AUTHOR_DATE", $"{dateSeconds} +0000"), ("GIT_COMMITTER_DATE", $"{dateSeconds} +0000"),
    ];
}
