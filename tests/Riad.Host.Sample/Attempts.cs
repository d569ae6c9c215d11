using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Riad.Host.Sample;

/// <summary>Tries what a process that serves must not do, on threads of every kind, and says what came of it.</summary>
internal static partial class Attempts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly EarlyThread Early = EarlyThread.Waiting("early"), Reading = EarlyThread.Reading("reading"), Pool = EarlyThread.Waiting("early pool");

    private static int MountCall => IsArm ? 40 : 165;

    private static int TraceCall => IsArm ? 117 : 101;

    private static int ExecuteCall => IsArm ? 221 : 59;

    private static int UnshareCall => IsArm ? 97 : 272;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    /// <summary>Starts threads before anything is given up.</summary>
    /// <param name="isDeaf">True for one more, which gets no signal.</param>
    public static void BeginEarly(bool isDeaf)
    {
        foreach (var thread in (ReadOnlySpan<EarlyThread>)[Early, Reading])
            new Thread(thread.Loop) { IsBackground = true }.Start();
        // The pool has as many threads as before for what is to be done.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        _ = ThreadPool.SetMinThreads(workers + 1, ports);
        _ = ThreadPool.UnsafeQueueUserWorkItem(static _ => Pool.Loop(), null);
        foreach (var thread in (ReadOnlySpan<EarlyThread>)[Early, Reading, Pool])
            thread.WaitUntilBegun();
        if (isDeaf)
            BeginDeaf();
    }

    /// <summary>A line for each thread: which it is, and what came of it there.</summary>
    public static async Task<string> OnEveryThreadAsync(Func<string> attempt)
    {
        var own = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => own.SetResult("own " + attempt())).Start();
        string[] lines =
        [
            await Early.TryAsync(attempt), await Reading.TryAsync(attempt), await Pool.TryAsync(attempt), await Finalizer.TryAsync(attempt),
            "http " + attempt(), "pool " + await Task.Run(attempt), await own.Task.WaitAsync(Patience),
        ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The errors of ptrace, mount, execve and unshare.</summary>
    // With arguments of nothing: whoever may call gets another error than EPERM, or none.
    public static string Call() => string.Create(CultureInfo.InvariantCulture, $"{ErrorOf(TraceCall)} {ErrorOf(MountCall)} {ErrorOf(ExecuteCall)} {ErrorOf(UnshareCall)}");

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

    private static int ErrorOf(int number) => SystemCall(number, 0, 0, 0, 0) == -1 ? Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static unsafe partial int SetBlockedSignals(int how, byte* signals, byte* before);

    private static unsafe void BeginDeaf()
    {
        const int Block = 0;
        using var begun = new ManualResetEventSlim();
        new Thread(() =>
        {
            var all = stackalloc byte[128];
            new Span<byte>(all, 128).Fill(0xff);
            _ = SetBlockedSignals(Block, all, null);
            begun.Set();
            Thread.Sleep(Timeout.Infinite);
        })
        { IsBackground = true }.Start();
        begun.Wait();
    }

    /// <summary>The thread that the runtime made for itself.</summary>
    private sealed class Finalizer(Func<string> attempt, TaskCompletionSource<string> answer)
    {
        [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "Nothing else runs on the thread that finalizes.")]
        ~Finalizer() => answer.TrySetResult(attempt());

        public static async Task<string> TryAsync(Func<string> attempt)
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Drop(attempt, answer);
            var began = Stopwatch.StartNew();
            // What a register still holds is not collected at once.
            while (!answer.Task.IsCompleted && began.Elapsed < Patience)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            return "finalizer " + await answer.Task.WaitAsync(Patience);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Drop(Func<string> attempt, TaskCompletionSource<string> answer) => _ = new Finalizer(attempt, answer);
    }
}
