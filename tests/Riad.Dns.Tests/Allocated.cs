namespace Riad.Dns.Tests;

/// <summary>Memory that work costs each time it is done.</summary>
/// <remarks>
/// The runtime allocates on the thread that happens to run while it compiles a loop anew or lets a table of its own grow,
/// once each and at no moment that a test could know: on a busy machine inside any measurement. What the work itself allocates
/// it allocates in every round, so the least of several rounds is the work's own, and it is exact.
/// </remarks>
internal static class Allocated
{
    private const int Rounds = 10;

    /// <summary>Octets that the calling thread allocates in every round of the work; 0 when one round allocates nothing.</summary>
    /// <param name="work">Does the same each time. It is done once before, unmeasured, and then once or up to ten times.</param>
    public static long EachTime(Action work)
    {
        work();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
