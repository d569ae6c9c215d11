using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

/// <summary>A test with a processor's assembler; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AssemblerFactAttribute : FactAttribute
{
    public AssemblerFactAttribute(Architecture processor)
    {
        Processor = processor;
        if (!IsThere(ToolsFor(processor) + "as"))
            Skip = $"needs {ToolsFor(processor)}as: tests/setup.sh installs it on Debian, that of the other processor with RIAD_TESTS=all";
    }

    public Architecture Processor { get; }

    /// <summary>What the names of its tools begin with.</summary>
    public static string ToolsFor(Architecture processor) =>
        processor == RuntimeInformation.ProcessArchitecture ? "" : processor is Architecture.Arm64 ? "aarch64-linux-gnu-" : "x86_64-linux-gnu-";

    private static bool IsThere(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
