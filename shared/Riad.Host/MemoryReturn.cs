using Microsoft.Extensions.Logging;

namespace Riad.Host;

/// <summary>Gives memory back to the system after much of it was used for a while.</summary>
/// <remarks>
/// Reading the whole of a zone of a million names leaves several times its size behind, and a process that only answers
/// queries allocates nothing and so would never collect it. A push of which only a part is read leaves too little for the
/// collection, which stops all threads for some ten milliseconds.
/// </remarks>
public static class MemoryReturn
{
    private const long MuchOctets = 64 << 20;
    private const long LittleOctets = 4 << 20; // in one interval: nothing large is under way
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches until it is told to stop.</summary>
    public static async Task RunAsync(TimeProvider clock, ILogger log, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var (before, returned, workingSet) = (0L, 0L, 0L);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - returned >= MuchOctets && allocated - before <= LittleOctets)
            {
                var isMuch = Environment.WorkingSet - workingSet >= MuchOctets;
                if (isMuch)
                    Collect(log);
                workingSet = isMuch ? Environment.WorkingSet : Math.Min(workingSet, Environment.WorkingSet);
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
