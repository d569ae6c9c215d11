using System.Runtime.InteropServices;

namespace Riad.Host;

/// <summary>Signals that ask for the end before anybody listens to them.</summary>
/// <remarks>
/// A process ends by them, but for the first of a container: for that one the kernel drops what has no handler
/// (pid_namespaces(7)), and whoever stops it then waits ten seconds in vain.
/// </remarks>
internal static partial class EarlySignals
{
    private const int Interrupt = 2, Terminate = 15;
    private const int FirstProcess = 1;

    /// <summary>From here on such a signal ends the process at once, whichever process it is: nothing has begun yet. Its exit code is the signal's number.</summary>
    public static void EndProcess()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessId != FirstProcess)
            return;
        // The one thing in the C library that is a handler and may be called in one.
        var end = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit");
        _ = Handle(Terminate, end);
        _ = Handle(Interrupt, end);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);
}
