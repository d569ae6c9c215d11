using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Riad.Host.Sample;

/// <summary>Tries what a process that serves must not do, on threads of every kind, and says what came of it.</summary>
internal static partial class Attempts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly BlockingThread Early = new();

    private static int MountCall => IsArm ? 40 : 165;

    private static int TraceCall => IsArm ? 117 : 101;

    private static int ExecuteCall => IsArm ? 221 : 59;

    private static int UnshareCall => IsArm ? 97 : 272;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    /// <summary>Starts a thread before anything is given up.</summary>
    public static void BeginEarly() => Early.Begin();

    /// <summary>A line for each thread: which it is, and the errors of ptrace, mount, execve and unshare.</summary>
    public static async Task<string> OnEveryThreadAsync()
    {
        var own = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => own.SetResult(Try("own"))).Start();
        string[] lines = [Early.Run(), Try("http"), await Task.Run(() => Try("pool")), await own.Task.WaitAsync(Patience)];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Tries to write a file; the name of the error, or <c>written</c>.</summary>
    public static string Write(string path)
    {
        try
        {
            File.WriteAllText(path, "x");
            return "written";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }

    /// <summary>Tries to read a file; the name of the error, or what it holds.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }

    /// <summary>Tries to start a program; what the system says to it, or <c>ended with</c> its exit code.</summary>
    public static string Start(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path) { UseShellExecute = false })!;
            process.WaitForExit();
            return string.Create(CultureInfo.InvariantCulture, $"ended with {process.ExitCode}");
        }
        catch (Win32Exception exception)
        {
            return string.Create(CultureInfo.InvariantCulture, $"error {exception.NativeErrorCode}");
        }
    }

    /// <summary>Hangs: no thread of this process goes on.</summary>
    public static void StopOwnProcess()
    {
        const int Stop = 19;
        _ = Kill(Environment.ProcessId, Stop);
    }

    /// <summary>Sends this process what a supervisor sends to end it.</summary>
    public static void AskOwnProcessToEnd()
    {
        const int Terminate = 15;
        _ = Kill(Environment.ProcessId, Terminate);
    }

    private static string Try(string thread) =>
        string.Create(CultureInfo.InvariantCulture, $"{thread} {ErrorOf(TraceCall)} {ErrorOf(MountCall)} {ErrorOf(ExecuteCall)} {ErrorOf(UnshareCall)}");

    // With arguments of nothing: whoever may call gets another error than EPERM, or none.
    private static int ErrorOf(int number) => SystemCall(number, 0, 0, 0, 0) == -1 ? Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    private sealed class BlockingThread
    {
        private readonly TaskCompletionSource asked = new();
        private readonly TaskCompletionSource<string> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Begin() => new Thread(() =>
        {
            asked.Task.Wait();
            answer.TrySetResult(Try("early"));
        })
        { IsBackground = true }.Start();

        public string Run()
        {
            asked.TrySetResult();
            return answer.Task.WaitAsync(Patience).GetAwaiter().GetResult();
        }
    }
}
