using Riad.Core;

namespace Riad.Net.Machine;

/// <summary>When a service that ended is started again: at once, then after longer and longer waits while it keeps ending.</summary>
/// <param name="Failures">How often it ended in a row, each time soon after its start.</param>
/// <remarks>A value without a clock. The default is that of a service that never ended.</remarks>
public readonly record struct RestartPolicy(int Failures)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>A service that ran this long is well: its end is the first again.</summary>
    public static readonly TimeSpan WellAfter = TimeSpan.FromMinutes(5);

    /// <summary>Says when to start it again.</summary>
    /// <param name="started">When it was started last.</param>
    /// <param name="ended">When it ended, not before.</param>
    public (RestartPolicy Next, TimeSpan Wait) AfterEnd(Elapsed started, Elapsed ended)
    {
        var failures = ended - started >= WellAfter ? 0 : Failures;
        var wait = failures == 0 ? TimeSpan.Zero : FirstWait * (1 << Math.Min(failures - 1, 6));
        return (new(failures + 1), wait < LongestWait ? wait : LongestWait);
    }
}
