using System.Diagnostics;

namespace Riad.Interop.Tests.Running;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs git as a person without any configuration of their own would.</summary>
    public static ToolResult Git(string folder, params string[] arguments) => Run(
        "git",
        arguments,
        folder,
        new(StringComparer.Ordinal)
        {
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_AUTHOR_NAME"] = "Ada",
            ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
            ["GIT_COMMITTER_NAME"] = "Ada",
            ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
            ["LC_ALL"] = "C",
        });

    /// <summary>What chooses tests is not an option of the appliance, and it refuses variables that it does not know.</summary>
    public static void ForgetWhatChoosesTests(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("RIAD_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
    }

    public static ToolResult Run(string program, string[] arguments, string folder, Dictionary<string, string>? environment = null, string? input = null, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // git would prefer it to what a test says it shall trust.
        start.Environment.Remove("GIT_SSL_CAINFO");
        ForgetWhatChoosesTests(start);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        if (!process.WaitForExit(patience ?? Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end");
        }
        return new(process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Fails the test, with everything that was said, unless the program succeeded.</summary>
    public ToolResult MustSucceed() => Succeeded ? this : throw new InvalidOperationException(ToString());

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}
