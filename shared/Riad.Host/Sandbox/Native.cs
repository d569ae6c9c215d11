using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>The system calls with which a process gives something up (the same numbers on x86-64 and ARM64, but for seccomp).</summary>
internal static unsafe partial class Native
{
    internal const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    internal const nint SetModeFilter = 1, SynchronizeThreads = 1, KeepsSpeculation = 4, PathBeneath = 1, AskVersion = 1;
    internal const int PR_SET_NO_NEW_PRIVS = 38;
    internal const int O_PATH = 0x20_0000, O_CLOEXEC = 0x8_0000;

    internal static nint SecureComputing => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 277 : 317;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Execute(string path, byte** arguments, byte** environment);

    internal static string Reason => Marshal.GetLastPInvokeErrorMessage();
}
