using Riad.Core;
using Riad.Host.Metrics;

namespace Riad.DnsSecondary.Serving;

/// <summary>What /metrics shows of the zones: numbers that are there anyway, read at each scrape.</summary>
internal static class ServiceMetrics
{
    public static void Register(MetricsRegistry metrics, SecondaryServer server)
    {
        var scraped = new ScrapedZones(server);
        Func<IReadOnlyList<ZoneView>> zones = scraped.Views;
        metrics.AddGauge("riad_zones", "Zones that are served.", () => zones().Count(zone => zone.State is ZoneState.Served));
        metrics.AddGauge("riad_zones_expired", "Zones that have expired.", () => zones().Count(zone => zone.State is ZoneState.Expired));
        metrics.AddGauge("riad_zones_not_loaded", "Zones of which no version came yet.", () => zones().Count(zone => zone.State is ZoneState.NotLoaded));
        metrics.AddGauge("riad_records", "Records of all zones.", () => zones().Sum(zone => (double)zone.Records));
        metrics.AddGauges("riad_zone_serial", "The serial that we have, by zone.", () => PerZone(zones, zone => zone.Serial));
        metrics.AddGauges("riad_zone_contact_age_seconds", "Since a primary was last heard, by zone.", () => PerZone(zones, zone => zone.Age?.TotalSeconds));
        metrics.AddGauges("riad_zone_next_refresh_seconds", "Until a primary is asked next, by zone; 0 while one is being asked.", () => PerZone(zones, zone => Math.Max(0, zone.NextRefresh?.TotalSeconds ?? 0)));
        metrics.AddGauges("riad_zone_expires_seconds", "Until the zone expires, by zone; negative once it has.", () => PerZone(zones, zone => zone.Expires?.TotalSeconds));
        metrics.AddGauges("riad_zone_error", "1 where the last refresh failed, by zone, with the reason.", () =>
            zones().Where(zone => zone.Failure is not null).Select(zone => new MetricSample(1, ("zone", zone.Name), ("reason", zone.Failure!))));
    }

    private static IEnumerable<MetricSample> PerZone(Func<IReadOnlyList<ZoneView>> zones, Func<ZoneView, double?> number) =>
        from zone in zones()
        let value = number(zone)
        where value is not null
        select new MetricSample(value.Value, ("zone", zone.Name));

    /// <summary>The zones as one scrape sees them: listed once, not for every metric.</summary>
    private sealed class ScrapedZones(SecondaryServer server)
    {
        private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

        private Moment? last;

        public IReadOnlyList<ZoneView> Views()
        {
            var moment = Volatile.Read(ref last);
            if (moment is null || server.Now - moment.At >= Lasts)
                Volatile.Write(ref last, moment = new(server.Now, server.Views()));
            return moment.Views;
        }

        private sealed record Moment(Elapsed At, IReadOnlyList<ZoneView> Views);
    }
}
