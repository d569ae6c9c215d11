using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>Reads both clocks, once for each batch.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    internal TimeProvider Time => time;

    internal Elapsed Elapsed => new(time.GetElapsedTime(start));

    internal Now Read() => new(Elapsed, time.GetUtcNow());
}
