using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.DnsPrimaryGit.Access;
using Riad.Host;
using Xunit;

namespace Riad.Appliances.Tests.Access;

public sealed class AccessGateTests : IDisposable
{
    private readonly CredentialChecker checker = new(
        UserTable.Empty.With(UserName.TryParse("ada", out var ada) ? ada : throw new InvalidOperationException(), PasswordHash.Create("swordfish", new byte[16], 1000)),
        new HostClock(TimeProvider.System), new SystemRandom(), 1000);

    [Fact]
    public async Task Without_a_password_it_asks_for_one()
    {
        var answer = await AskAsync(users: true, Request("127.0.0.1", "GET", "/zones.git/info/refs"));

        Assert.Equal((401, "a user's name and password are needed\n"), (answer.Response.StatusCode, Body(answer)));
        Assert.Equal("Basic realm=\"zones\", charset=\"UTF-8\"", answer.Response.Headers.WWWAuthenticate);
    }

    [Fact]
    public async Task With_the_right_one_the_handler_learns_the_name()
    {
        var answer = await AskAsync(users: true, Request("127.0.0.1", "POST", "/zones.git/git-receive-pack", "ada", "swordfish"));

        Assert.Equal((200, "ada"), (answer.Response.StatusCode, Body(answer)));
    }

    [Fact]
    public async Task Wrong_ones_are_refused_and_then_slowed()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal(401, (await AskAsync(users: true, Request("127.0.0.1", "GET", "/", "ada", "guess"))).Response.StatusCode);

        var answer = await AskAsync(users: true, Request("127.0.0.1", "GET", "/", "ada", "guess"));
        Assert.Equal((429, "1"), (answer.Response.StatusCode, answer.Response.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task In_the_clear_from_outside_no_password_is_looked_at()
    {
        var answer = await AskAsync(users: true, Request("198.51.100.7", "GET", "/", "ada", "swordfish"));

        Assert.Equal(403, answer.Response.StatusCode);
        Assert.Empty(answer.Response.Headers.WWWAuthenticate.ToString());
    }

    [Fact]
    public async Task Health_from_outside_says_no_reasons()
    {
        var answer = await AskAsync(users: true, Request("198.51.100.7", "GET", "/health"));

        Assert.Equal((200, "ok\n"), (answer.Response.StatusCode, Body(answer)));
    }

    [Fact]
    public async Task Before_everybody_fetches_it_is_looked_whether_they_still_may()
    {
        var gate = new AccessGate(new(HasUsers: false, PublicRead: true, Proxies: []), checker: null, () => HealthReport.Fine, NullLogger.Instance);
        var looks = 0;
        gate.LookBeforePublicFetch = _ =>
        {
            if (++looks == 2)
                gate.EndPublicRead();
            return Task.FromResult(true);
        };
        async Task<int> FetchAsync()
        {
            var fetch = Request("198.51.100.7", "GET", "/zones.git/info/refs");
            await gate.HandleAsync(fetch, static passed => passed.Response.WriteAsync("refs"));
            return fetch.Response.StatusCode;
        }

        Assert.Equal((200, 1), (await FetchAsync(), looks));
        Assert.Equal((403, 2), (await FetchAsync(), looks));
        Assert.Equal((403, 2), (await FetchAsync(), looks));
    }

    [Theory]
    [InlineData("198.51.100.7", "GET", "/zones.git/info/refs", false, 503)] // nobody could say who he is
    [InlineData("198.51.100.7", "GET", "/zones.git/info/refs", true, 503)]  // in the clear he is not asked
    [InlineData("127.0.0.1", "GET", "/zones.git/info/refs", true, 401)]
    [InlineData("127.0.0.1", "GET", "/zones.git/info/refs", false, 200)]    // may fetch without being everybody
    [InlineData("198.51.100.7", "GET", "/", false, 200)]                    // pages show no keys
    public async Task While_nobody_can_look_nobody_fetches_for_being_everybody(string peer, string method, string path, bool users, int status)
    {
        var gate = new AccessGate(new(users, PublicRead: true, Proxies: []), users ? checker : null, () => HealthReport.Fine, NullLogger.Instance) { LookBeforePublicFetch = static _ => Task.FromResult(false) };
        var request = Request(peer, method, path);
        await gate.HandleAsync(request, static passed => passed.Response.WriteAsync("shown"));

        Assert.Equal(status, request.Response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1:8300")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "dns.example.org")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "evil.example:8300")]
    public async Task On_loopback_without_users_headers_of_browsers_and_proxies_are_refused(string name, string value)
    {
        var request = Request("127.0.0.1", "POST", "/zones.git/git-receive-pack");
        request.Request.Headers[name] = value;

        Assert.Equal(403, (await AskAsync(users: false, request)).Response.StatusCode);
    }

    [Fact]
    public async Task IPv4_that_arrives_inside_IPv6_is_IPv4()
    {
        var answer = await AskAsync(users: false, Request("::ffff:127.0.0.1", "POST", "/zones.git/git-receive-pack"));

        Assert.Equal(200, answer.Response.StatusCode);
    }

    public void Dispose() => checker.Dispose();

    private async Task<HttpContext> AskAsync(bool users, HttpContext context)
    {
        var degraded = HealthReport.Fine.With("zones", new(HealthStatus.Degraded, "example.org is stale"));
        var gate = new AccessGate(new(users, PublicRead: false, Proxies: []), users ? checker : null, () => degraded, NullLogger.Instance);
        await gate.HandleAsync(context, passed => passed.Response.WriteAsync(passed.User.Identity?.Name ?? "nobody"));
        return context;
    }

    private static DefaultHttpContext Request(string peer, string method, string path, string? user = null, string? password = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Connection.LocalPort = 8300;
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Headers.Host = "127.0.0.1:8300";
        if (user is not null)
            context.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Body(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
