using System.Runtime.InteropServices;

namespace Riad.Host;

/// <summary>Signals that ask for the end before anybody listens to them.</summary>
/// <remarks>
/// A process ends by them, but for the first of a container: for that one the kernel drops what has no handler
/// (pid_namespaces(7)), and whoever stops it then waits ten seconds in vain.
/// </remarks>
internal static unsafe partial class EarlySignals
{
    private const int Block = 0, Unblock = 1, Interrupt = 2, Terminate = 15, SetWords = 16;
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

    /// <summary>Lets such signals wait for <see cref="Release"/>, also in the program that this thread may begin anew.</summary>
    public static void Hold() => Change(Block);

    /// <summary>Hands over what waits. Called by the thread that held them, before it makes others, which would hold them too.</summary>
    public static void Release() => Change(Unblock);

    private static void Change(int how)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // sigset_t: a bit for each signal, of which the first is number 1.
        var signals = stackalloc ulong[SetWords];
        new Span<ulong>(signals, SetWords).Clear();
        signals[0] = (1UL << (Terminate - 1)) | (1UL << (Interrupt - 1));
        _ = Mask(how, signals, null);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int Mask(int how, ulong* signals, ulong* before);
}
