using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Riad.DnsPrimaryGit.Remotes;
using Riad.Host.Http;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>Webhooks as forges send them.</summary>
public sealed class WebhookTests
{
    // The example of GitHub's manual, "Validating webhook deliveries".
    private const string Secret = "It's a Secret to Everybody";
    private const string Body = "Hello, World!";
    private const string Mac = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Unix = Noon.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static readonly AccessPolicy Policy = new(HasUsers: true, PublicRead: false, [new(new IPv4Address(0xc000_0250))]); // 192.0.2.80

    public static TheoryData<string, string, string, int> Deliveries => new()
    {
        // who                                     secret   headers                                                                       answer
        { "GitHub",                                Secret,  $"X-Hub-Signature-256: sha256={Mac}",                                         202 },
        { "GitHub, in capitals",                   Secret,  $"X-Hub-Signature-256: sha256={Mac.ToUpperInvariant()}",                      202 },
        { "Forgejo",                               Secret,  $"X-Forgejo-Signature: {Mac}",                                                202 },
        { "Gitea",                                 Secret,  $"X-Gitea-Signature: {Mac}",                                                  202 },
        { "older GitLab",                          Secret,  $"X-Gitlab-Token: {Secret}",                                                  202 },
        { "a script",                              Secret,  $"Authorization: Bearer {Secret}",                                            202 },
        { "GitLab that signs",                     Secret,  Standard(Encoding.UTF8.GetBytes(Secret), Unix),                               202 },
        { "GitLab that signs, with an encoded key", "whsec_c2VjcmV0IG9mIDMyIG9jdGV0cw==", Standard("secret of 32 octets"u8, Unix),        202 },
        { "a signature of six minutes ago",        Secret,  Standard(Encoding.UTF8.GetBytes(Secret), $"{Noon.ToUnixTimeSeconds() - 360}"), 403 },
        { "a signature without a time",            Secret,  $"webhook-signature: v1,{Convert.ToBase64String(new byte[32])}",              403 },
        { "another secret",                        "Another secret for all", $"X-Hub-Signature-256: sha256={Mac}",                        403 },
        { "another body",                          Secret,  $"X-Hub-Signature-256: sha256={Mac[1..]}8",                                   403 },
        { "SHA-1",                                 Secret,  "X-Hub-Signature-256: sha1=0123",                                             403 },
        { "not hexadecimal",                       Secret,  $"X-Gitea-Signature: {new string('z', 64)}",                                  403 },
        { "a wrong token",                         Secret,  "X-Gitlab-Token: It's a Secret",                                              403 },
        { "an empty token",                        Secret,  "X-Gitlab-Token: ",                                                           403 },
        { "a password",                            Secret,  "Authorization: Basic YWRhOndvcmQ=",                                          403 },
        { "a wrong signature beside a good token", Secret,  $"X-Hub-Signature-256: sha256={new string('0', 64)}\nX-Gitlab-Token: {Secret}", 403 },
        { "two headers of one name",               Secret,  $"X-Gitlab-Token: {Secret}\nX-Gitlab-Token: {Secret}",                        403 },
        { "nobody",                                Secret,  "",                                                                           403 },
    };

    [Theory, MemberData(nameof(Deliveries))]
    public async Task Only_who_knows_the_secret_is_believed(string who, string secret, string headers, int status)
    {
        var asked = 0;
        var door = new WebhookDoor(() => secret, Policy, () => asked++, new Clock(), NullLogger.Instance);

        var answered = await SendAsync(door, "POST", headers);

        Assert.Equal((who, status), (who, answered));
        Assert.Equal(status == 202 ? 1 : 0, asked);
    }

    [Fact]
    public async Task A_browser_that_looks_is_told_what_belongs_here()
    {
        var door = new WebhookDoor(() => Secret, Policy, () => throw new InvalidOperationException(), new Clock(), NullLogger.Instance);

        Assert.Equal(405, await SendAsync(door, "GET", $"X-Gitlab-Token: {Secret}"));
    }

    [Fact]
    public async Task Strangers_who_send_their_body_for_days_lose_their_turn()
    {
        var door = new WebhookDoor(() => Secret, Policy, () => throw new InvalidOperationException(), new ImpatientClock(), NullLogger.Instance);
        await using var http = new HttpSurface([new(new(new IPv4Address(0x7f00_0001)), 0)], certificate: null, NullLoggerFactory.Instance);
        http.Mount(WebhookDoor.Path, door.HandleAsync);
        await http.OpenAsync(CancellationToken.None);
        // More than there are turns.
        for (var count = 0; count < 40; count++)
        {
            using var client = new TcpClient("127.0.0.1", http.Listen[0].Port);
            using var reader = new StreamReader(client.GetStream());
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {WebhookDoor.Path} HTTP/1.1\r\nHost: here\r\nX-Gitea-Signature: {Mac}\r\nContent-Length: 1000000\r\n\r\nHello"));

            Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    public static TheoryData<string, string, bool, string, int> Ways => new()
    {
        // how it comes                    peer             TLS    headers                                                            answer
        { "a token in the clear",          "198.51.100.7",  false, "",                                                                403 },
        { "over TLS",                      "198.51.100.7",  true,  "",                                                                202 },
        { "on this host",                  "::1",           false, "",                                                                202 },
        { "by our proxy, over TLS",        "192.0.2.80",    false, "\nX-Forwarded-For: 198.51.100.7\nX-Forwarded-Proto: https",      202 },
        { "by our proxy, in the clear",    "192.0.2.80",    false, "\nX-Forwarded-For: 198.51.100.7\nX-Forwarded-Proto: http",       403 },
        { "by somebody else's proxy",      "192.0.2.81",    false, "\nX-Forwarded-For: 198.51.100.7\nX-Forwarded-Proto: https",      403 },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task A_token_is_taken_only_where_nobody_reads_along(string how, string peer, bool isTls, string headers, int status)
    {
        var asked = 0;
        var door = new WebhookDoor(() => Secret, Policy, () => asked++, new Clock(), NullLogger.Instance);
        foreach (var token in (string[])[$"X-Gitlab-Token: {Secret}", $"Authorization: Bearer {Secret}"])
            Assert.Equal((how, status), (how, await SendAsync(door, "POST", token + headers, peer, isTls)));
        Assert.Equal(status == 202 ? 2 : 0, asked);

        // A signature tells nobody the secret.
        Assert.Equal(202, await SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}" + headers, peer, isTls));
    }

    [Fact]
    public async Task Who_sends_slowly_takes_the_turns_of_its_own_network_alone()
    {
        var door = new WebhookDoor(() => Secret, Policy, static () => { }, new PatientClock(), NullLogger.Instance);
        Pipe[] held = [new(), new()];
        var slow = held.Select(body => SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}", "198.51.100.7", body: body.Reader.AsStream())).ToList();

        Assert.Equal(429, await SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}", "198.51.100.7"));
        Assert.Equal(202, await SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}", "198.51.100.8"));
        Assert.Equal(202, await SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}\nX-Forwarded-For: 203.0.113.9\nX-Forwarded-Proto: https", "192.0.2.80"));
        // Without a body to be read there is nothing to wait for.
        Assert.Equal(202, await SendAsync(door, "POST", $"X-Gitlab-Token: {Secret}", "198.51.100.7", isTls: true));

        foreach (var body in held)
            await body.Writer.CompleteAsync();
        Assert.All(await Task.WhenAll(slow), static status => Assert.Equal(403, status));
        Assert.Equal(202, await SendAsync(door, "POST", $"X-Gitea-Signature: {Mac}", "198.51.100.7"));
    }

    private static async Task<int> SendAsync(WebhookDoor door, string method, string headers, string peer = "127.0.0.1", bool isTls = false, Stream? body = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = isTls ? "https" : "http";
        context.Request.Method = method;
        context.Request.Body = body ?? new MemoryStream(Encoding.UTF8.GetBytes(Body));
        context.Response.Body = new MemoryStream();
        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            context.Request.Headers.Append(line[..colon], line[(colon + 1)..].Trim());
        }
        await door.HandleAsync(context);
        return context.Response.StatusCode;
    }

    private static string Standard(ReadOnlySpan<byte> key, string timestamp)
    {
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{Body}"));
        return $"webhook-id: msg_1\nwebhook-timestamp: {timestamp}\nwebhook-signature: v2,eA== v1,{Convert.ToBase64String(mac)}";
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }

    // No time to wait is ever over.
    private sealed class PatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // Every time to wait is over at once.
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
