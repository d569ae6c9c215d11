using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Metrics;
using Riad.Host.Pages;
using Xunit;

namespace Riad.Host.Tests.Http;

public sealed class HttpSurfaceTests : IAsyncDisposable
{
    private static readonly IpEndpoint AnyPort = new(new(new IPv4Address(0x7f00_0001)), 0);

    private readonly HealthBoard health = new();
    private readonly MetricsRegistry metrics = new();
    private readonly HttpClient client = new();
    private readonly HttpSurface http = new([AnyPort], certificate: null, NullLoggerFactory.Instance);

    public HttpSurfaceTests()
    {
        http.Mount("/health", StatusEndpoints.Health(health));
        http.Mount("/metrics", StatusEndpoints.Metrics(metrics));
    }

    [Fact]
    public async Task Health_follows_the_appliance_from_start_to_trouble()
    {
        await http.OpenAsync(CancellationToken.None);
        Assert.Equal((503, "unavailable\nstart: starting\n"), await GetAsync("health"));
        health.Started();
        Assert.Equal((200, "ok\n"), await GetAsync("health"));
        health.Set("zones", new(HealthStatus.Degraded, "one is stale"));
        Assert.Equal((200, "degraded\nzones: one is stale\n"), await GetAsync("health"));
        health.Stopping();
        Assert.Equal(503, (await GetAsync("health")).Status);
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("text/html, application/json", "text/plain")]
    [InlineData("*/*", "text/plain")]
    public async Task Health_speaks_json_to_whom_asks_for_it(string accept, string type)
    {
        await http.OpenAsync(CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, http.Urls[0] + "health");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("page")]
    [InlineData("refused")]
    [InlineData("broken")]
    public async Task Every_answer_tells_a_browser_to_do_nothing(string path)
    {
        http.Mount("/page", context => new Page("name", "title", Html.Of($"<p>body</p>")).WriteAsync(context));
        http.Mount("/broken", static _ => throw new InvalidOperationException());
        http.Guard(static (context, next) => context.Request.Path == "/refused" ? PlainAnswer.WriteAsync(context, 403, "no") : next(context));
        await http.OpenAsync(CancellationToken.None);
        using var response = await client.GetAsync(http.Urls[0] + path);
        string Header(string name) => string.Join('|', response.Headers.GetValues(name));

        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
    }

    [Fact]
    public async Task Metrics_name_the_version_of_their_format()
    {
        metrics.AddCounter("riad_x_total", "X.", () => 1);
        await http.OpenAsync(CancellationToken.None);
        using var response = await client.GetAsync(http.Urls[0] + "metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("riad_x_total 1\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "health", 405)]
    [InlineData("POST", "metrics", 405)]
    [InlineData("GET", "health/x", 404)]
    [InlineData("GET", "healthy", 404)]
    [InlineData("GET", "", 404)]
    public async Task What_is_not_there_is_refused(string method, string path, int status)
    {
        await http.OpenAsync(CancellationToken.None);
        using var request = new HttpRequestMessage(new(method), http.Urls[0] + path);
        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("zones.git", "/zones.git|")]
    [InlineData("zones.git/info/refs", "/zones.git|/info/refs")]
    [InlineData("zones.gitty", "|/zones.gitty")]
    [InlineData("", "|/")]
    public async Task The_longest_mount_point_takes_the_request(string path, string seen)
    {
        http.Mount("/zones.git", Echo);
        http.Mount("/", Echo);
        await http.OpenAsync(CancellationToken.None);

        Assert.Equal((200, seen + "\n"), await GetAsync(path));

        static Task Echo(HttpContext context) => PlainAnswer.WriteAsync(context, 200, $"{context.Request.PathBase}|{context.Request.Path}");
    }

    [Fact]
    public async Task The_guard_stands_before_everything()
    {
        http.Guard((context, next) => context.Request.Path == "/health" ? next(context) : PlainAnswer.WriteAsync(context, 401, "who are you"));
        await http.OpenAsync(CancellationToken.None);

        Assert.Equal(503, (await GetAsync("health")).Status);
        Assert.Equal((401, "who are you\n"), await GetAsync("metrics"));
    }

    [Fact]
    public async Task A_handler_that_fails_is_an_answer_without_its_secrets()
    {
        http.Mount("/", _ => throw new InvalidOperationException("secret"));
        await http.OpenAsync(CancellationToken.None);

        Assert.Equal((500, "something went wrong here; the log tells what\n"), await GetAsync(""));
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_unless_the_handler_takes_more()
    {
        http.Limits = new() { MaxBodyOctets = 10 };
        http.Mount("/", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await PlainAnswer.WriteAsync(context, 200, "read");
        });
        await http.OpenAsync(CancellationToken.None);
        using var response = await client.PostAsync(new Uri(http.Urls[0]), new ByteArrayContent(new byte[11]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_one_sentence()
    {
        await http.OpenAsync(CancellationToken.None);
        await using var second = new HttpSurface(http.Listen, certificate: null, NullLoggerFactory.Instance);

        var exception = await Assert.ThrowsAsync<OperatorException>(() => second.OpenAsync(CancellationToken.None));
        Assert.Equal($"cannot listen for HTTP on {http.Listen[0]} (the address is in use); give --http another address", exception.Message);
        Assert.Equal(1, exception.ExitCode);
    }

    [Fact]
    public async Task What_is_in_flight_when_it_closes_is_finished()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        http.Mount("/", async context =>
        {
            entered.SetResult();
            await leave.Task;
            await PlainAnswer.WriteAsync(context, 200, "done");
        });
        await http.OpenAsync(CancellationToken.None);
        var request = GetAsync("");
        await entered.Task;
        var closing = http.CloseAsync(CancellationToken.None);
        leave.SetResult();

        Assert.Equal((200, "done\n"), await request);
        await closing;
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(http.Listen[0].ToSystem()));
    }

    [Fact]
    public async Task Tls_serves_the_certificate_and_a_renewed_one_from_the_next_connection_on()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = folder.WriteCertificate("first");
        var watched = TlsCertificate.Open(certificate, key, NullLogger.Instance);
        await using var secure = new HttpSurface([AnyPort], watched, NullLoggerFactory.Instance);
        secure.Mount("/", context => PlainAnswer.WriteAsync(context, 200, context.Request.Scheme));
        await secure.OpenAsync(CancellationToken.None);

        Assert.StartsWith("https://127.0.0.1:", secure.Urls[0], StringComparison.Ordinal);
        Assert.Equal("CN=first https", await GetOverTlsAsync(secure.Urls[0]));

        await File.WriteAllTextAsync(certificate.FullName, "not a certificate");
        watched.Check();
        Assert.Equal("CN=first https", await GetOverTlsAsync(secure.Urls[0]));

        folder.WriteCertificate("second");
        watched.Check();
        Assert.Equal("CN=second https", await GetOverTlsAsync(secure.Urls[0]));
    }

    [Fact]
    public void A_key_that_does_not_belong_to_the_certificate_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();

        var exception = Assert.Throws<OperatorException>(() => TlsCertificate.Open(folder.WriteCertificate("one").Certificate, other.WriteCertificate("two").Key, NullLogger.Instance));
        Assert.StartsWith("--tls-certificate ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void One_address_holds_only_so_many_connections()
    {
        var limiter = new ConnectionLimiter(2);
        var (one, other) = (Address("192.0.2.1"), Address("192.0.2.2"));

        Assert.True(limiter.TryEnter(one) && limiter.TryEnter(one));
        Assert.False(limiter.TryEnter(one));
        Assert.True(limiter.TryEnter(other));
        limiter.Leave(one);
        Assert.True(limiter.TryEnter(one));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::")]
    public void A_client_is_an_address_or_a_whole_network_of_IPv6(string address, string client) =>
        Assert.Equal(client, Address(address).ClientNetwork().ToString());

    public async ValueTask DisposeAsync()
    {
        await http.DisposeAsync();
        metrics.Dispose();
        client.Dispose();
    }

    private async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(http.Urls[0] + path));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> GetOverTlsAsync(string url)
    {
        var subject = "";
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
        {
            subject = certificate!.Subject;
            return true;
        };
        using var trusting = new HttpClient(handler);
        var text = await trusting.GetStringAsync(new Uri(url));
        return $"{subject} {text}".TrimEnd();
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text);
}
