using System.Runtime.InteropServices;

namespace Riad.Load;

/// <summary>The CPU time of other processes, in nanoseconds: finer than what /proc counts.</summary>
internal static partial class ProcessClock
{
    // Linux: the id of another process's CPU clock is made of its number (see clock_getcpuclockid).
    private const int ScheduledClock = 2;

    public static double Seconds(IEnumerable<int> processes) => processes.Sum(Seconds);

    private static double Seconds(int process) =>
        GetTime((~process << 3) | ScheduledClock, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
