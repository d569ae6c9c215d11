namespace Riad.Host.Settings;

/// <summary>Whose sockets carry the packets.</summary>
public enum NetworkChoice
{
    /// <summary>The operating system's.</summary>
    Kernel,
}
