using System.Globalization;
using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests;

/// <summary>A test of what a kernel does with a version of Landlock; skipped, with the reason, with another or none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LandlockFactAttribute : FactAttribute
{
    /// <summary>Skips the test with other versions.</summary>
    /// <param name="least">2 is the first that is used; less is none.</param>
    /// <param name="most">The last.</param>
    public LandlockFactAttribute(int least = 2, int most = int.MaxValue)
    {
        (Least, Most) = (least, most);
        var version = OperatingSystem.IsLinux() ? Landlock.Version : -1;
        if (version < least || version > most)
            Skip = string.Create(CultureInfo.InvariantCulture, $"not with this kernel: its Landlock is of version {version}");
    }

    public int Least { get; }

    public int Most { get; }
}
