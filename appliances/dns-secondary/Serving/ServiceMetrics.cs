using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Transfers.Outgoing;
using Riad.Host.Metrics;

namespace Riad.DnsSecondary.Serving;

/// <summary>What /metrics shows of the name server and its zones: numbers that are there anyway, read at each scrape.</summary>
internal static class ServiceMetrics
{
    public static void Register(MetricsRegistry metrics, ServerDriver driver, SecondaryServer server)
    {
        Func<IReadOnlyList<ZoneView>> zones = server.Views;
        metrics.AddCounters("riad_dns_transfers_total", "Answers to requests for zones, by what they were.", () =>
            Enum.GetValues<TransferKind>().Select(kind => new MetricSample(server.Requests.CountTransfers(kind), ("kind", kind.ToString().ToLowerInvariant()))));
        metrics.AddCounter("riad_dns_bad_signatures_total", "Requests refused because of their signature.", () => server.Requests.BadSignatures);
        metrics.AddCounters("riad_dns_queries_total", "Queries received, by transport.", () => PerTransport(driver, transport => transport.Queries));
        metrics.AddCounters("riad_dns_answers_total", "Queries answered, by transport.", () => PerTransport(driver, transport => transport.Answers));
        metrics.AddCounters("riad_dns_answers_by_rcode_total", "Answers, by the number of their response code.", () => PerCode(driver));
        metrics.AddCounter("riad_dns_truncated_total", "Answers cut to TC for lack of room.", () => driver.Answers.Sum(thread => thread.Truncated));
        metrics.AddGauge("riad_dns_connections", "Streams open now.", () => driver.Read().Connections.Open);
        metrics.AddGauge("riad_zones", "Zones that are served.", () => zones().Count(zone => zone.State is ZoneState.Served));
        metrics.AddGauge("riad_zones_expired", "Zones that have expired.", () => zones().Count(zone => zone.State is ZoneState.Expired));
        metrics.AddGauge("riad_zones_not_loaded", "Zones of which no version came yet.", () => zones().Count(zone => zone.State is ZoneState.NotLoaded));
        metrics.AddGauge("riad_records", "Records of all zones.", () => zones().Sum(zone => (double)zone.Records));
        metrics.AddGauge("riad_zones_memory_bytes", "Memory that the served zones take.", () => driver.Authority.Zones.Octets);
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

    private static IEnumerable<MetricSample> PerTransport(ServerDriver driver, Func<TransportSnapshot, long> number)
    {
        var now = driver.Read();
        return [new(number(now.Udp), ("transport", "udp")), new(number(now.Tcp), ("transport", "tcp")), new(number(now.Tls), ("transport", "tls"))];
    }

    private static IEnumerable<MetricSample> PerCode(ServerDriver driver) =>
        driver.Answers.SelectMany(thread => thread.ByResponseCode.Select((count, code) => (count, code)))
            .GroupBy(entry => entry.code, entry => entry.count)
            .Select(entry => (Code: entry.Key, Count: entry.Sum()))
            .Where(entry => entry.Count > 0)
            .Select(entry => new MetricSample(entry.Count, ("rcode", ((ResponseCode)entry.Code).ToString("D"))));
}
