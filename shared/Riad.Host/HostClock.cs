using Riad.Core;

namespace Riad.Host;

/// <summary>Reads a <see cref="TimeProvider"/> into the values that engines take.</summary>
public sealed class HostClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();

    /// <summary>The source itself, for timers and delays.</summary>
    public TimeProvider Provider { get; } = provider;

    /// <summary>The time since this clock was made, by the monotonic clock.</summary>
    public Elapsed Elapsed => new(Provider.GetElapsedTime(start));

    /// <summary>Both clocks.</summary>
    public Now Now => new(Elapsed, Provider.GetUtcNow());
}
