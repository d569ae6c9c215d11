using System.Diagnostics;
using System.Text;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Machine;

/// <summary>A program on one end of a <see cref="Wire"/>, and what it has said.</summary>
internal sealed class WireProgram : IDisposable
{
    /// <summary>Where programs are besides the usual places: those of the administrator, and what tests/setup.sh has unpacked.</summary>
    public static readonly string MorePlaces = ":/usr/sbin:/sbin:" + Checkout.PathOf("out", "tools", "chrony", "usr", "sbin");

    private readonly StringBuilder said = new();
    private readonly Process process;

    public WireProgram(string name, string[] arguments, string folder)
    {
        Name = name;
        var start = new ProcessStartInfo("ip", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        Tool.ForgetWhatChoosesTests(start);
        start.Environment["PATH"] += MorePlaces;
        process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public string Log
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    public bool Says(string text) => Log.Contains(text, StringComparison.Ordinal);

    /// <summary>How many lines hold a text.</summary>
    public int Count(string text) => Log.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Ends it at once, as a power cut does.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>True when it has ended by itself, or was ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Sends it a signal, by the name that <c>kill</c> gives it.</summary>
    public void Signal(string signal) => Tool.Run("sh", ["-c", FormattableString.Invariant($"kill -s {signal} {process.Id}")], "/").MustSucceed();

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
            said.Append(line.Data).Append('\n');
    }
}
