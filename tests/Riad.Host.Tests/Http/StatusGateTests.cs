using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Riad.Host.Http;
using Xunit;

namespace Riad.Host.Tests.Http;

public sealed class StatusGateTests
{
    private const ushort Port = 8310;

    public static TheoryData<string, string, string, string, string, string> Requests => new()
    {
        // who asks                        peer                 method   path         header                                answer
        { "a person on the host",          "127.0.0.1",         "GET",   "/",         "",                                   "200 shown" },
        { "the same by name",              "::1",               "GET",   "/",         "Host: localhost:8310",               "200 shown" },
        { "IPv4 inside IPv6",              "::ffff:127.0.0.1",  "GET",   "/metrics",  "",                                   "200 shown" },
        { "a browser on the host",         "127.0.0.1",         "GET",   "/",         "Sec-Fetch-Site: none",               "200 shown" },
        { "the health command",            "127.0.0.1",         "GET",   "/health",   "",                                   "200 shown" },
        { "somebody in the network",       "198.51.100.7",      "GET",   "/",         "",                                   "403 outside of loopback only /health is answered; start with --public-status to show this to everybody" },
        { "Prometheus elsewhere",          "198.51.100.7",      "GET",   "/metrics",  "",                                   "403 outside of loopback" },
        { "who claims to be here",         "198.51.100.7",      "GET",   "/metrics",  "X-Forwarded-For: 127.0.0.1",         "403 outside of loopback" },
        { "a load balancer",               "198.51.100.7",      "GET",   "/health",   "",                                   "200 ok" },
        { "one that reads the head alone", "2001:db8::7",       "HEAD",  "/health",   "",                                   "200" },
        { "one with a slash more",         "198.51.100.7",      "GET",   "/health/",  "",                                   "200 ok" },
        { "what is below health",          "198.51.100.7",      "GET",   "/health/x", "",                                   "403 outside of loopback" },
        { "the health command, by address", "192.0.2.1",        "GET",   "/health",   "Host: localhost:8310",               "200 shown" },
        { "who is behind that address",    "192.0.2.1",         "GET",   "/health",   "X-Forwarded-For: 198.51.100.7",      "200 ok" },
        { "a page behind it",              "192.0.2.1",         "GET",   "/health",   "Host: evil.example:8310",            "200 ok" },
        { "what is no health, by address", "192.0.2.1",         "GET",   "/metrics",  "Host: localhost:8310",               "403 outside of loopback" },
        { "who changes health",            "198.51.100.7",      "POST",  "/health",   "",                                   "403 outside of loopback" },
        { "a proxy on the host",           "127.0.0.1",         "GET",   "/",         "X-Forwarded-For: 198.51.100.7",      "403 this came through a proxy" },
        { "a proxy that asks for health",  "127.0.0.1",         "GET",   "/health",   "Via: 1.1 proxy",                     "200 ok" },
        { "a page by a rebound name",      "127.0.0.1",         "GET",   "/metrics",  "Host: evil.example:8310",            "403 the Host header names somebody else" },
        { "a page of another site",        "127.0.0.1",         "GET",   "/",         "Sec-Fetch-Site: cross-site",         "403 a page of another site" },
        { "a script of another site",      "127.0.0.1",         "GET",   "/",         "Origin: http://evil.example",        "403 a web page sent this" },
    };

    [Theory, MemberData(nameof(Requests))]
    public async Task Only_who_is_on_this_host_sees_more_than_whether_it_serves(string who, string peer, string method, string path, string header, string answer)
    {
        var said = await AskAsync(isPublic: false, HealthStatus.Degraded, peer, method, path, header);

        Assert.StartsWith($"{who}: {answer}", $"{who}: {said}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_balancer_is_told_when_nothing_is_served_and_not_why() =>
        Assert.Equal("503 unavailable", await AskAsync(isPublic: false, HealthStatus.Unavailable, "198.51.100.7", "GET", "/health", ""));

    [Theory, MemberData(nameof(Requests))]
    public async Task A_public_status_is_shown_to_everybody(string who, string peer, string method, string path, string header, string answer)
    {
        _ = answer;
        Assert.Equal($"{who}: 200 shown", $"{who}: {await AskAsync(isPublic: true, HealthStatus.Degraded, peer, method, path, header)}");
    }

    private static async Task<string> AskAsync(bool isPublic, HealthStatus status, string peer, string method, string path, string header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        (context.Connection.LocalIpAddress, context.Connection.LocalPort) = (IPAddress.Parse("::ffff:192.0.2.1"), Port);
        (context.Request.Method, context.Request.Path) = (method, path);
        context.Request.Headers.Host = "127.0.0.1:8310";
        if (header.Split(": ", 2) is [var name, var value])
            context.Request.Headers[name] = value;
        context.Response.Body = new MemoryStream();
        var report = HealthReport.Fine.With("zones", new(status, "example.org has expired"));
        await new StatusGate(isPublic, "--public-status", () => report).HandleAsync(context, static passed => passed.Response.WriteAsync("shown"));
        return $"{context.Response.StatusCode} {Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray())}".Trim();
    }
}
