using System.Collections.Immutable;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Outgoing;
using Riad.Host.Metrics;

namespace Riad.Host.Dns;

/// <summary>What /metrics shows of any name server: numbers that threads count anyway, read at each scrape.</summary>
public static class NameServerMetrics
{
    private static readonly ImmutableArray<double> LatencyBounds = [.. Enumerable.Range(0, 20).Select(bucket => LatencySnapshot.BoundOf(bucket).TotalSeconds)];

    /// <summary>What became of queries.</summary>
    public static void Register(MetricsRegistry metrics, ServerDriver driver)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.AddCounters("riad_dns_queries_total", "Queries received, by transport.", () => PerTransport(driver, transport => transport.Queries));
        metrics.AddCounters("riad_dns_answers_total", "Queries answered, by transport.", () => PerTransport(driver, transport => transport.Answers));
        metrics.AddCounters("riad_dns_answers_by_type_total", "Answers, by the type that was asked for.", () => PerType(driver));
        metrics.AddCounters("riad_dns_answers_by_rcode_total", "Answers, by response code.", () => PerCode(driver));
        metrics.AddCounter("riad_dns_truncated_total", "Answers cut to TC for lack of room.", () => driver.Answers.Sum(thread => thread.Truncated));
        metrics.AddCounters("riad_dns_rate_limited_total", "Answers over the rate limit, by what became of them.", () => [
            new(driver.Answers.Sum(thread => thread.Limited), ("outcome", "dropped")),
            new(driver.Answers.Sum(thread => thread.Slipped), ("outcome", "truncated"))]);
        metrics.AddCounter("riad_dns_valid_cookies_total", "Queries with a valid server cookie.", () => driver.Answers.Sum(thread => thread.ValidCookies));
        metrics.AddHistogram("riad_dns_latency_seconds", "From the arrival of a batch until its answers were ready to be sent; one batch in sixteen.", LatencyBounds, () => PerLatency(driver));
        metrics.AddGauge("riad_dns_connections", "Streams open now.", () => driver.Read().Connections.Open);
        metrics.AddCounter("riad_dns_connections_refused_total", "Streams closed at once because there were too many.", () => driver.Read().Connections.Refused);
        metrics.AddGauge("riad_zones_memory_bytes", "Memory that the zones take.", () => driver.Authority.Zones.Octets);
    }

    /// <summary>What became of requests.</summary>
    public static void RegisterRequests(MetricsRegistry metrics, ServerDriver driver, RequestServer requests)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.AddCounter("riad_dns_requests_total", "Requests handled: NOTIFY, UPDATE, transfers, and whatever is signed.", () => driver.Read().Requests.Handled);
        metrics.AddGauge("riad_dns_requests_in_flight", "Requests being handled now.", () => driver.Read().Requests.InFlight);
        metrics.AddCounter("riad_dns_requests_dropped_total", "Requests over UDP that were dropped because too many were in flight.", () => driver.Read().Requests.Dropped);
        metrics.AddCounter("riad_dns_bad_signatures_total", "Requests that were refused because of their TSIG.", () => requests.BadSignatures);
        metrics.AddCounters("riad_dns_transfers_total", "Requests for zones, by what they were answered with.", () =>
            Enum.GetValues<TransferKind>().Select(kind => new MetricSample(requests.CountTransfers(kind), ("kind", kind.ToString().ToLowerInvariant()))));
    }

    private static IEnumerable<MetricSample> PerTransport(ServerDriver driver, Func<TransportSnapshot, long> number)
    {
        var now = driver.Read();
        return [new(number(now.Udp), ("transport", "udp")), new(number(now.Tcp), ("transport", "tcp")), new(number(now.Tls), ("transport", "tls"))];
    }

    private static IEnumerable<MetricSample> PerType(ServerDriver driver) =>
        Sum(driver, thread => thread.ByType).Select((count, type) => (count, type)).Where(entry => entry.count > 0)
            .Select(entry => new MetricSample(entry.count, ("type", entry.type == AnswerCounters.OtherTypes ? "other" : RrTypes.Print((ushort)entry.type))));

    private static IEnumerable<MetricSample> PerCode(ServerDriver driver) =>
        Sum(driver, thread => thread.ByResponseCode).Select((count, code) => (count, code)).Where(entry => entry.count > 0)
            .Select(entry => new MetricSample(entry.count, ("rcode", ResponseCodeLabel.Of((ResponseCode)entry.code))));

    private static long[] Sum(ServerDriver driver, Func<AnswerCounters, IReadOnlyList<long>> numbers) =>
        driver.Answers.Select(numbers).Aggregate(Array.Empty<long>(), (sum, one) => sum.Length == 0 ? [.. one] : [.. sum.Zip(one, (left, right) => left + right)]);

    private static IEnumerable<HistogramSample> PerLatency(ServerDriver driver)
    {
        var latency = driver.Read().Udp.Latency;
        return [new([.. latency.Counts.Take(LatencyBounds.Length), latency.Counts.Skip(LatencyBounds.Length).Sum()], latency.Total.TotalSeconds)];
    }
}
