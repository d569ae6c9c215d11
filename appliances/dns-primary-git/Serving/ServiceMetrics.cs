using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Zones;
using Riad.Host.Metrics;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>What /metrics shows of the zones: numbers that threads count anyway, read at each scrape.</summary>
internal static class ServiceMetrics
{
    public static void Register(MetricsRegistry metrics, ServerDriver driver, ServedAuthority authority, ZoneKeeper keeper)
    {
        metrics.AddCounters("riad_dns_zone_queries_total", "Queries for names in a zone, by zone.", () => PerZone(driver, authority));
        metrics.AddGauge("riad_zones", "Zones that are served.", () => keeper.State.Zones.Count);
        metrics.AddGauge("riad_zones_degraded", "Zones whose newest version cannot be served.", () => keeper.State.Degraded.Length);
        metrics.AddGauge("riad_records", "Records that are served.", () => keeper.State.Zones.Values.Sum(version => (double)version.Zone.RecordCount));
        metrics.AddGauges("riad_zone_serial", "The served serial, by zone.", () => keeper.State.Zones.Select(zone => new MetricSample(zone.Value.Serials.Served.Value, ("zone", zone.Key.ToStringWithoutFinalDot()))));
    }

    /// <summary>How many queries were answered until now.</summary>
    public static QueryCounts CountQueries(ServerDriver driver, ServedAuthority authority, Elapsed now) => new(
        now,
        driver.Answers.Sum(thread => thread.ByTransport.Sum()),
        authority.Current.Zones.Zones.ToImmutableDictionary(zone => zone.Apex, zone => CountQueries(driver, zone)));

    private static long CountQueries(ServerDriver driver, ServedZone zone) => driver.Answers.Sum(thread => thread.OfZone(zone));

    private static IEnumerable<MetricSample> PerZone(ServerDriver driver, ServedAuthority authority) =>
        authority.Current.Zones.Zones.Select(zone => new MetricSample(CountQueries(driver, zone), ("zone", zone.Apex.ToStringWithoutFinalDot())));
}
