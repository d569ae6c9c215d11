using Microsoft.Extensions.Logging;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Gives memory back to the system after much of it was used for a while.</summary>
/// <remarks>
/// Reading a zone of a million names leaves several times its size behind, and a process that only answers queries
/// allocates nothing and so would never collect it.
/// </remarks>
internal static class MemoryReturn
{
    private const long MuchOctets = 64 << 20;
    private const long LittleOctets = 4 << 20; // in one interval: nothing large is under way
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Makes what a large push left behind ready for use while the push is judged, so that the process does not grow for both.</summary>
    /// <remarks>Nothing is moved and nothing given back, so it stops other threads for few milliseconds only.</remarks>
    public static void ReuseAfter(long octets)
    {
        if (octets >= MuchOctets)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
    }

    /// <summary>Watches until it is told to stop.</summary>
    public static async Task RunAsync(TimeProvider clock, ILogger log, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var (before, returned) = (0L, 0L);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - returned >= MuchOctets && allocated - before <= LittleOctets)
            {
                Collect(log);
                returned = GC.GetTotalAllocatedBytes();
            }
            before = allocated;
        }
    }

    private static void Collect(ILogger log)
    {
        var paused = GC.GetTotalPauseDuration();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        log.LogDebug("memory returned heap_octets={Octets} paused_ms={Pause}", GC.GetGCMemoryInfo().HeapSizeBytes, (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
    }
}
