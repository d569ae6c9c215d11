namespace Riad.Images.Boot;

/// <summary>The command line of a machine's kernel.</summary>
/// <remarks>Source: Linux, Documentation/admin-guide/kernel-parameters.txt, and kernel_lockdown(7).</remarks>
public static class KernelLine
{
    // What nobody here uses is closed, even to root: loading modules that Debian has not signed, the memory of the kernel, tracing and debugging.
    // The files of the two latter would take nine megabytes.
    private const string Closed = "lockdown=confidentiality debugfs=off";

    // Variables, which the kernel hands to the first process alone: that needs little, and .NET would collect when as many octets were used as the
    // processor's cache has; it is root, and needs no door for debuggers.
    private const string FirstProcess = "DOTNET_GCgen0size=80000 DOTNET_EnableDiagnostics=0";

    /// <summary>Writes it.</summary>
    /// <param name="console">The serial line. It comes last, since a program's own words go to the last one.</param>
    /// <param name="panic">What the kernel does when it stops: seconds until the machine restarts, or -1 for at once.</param>
    public static string Write(string console, int panic) => $"console=tty0 console={console} quiet panic={panic} {Closed} {FirstProcess}";
}
