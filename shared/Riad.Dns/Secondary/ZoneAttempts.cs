using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Zones;

namespace Riad.Dns.Secondary;

/// <summary>Attempts to refresh zones: for which zone each is, and whose turn it is.</summary>
internal sealed class ZoneAttempts(int maxRunning, int maxPerPrimary)
{
    private readonly Dictionary<long, FollowedZone> zones = [];
    private readonly AttemptQueue queue = new(maxRunning, maxPerPrimary);
    private long last;

    /// <summary>Attempts under way.</summary>
    public int Running => queue.Running;

    /// <summary>A zone wants one. It waits for its turn.</summary>
    /// <param name="zone">Which has none.</param>
    /// <param name="primary">Which of the zone's is asked.</param>
    /// <param name="step">What for.</param>
    public void Add(FollowedZone zone, int primary, RefreshStep step)
    {
        zone.Attempt = ++last;
        zones.Add(zone.Attempt, zone);
        queue.Add(new(zone.Attempt, zone.Apex, zone.Primaries[primary], step, zone.Zone));
    }

    /// <summary>Takes the next that may begin.</summary>
    public bool TryTake([NotNullWhen(true)] out SecondaryOutput.Ask? ask)
    {
        if (!queue.TryTake(next => zones.ContainsKey(next.Attempt), out ask))
            return false;
        ask = ask with { Present = PresentFor(ask.Step, zones[ask.Attempt]) };
        return true;
    }

    /// <summary>One is over.</summary>
    /// <returns>The zone that it was for; null when it was called off.</returns>
    public FollowedZone? Finish(long attempt)
    {
        queue.Finish(attempt);
        if (!zones.Remove(attempt, out var zone))
            return null;
        zone.Attempt = 0;
        return zone;
    }

    /// <summary>A zone no longer wants its attempt.</summary>
    /// <returns>The attempt, when it is under way and somebody has to end it; 0 otherwise.</returns>
    public long CallOff(FollowedZone zone)
    {
        var attempt = zone.Attempt;
        zones.Remove(attempt);
        zone.Attempt = 0;
        return queue.IsRunning(attempt) ? attempt : 0;
    }

    // The version that must be older than what comes: none where it has expired, since nobody is to hold on to it.
    private static Zone? PresentFor(RefreshStep step, FollowedZone zone) =>
        step is RefreshStep.Incremental || !zone.Maintenance.IsExpired ? zone.Zone : null;
}
