using System.Diagnostics;
using System.Text;

namespace Riad.Git.Io.Tests.Support;

/// <summary>Runs the git of the machine, away from its owner's configuration.</summary>
internal sealed class RealGit(string folder)
{
    public string Run(params string[] arguments)
    {
        var (code, output) = TryRun(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {output}");
    }

    public byte[] Pipe(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        reading.Wait();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors}");
    }

    public (int Code, string Output) TryRun(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + errors.Result).TrimEnd());
    }

    /// <summary>What git fsck has to say beyond dangling objects; empty when all is well.</summary>
    public string Fsck()
    {
        var (code, output) = TryRun("fsck", "--strict", "--no-dangling", "--no-progress", "--full");
        return code == 0
            ? string.Join('\n', output.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("notice: ", StringComparison.Ordinal)))
            : $"exit {code}: {output}";
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["HOME"] = folder,
            ["GIT_AUTHOR_NAME"] = "Ada",
            ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
            ["GIT_COMMITTER_NAME"] = "Ada",
            ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
            ["GIT_TERMINAL_PROMPT"] = "0",
        })
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}
