using System.Diagnostics;
using System.Net;
using Riad.Interop.Tests.PrimaryGit;
using Xunit;

namespace Riad.Interop.Tests.Pages;

/// <summary>What monitoring sees of real queries and real pushes.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly HttpClient client = new();
    private readonly Workplace work = new("--example");

    [Fact]
    public async Task Queries_are_counted_by_transport_type_code_and_zone()
    {
        work.Dig("www.example.org", "A");
        work.Dig("www.example.org", "AAAA");
        work.Dig("nothing.example.org", "A");
        work.Dig("www.example.com", "A");
        work.Dig("example.org", "SOA", "+tcp");
        var metrics = await ReadWhenAnsweredAsync(5);

        Assert.Equal(4, metrics["riad_dns_queries_total{transport=\"udp\"}"]);
        Assert.Equal(1, metrics["riad_dns_queries_total{transport=\"tcp\"}"]);
        Assert.Equal(0, metrics["riad_dns_queries_total{transport=\"tls\"}"]);
        Assert.Equal(4, metrics["riad_dns_answers_total{transport=\"udp\"}"]);
        Assert.Equal(3, metrics["riad_dns_answers_by_type_total{type=\"A\"}"]);
        Assert.Equal(1, metrics["riad_dns_answers_by_type_total{type=\"AAAA\"}"]);
        Assert.Equal(1, metrics["riad_dns_answers_by_type_total{type=\"SOA\"}"]);
        Assert.Equal(3, metrics["riad_dns_answers_by_rcode_total{rcode=\"noerror\"}"]);
        Assert.Equal(1, metrics["riad_dns_answers_by_rcode_total{rcode=\"nxdomain\"}"]);
        Assert.Equal(1, metrics["riad_dns_answers_by_rcode_total{rcode=\"refused\"}"]);
        Assert.Equal(4, metrics["riad_dns_zone_queries_total{zone=\"example.org\"}"]);
    }

    [Fact]
    public async Task Latency_is_a_histogram_whose_buckets_add_up()
    {
        for (var times = 0; times < 40; times++)
            work.Ask("www.example.org", 1);
        work.Dig("www.example.org", "A");
        var metrics = await ReadWhenAnsweredAsync(41);
        var buckets = metrics.Buckets("riad_dns_latency_seconds");
        Assert.Equal(21, buckets.Count);
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(metrics["riad_dns_latency_seconds_count"], buckets[^1]);
    }

    [Fact]
    public async Task Zones_records_and_memory_follow_a_push()
    {
        var before = await ReadAsync();
        Assert.Equal(1, before["riad_zones"]);
        Assert.Equal(2026112001, before["riad_zone_serial{zone=\"example.org\"}"]);
        work.Write("example.net", "@ 3600 SOA ns1.example.org. hostmaster.example.org. 5 7200 900 1209600 300\n@ 3600 NS ns1.example.org.\n");
        work.Commit("a second zone");
        work.Push().MustSucceed();
        var after = await ReadAsync();

        Assert.Equal(2, after["riad_zones"]);
        Assert.Equal(before["riad_records"] + 2, after["riad_records"]);
        Assert.True(after["riad_zones_memory_bytes"] > before["riad_zones_memory_bytes"]);
        Assert.Equal(5, after["riad_zone_serial{zone=\"example.net\"}"]);
        Assert.Equal(0, after["riad_dns_zone_queries_total{zone=\"example.net\"}"]);
    }

    [Fact]
    public async Task Pushes_are_counted_by_outcome_and_timed_until_they_are_served()
    {
        var before = await ReadAsync();
        Assert.All((string[])["checked", "accepted", "refused"], outcome => Assert.Equal(0, before[$"riad_pushes_total{{outcome=\"{outcome}\"}}"]));
        Assert.Equal(0, before["riad_push_to_serving_seconds_count"]);
        work.Replace("example.org", "192.0.2.10", "192.0.2.20");
        work.Commit("asked only");
        work.Push("-o", "check");
        work.Push().MustSucceed();
        work.Replace("example.org", "192.0.2.20", "192.0.2.256");
        work.Commit("a mistake");
        Assert.False(work.Push().Succeeded);
        var metrics = await ReadAsync();

        Assert.Equal(1, metrics["riad_pushes_total{outcome=\"checked\"}"]);
        Assert.Equal(1, metrics["riad_pushes_total{outcome=\"accepted\"}"]);
        Assert.Equal(1, metrics["riad_pushes_total{outcome=\"refused\"}"]);
        Assert.Equal(1, metrics["riad_push_to_serving_seconds_count"]);
        Assert.True(metrics["riad_push_to_serving_seconds_sum"] > 0);
    }

    [Fact]
    public async Task Removed_zone_is_no_longer_shown()
    {
        work.Write("example.net", work.Read("example.org"));
        work.Commit("a second zone");
        work.Push().MustSucceed();
        work.Dig("www.example.net", "A");
        Assert.Equal(1, (await ReadWhenAnsweredAsync(1))["riad_dns_zone_queries_total{zone=\"example.net\"}"]);
        File.Delete(Path.Combine(work.Clone, "example.net"));
        work.Commit("it goes");
        work.Push().MustSucceed();

        var metrics = await ReadAsync();
        Assert.False(metrics.Has("riad_dns_zone_queries_total{zone=\"example.net\"}"));
        Assert.False(metrics.Has("riad_zone_serial{zone=\"example.net\"}"));
    }

    [Fact]
    public async Task Manual_names_every_metric_of_ours()
    {
        work.Replace("example.org", "192.0.2.10", "192.0.2.20");
        work.Commit("one push, so that pushes show");
        work.Push().MustSucceed();
        var manual = await File.ReadAllTextAsync(Running.Checkout.PathOf("docs", "dns-primary-git.md"));
        Assert.All((await ReadAsync()).Families.Where(name => name.StartsWith("riad_", StringComparison.Ordinal)), name => Assert.Contains($"`{name}`", manual, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_is_degraded_without_a_zone_and_good_with_one()
    {
        using var empty = new Workplace();
        var address = new Uri(empty.Appliance.Http, "/health");
        Assert.Equal("degraded\nzones: no zone is served yet: push one\n", await client.GetStringAsync(address));
        empty.Write("example.net", "@ 3600 SOA ns1.example.org. hostmaster.example.org. 1 7200 900 1209600 300\n@ 3600 NS ns1.example.org.\n");
        empty.Commit("first zone");
        empty.Push().MustSucceed();
        using var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok\n", await answer.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        client.Dispose();
        work.Dispose();
    }

    // An answer is counted after it has left: whoever got it may read the page before.
    private async Task<MetricsText> ReadWhenAnsweredAsync(int answers)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            var metrics = await ReadAsync();
            if (metrics.Sum("riad_dns_answers_total") >= answers || watch.Elapsed > TimeSpan.FromSeconds(60))
                return metrics;
        }
    }

    private async Task<MetricsText> ReadAsync() => new(await client.GetStringAsync(new Uri(work.Appliance.Http, "/metrics")));
}
