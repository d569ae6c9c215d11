using Riad.Host;

namespace Riad.DnsSecondary.Serving;

/// <summary>What /health says of the zones.</summary>
internal static class ZoneHealth
{
    public static HealthFinding Of(IReadOnlyList<ZoneView> zones)
    {
        if (zones.FirstOrDefault(zone => zone.State is ZoneState.Expired) is { } expired)
            return new(HealthStatus.Degraded, $"{Count(zones, ZoneState.Expired)} expired and not served, such as {expired.Name}: {expired.Failure ?? "no primary was heard"}");
        if (zones.FirstOrDefault(zone => zone.State is ZoneState.NotLoaded) is { } missing)
            return new(HealthStatus.Degraded, $"{Count(zones, ZoneState.NotLoaded)} not loaded yet, such as {missing.Name}: {missing.Failure ?? "the transfer is under way"}");
        if (zones.FirstOrDefault(zone => zone.IsUnconfirmed) is { } kept)
            return new(HealthStatus.Degraded, $"{(zones.Count(zone => zone.IsUnconfirmed) is 1 ? "1 zone is" : $"{zones.Count(zone => zone.IsUnconfirmed)} zones are")} served from the state, since no primary was reached yet, such as {kept.Name}: {kept.Failure ?? "one is being asked"}");
        return zones.Count == 0 ? new(HealthStatus.Degraded, "no zone is followed yet: a signed NOTIFY teaches the first") : HealthFinding.Ok;
    }

    private static string Count(IReadOnlyList<ZoneView> zones, ZoneState state) =>
        zones.Count(zone => zone.State == state) is 1 ? "1 zone is" : $"{zones.Count(zone => zone.State == state)} zones are";
}
