using Xunit;

namespace Riad.Interop.Tests.Running;

/// <summary>A test that mounts or binds what only root may; skipped, with the reason, for others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
            Skip = "needs root on Linux, to mount a small file system";
    }
}
