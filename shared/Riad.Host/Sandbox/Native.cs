using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>The system calls with which a process gives something up (the numbers of those since 2019 are the same on x86-64 and ARM64).</summary>
internal static unsafe partial class Native
{
    internal const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    internal const nint SetModeFilter = 1, SynchronizeThreads = 1, KeepsSpeculation = 4, PathBeneath = 1, AskVersion = 1, EveryThread = 8;
    internal const int PR_SET_NO_NEW_PRIVS = 38;
    internal const int O_PATH = 0x20_0000, O_CLOEXEC = 0x8_0000;
    internal const int PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, MAP_PRIVATE = 2, MAP_ANONYMOUS = 0x20;
    internal const nint MAP_FAILED = -1;
    internal const int SentWithValue = -1, ESRCH = 3, EAGAIN = 11;

    internal static nint SecureComputing => IsArm ? 277 : 317;

    internal static nint QueueSignal => IsArm ? 240 : 297;

    /// <summary>The calling thread's number in /proc/self/task.</summary>
    internal static int ThreadNumber => (int)SystemCall(IsArm ? 178 : 186, 0, 0, 0, 0);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nint octets, int rights, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int Protect(nint address, nint octets, int rights);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    internal static partial int SetSignalAction(int signal, SignalAction* action, SignalAction* before);

    internal static string Reason => Marshal.GetLastPInvokeErrorMessage();
}
