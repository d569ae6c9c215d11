using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Riad.Host.Tests;

/// <summary>A test with the first process of a container; skipped, with the reason, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FirstProcessFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Find);

    public FirstProcessFactAttribute() => Skip = Missing.Value;

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "needs root on Linux, to make a namespace of processes";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--pid", "--fork", "--kill-child", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "a namespace of processes cannot be made here";
        }
        catch (Win32Exception)
        {
            return "needs unshare: tests/setup.sh installs it on Debian";
        }
    }
}
