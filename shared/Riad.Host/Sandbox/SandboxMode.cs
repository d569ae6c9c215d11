namespace Riad.Host.Sandbox;

/// <summary>Whether a process gives up what it does not need.</summary>
internal enum SandboxMode
{
    /// <summary>As far as the kernel can.</summary>
    On,

    /// <summary>Not at all: for debuggers and profilers.</summary>
    Off,

    /// <summary>Wholly, or it does not run.</summary>
    Require,
}
