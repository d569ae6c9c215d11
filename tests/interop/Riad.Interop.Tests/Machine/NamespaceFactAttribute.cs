using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Machine;

/// <summary>A test between two networks of its own; skipped, with the reason, where they cannot be made or a program is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Find);

    public NamespaceFactAttribute(params string[] programs)
    {
        if (Missing.Value is { } reason)
            Skip = reason;
        else if (programs.FirstOrDefault(program => !IsThere(program)) is { } missing)
            Skip = $"needs {missing}: tests/setup.sh installs it on Debian, unless the machine has a program of its own for that";
    }

    /// <summary>True for what runs with RIAD_TESTS=all only.</summary>
    public bool Long
    {
        get => false;
        set
        {
            if (value && Environment.GetEnvironmentVariable("RIAD_TESTS") is not "all")
                Skip = "takes long: RIAD_TESTS=all runs it";
        }
    }

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "needs root on Linux, to make networks of its own";
        if (!IsThere("ip"))
            return "needs ip: tests/setup.sh installs it on Debian";
        try
        {
            using var wire = new Wire();
            return Directory.Exists("/proc/sys/net/ipv6") ? null : "needs IPv6";
        }
        catch (InvalidOperationException exception)
        {
            return $"networks of its own cannot be made here: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static bool IsThere(string program) => Tool.Run("sh", ["-c", $"PATH=$PATH{WireProgram.MorePlaces} command -v {program}"], ".").Succeeded;
}
