using System.Diagnostics.Metrics;
using Riad.Host.Metrics;
using Xunit;

namespace Riad.Host.Tests.Metrics;

public sealed class MetricsRegistryTests
{
    [Fact]
    public void A_plain_number_that_somebody_else_counts_is_read_for_each_scrape()
    {
        using var metrics = new MetricsRegistry();
        long queries = 0;
        metrics.AddCounter("riad_dns_queries_total", "Queries.", () => queries);

        queries = 3;
        Assert.Equal("# HELP riad_dns_queries_total Queries.\n# TYPE riad_dns_queries_total counter\nriad_dns_queries_total 3\n", metrics.Scrape());
        queries = 4;
        Assert.Contains("riad_dns_queries_total 4\n", metrics.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_of_a_meter_adds_up_by_tags_and_gets_its_unit_and_total()
    {
        using var metrics = new MetricsRegistry();
        var counter = metrics.CreateMeter("Riad.Git").CreateCounter<long>("riad.git.push.size", "By", "Octets of packs.");

        counter.Add(2, new KeyValuePair<string, object?>("result", "accepted"));
        counter.Add(3, new KeyValuePair<string, object?>("result", "accepted"));
        counter.Add(7, new KeyValuePair<string, object?>("result", "refused"));

        Assert.Equal(
            """
            # HELP riad_git_push_size_bytes_total Octets of packs.
            # TYPE riad_git_push_size_bytes_total counter
            riad_git_push_size_bytes_total{result="accepted"} 5
            riad_git_push_size_bytes_total{result="refused"} 7

            """.ReplaceLineEndings("\n"),
            metrics.Scrape());
    }

    [Fact]
    public void A_histogram_counts_upwards_and_its_bounds_belong_to_the_bucket_below()
    {
        using var metrics = new MetricsRegistry();
        var histogram = metrics.CreateMeter("Riad.Git").CreateHistogram(
            "riad.git.push.duration", "s", "How long pushes take.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });

        foreach (var seconds in (double[])[0.25, 0.5, 0.75, 8])
            histogram.Record(seconds);

        Assert.Equal(
            """
            # HELP riad_git_push_duration_seconds How long pushes take.
            # TYPE riad_git_push_duration_seconds histogram
            riad_git_push_duration_seconds_bucket{le="0.5"} 2
            riad_git_push_duration_seconds_bucket{le="1"} 3
            riad_git_push_duration_seconds_bucket{le="+Inf"} 4
            riad_git_push_duration_seconds_sum 9.5
            riad_git_push_duration_seconds_count 4

            """.ReplaceLineEndings("\n"),
            metrics.Scrape());
    }

    [Fact]
    public void A_histogram_that_somebody_else_counts_reads_the_same()
    {
        using var metrics = new MetricsRegistry();
        metrics.AddHistogram("riad_dns_latency_seconds", "Time to answer.", [0.001, 0.01], () => [new([5, 2, 1], 0.25, ("transport", "udp"))]);

        Assert.Equal(
            """
            # HELP riad_dns_latency_seconds Time to answer.
            # TYPE riad_dns_latency_seconds histogram
            riad_dns_latency_seconds_bucket{transport="udp",le="0.001"} 5
            riad_dns_latency_seconds_bucket{transport="udp",le="0.01"} 7
            riad_dns_latency_seconds_bucket{transport="udp",le="+Inf"} 8
            riad_dns_latency_seconds_sum{transport="udp"} 0.25
            riad_dns_latency_seconds_count{transport="udp"} 8

            """.ReplaceLineEndings("\n"),
            metrics.Scrape());
    }

    [Fact]
    public void Labels_and_help_are_escaped_as_the_format_wants()
    {
        using var metrics = new MetricsRegistry();
        metrics.AddGauges("riad_zone_serial", "A \\ and a\nline.", () => [new(1, ("zone", "a\"b\\c\nd"))]);

        Assert.Equal("# HELP riad_zone_serial A \\\\ and a\\nline.\n# TYPE riad_zone_serial gauge\nriad_zone_serial{zone=\"a\\\"b\\\\c\\nd\"} 1\n", metrics.Scrape());
    }

    [Fact]
    public void What_an_asked_instrument_does_not_name_any_more_is_gone()
    {
        using var metrics = new MetricsRegistry();
        string[] zones = ["example.org", "example.com"];
        metrics.CreateMeter("Riad.Dns").CreateObservableGauge("riad.zone.records", () => zones.Select(zone => new Measurement<int>(1, new KeyValuePair<string, object?>("zone", zone))));

        Assert.Contains("example.com", metrics.Scrape(), StringComparison.Ordinal);
        zones = ["example.org"];
        Assert.DoesNotContain("example.com", metrics.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public void Up_and_down_adds_and_a_gauge_replaces()
    {
        using var metrics = new MetricsRegistry();
        var meter = metrics.CreateMeter("Riad.Http");
        var open = meter.CreateUpDownCounter<int>("riad.http.connections");
        var last = meter.CreateGauge<double>("riad.http.last");
        open.Add(3);
        open.Add(-1);
        last.Record(3);
        last.Record(-1);

        var page = metrics.Scrape();
        Assert.Contains("\nriad_http_connections 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nriad_http_last -1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Meters_of_others_are_not_shown()
    {
        using var metrics = new MetricsRegistry();
        using var other = new MetricsRegistry();
        using var foreign = new Meter("Microsoft.AspNetCore.Hosting");
        foreign.CreateCounter<int>("foreign").Add(1);
        other.CreateMeter("Riad.Git").CreateCounter<int>("elsewhere").Add(1);

        Assert.Equal("", metrics.Scrape());
    }

    [Fact]
    public void Tags_that_a_client_chooses_do_not_fill_the_memory()
    {
        using var metrics = new MetricsRegistry();
        var counter = metrics.CreateMeter("Riad.Dns").CreateCounter<int>("riad.names");
        for (var index = 0; index < 5000; index++)
            counter.Add(1, new KeyValuePair<string, object?>("name", index));

        var page = metrics.Scrape();
        Assert.Equal(1000 + 1 + 2, page.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("riad_names_total{name=\"(other)\"} 4000\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_a_process_parses_and_names_no_family_twice()
    {
        using var metrics = new MetricsRegistry();
        ProcessMetrics.AddTo(metrics, TimeProvider.System);
        metrics.AddHistogram("riad_dns_latency_seconds", "Time to answer.", [0.001, 0.01], () => [new([5, 2, 1], 0.25, ("transport", "a \"b\""))]);

        var families = PrometheusReader.Read(metrics.Scrape());

        Assert.Equal("gauge", families["process_resident_memory_bytes"].Type);
        Assert.True(families["process_resident_memory_bytes"].Samples.Single().Value > 1_000_000);
        Assert.True(families["process_cpu_seconds_total"].Samples.Single().Value > 0);
        Assert.Equal(5, families["riad_dns_latency_seconds"].Samples.Count);
        Assert.Equal("a \"b\"", families["riad_dns_latency_seconds"].Samples[0].Labels["transport"]);
    }
}
