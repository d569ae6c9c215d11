using Riad.Host;

namespace Riad.DnsSecondary.Serving;

/// <summary>What /health says of the zones: whether queries should be sent here, and what is wrong.</summary>
/// <remarks>
/// A mutable object with one owner. Until the first round is over, which is when every zone has come or could not be had, a
/// replica that starts empty would answer SERVFAIL for what its siblings serve: so it is unavailable until then, and while
/// nothing at all is served. A zone that comes to a running server changes nothing of that.
/// </remarks>
/// <param name="mayBeEmpty">True when the operator named no zone and no catalog: then to be told of the first is all that can be done.</param>
internal sealed class ZoneHealth(bool mayBeEmpty)
{
    private bool isFirstRoundOver;

    /// <summary>Looks at all zones that are followed.</summary>
    public HealthFinding Of(ZoneSurvey zones)
    {
        isFirstRoundOver |= zones.Followed == 0 ? mayBeEmpty : zones.Troubled.All(zone => zone.State is not ZoneState.NotLoaded || zone.Failure is not null);
        var finding = zones.Followed > 0 ? Worst(zones.Troubled) : new(HealthStatus.Degraded, mayBeEmpty ? "no zone is followed yet: a signed NOTIFY teaches the first" : "no zone is followed yet: starting");
        return isFirstRoundOver && !IsNothingServed(zones) ? finding : finding with { Status = HealthStatus.Unavailable };
    }

    private static bool IsNothingServed(ZoneSurvey zones) => zones.Served == 0 && zones.Troubled.Any(zone => zone.State is ZoneState.NotLoaded or ZoneState.Expired);

    private static HealthFinding Worst(IReadOnlyList<ZoneView> troubled)
    {
        if (troubled.FirstOrDefault(zone => zone.State is ZoneState.Expired) is { } expired)
            return new(HealthStatus.Degraded, $"{Count(troubled, ZoneState.Expired)} expired and not served, such as {expired.Name}: {expired.Failure ?? "no primary was heard"}");
        if (troubled.FirstOrDefault(zone => zone.State is ZoneState.NotLoaded) is { } missing)
            return new(HealthStatus.Degraded, $"{Count(troubled, ZoneState.NotLoaded)} not loaded yet, such as {missing.Name}: {missing.Failure ?? "the transfer is under way"}");
        if (troubled is [var kept, ..])
            return new(HealthStatus.Degraded, $"{(troubled.Count is 1 ? "1 zone is" : $"{troubled.Count} zones are")} served from the state, since no primary was reached yet, such as {kept.Name}: {kept.Failure ?? "one is being asked"}");
        return HealthFinding.Ok;
    }

    private static string Count(IReadOnlyList<ZoneView> zones, ZoneState state) =>
        zones.Count(zone => zone.State == state) is 1 ? "1 zone is" : $"{zones.Count(zone => zone.State == state)} zones are";
}
