using System.Diagnostics;
using System.Text;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>Commands that go on: what they have said, and what can be said to them.</summary>
internal sealed class LaunchedCommands : IDisposable
{
    /// <summary>How long anything may take on a slow machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Process process;
    private readonly StringBuilder said = new();

    public LaunchedCommands(string program, string[] arguments, string folder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        Tool.ForgetWhatChoosesTests(start);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>Everything they wrote so far.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>Types something.</summary>
    public void Say(string text)
    {
        process.StandardInput.Write(text);
        process.StandardInput.Flush();
    }

    /// <summary>Waits until something holds; a wait in vain shows what they wrote.</summary>
    public void Until(string what, Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); Thread.Sleep(Pause))
            if (clock.Elapsed > Patience || (process.HasExited && !holds()))
                throw new TimeoutException($"not {what}{(process.HasExited ? ", and it has ended" : "")}:\n{Said}");
    }

    /// <summary>Waits until they have written this.</summary>
    public void UntilSaid(string text) => Until($"said: {text}", () => Said.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for their end.</summary>
    public void UntilEnd()
    {
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"did not end:\n{Said}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }
}
