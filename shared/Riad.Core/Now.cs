namespace Riad.Core;

/// <summary>The present, as a driver read it once: for engines that need both clocks.</summary>
/// <param name="Elapsed">The monotonic clock: for intervals and timeouts.</param>
/// <param name="Utc">The calendar clock: for signatures, certificates and people. It may jump.</param>
public readonly record struct Now(Elapsed Elapsed, DateTimeOffset Utc)
{
    /// <summary>Seconds since 1970-01-01T00:00:00Z, as DNS cookies, TSIG and Git write time.</summary>
    public long UnixSeconds => Utc.ToUnixTimeSeconds();
}
