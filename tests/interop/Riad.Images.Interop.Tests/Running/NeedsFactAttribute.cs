using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A test that needs programs which not every machine has, or time; skipped, with the reason, where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs) => Skip = Refuse(programs);

    /// <summary>Why a test cannot run here; null when all programs are there.</summary>
    public static string? Refuse(string[] programs) => Array.Find(programs, program => !IsThere(program)) is { } missing ? $"needs {missing}: tests/setup.sh installs it on Debian" : null;

    /// <summary>True for what takes long and runs with RIAD_TESTS=all only.</summary>
    public bool Long
    {
        get => false;
        set
        {
            if (value && Environment.GetEnvironmentVariable("RIAD_TESTS") is not "all")
                Skip = "takes long: RIAD_TESTS=all runs it";
        }
    }

    /// <summary>True for what compares with what other people publish through npm.</summary>
    public bool Npm
    {
        get => false;
        set
        {
            if (value && !Schemas.AreThere)
                Skip = "needs the packages of tests/schemas: tests/setup.sh fetches them where npm is installed";
        }
    }

    /// <summary>True for what runs a container in a mount namespace of its own.</summary>
    public bool Container
    {
        get => false;
        set
        {
            if (value && Skip is null && !Tool.Run("unshare", ["-m", "sh", "-c", "umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup"], ".").Succeeded)
                Skip = "needs root, and a kernel that lets it mount control groups in a mount namespace of its own";
        }
    }

    private static bool IsThere(string program) => Tool.Run("sh", ["-c", $"command -v {program} || test -e /usr/sbin/{program} -o -e {program}"], ".").Succeeded;
}
