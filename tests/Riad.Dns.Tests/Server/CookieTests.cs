using Riad.Core;
using Riad.Dns.Cookies;
using Riad.Dns.Messages;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>RFC 7873 and RFC 9018 as the server uses them.</summary>
public sealed class CookieTests
{
    private static readonly Octets Client = new([1, 2, 3, 4, 5, 6, 7, 8]);

    private static TestServer Server(int perSecond = 1000)
    {
        Assert.True(CookieSecret.TryParse("e5e973e5a6b2a43f48e7dc849e37bfcf", out var secret));
        var limiter = new RateLimiter(new() { AnswersPerSecond = perSecond, Slip = 0 }, new byte[16]);
        return new(new ServerOptions { Cookies = new(secret) }, ("example.test.", "www A 192.0.2.1")) { State = new(limiter) };
    }

    private static byte[] Query(Octets server) =>
        TestServer.Query("www.example.test. A", Edns.Plain with { Options = [new EdnsOption.Cookie(Client, server)] });

    private static EdnsOption.Cookie CookieOf(byte[] answer) => Assert.IsType<EdnsOption.Cookie>(Assert.Single(TestServer.Read(answer).Edns!.Options));

    [Fact]
    public void A_client_cookie_is_answered_with_a_server_cookie()
    {
        var cookie = CookieOf(Server().Exchange(Query(default)));
        Assert.Equal(Client, cookie.Client);
        Assert.Equal(16, cookie.Server.Length);
    }

    [Fact]
    public void A_wrong_server_cookie_is_answered_as_none()
    {
        var cookie = CookieOf(Server().Exchange(Query(new(new byte[16]))));
        Assert.Equal(16, cookie.Server.Length);
    }

    [Fact]
    public void Cookies_that_are_switched_off_are_passed_over() =>
        Assert.Empty(TestServer.Read(new TestServer(("example.test.", "www A 192.0.2.1")).Exchange(Query(default))).Edns!.Options);

    [Fact]
    public void A_query_without_question_gets_a_cookie()
    {
        var message = new Message(1, HeaderBits.None, Opcode.Query, ResponseCode.NoError, [], [], [], [], Edns.Plain with { Options = [new EdnsOption.Cookie(Client, default)] });
        var octets = new byte[100];
        Assert.True(message.TryWrite(octets, out var length));
        var answer = TestServer.Read(Server().Exchange(octets[..length]));
        Assert.Equal((ResponseCode.NoError, 0), (answer.ResponseCode, answer.Questions.Count));
        Assert.IsType<EdnsOption.Cookie>(Assert.Single(answer.Edns!.Options));
    }

    [Fact]
    public void A_valid_cookie_is_not_limited_and_any_other_is()
    {
        var server = Server(perSecond: 2);
        var good = CookieOf(server.Exchange(Query(default))).Server;
        Assert.NotEmpty(server.Exchange(Query(default)));
        Assert.Empty(server.Exchange(Query(default)));
        Assert.Empty(server.Exchange(Query(new(new byte[16]))));
        Assert.All(Enumerable.Range(0, 10), _ => Assert.NotEmpty(server.Exchange(Query(good))));
        Assert.NotEmpty(server.Exchange(TestServer.Query("www.example.test. A"), DnsTransport.Tcp));
        Assert.Equal(10, server.State.Counters.ValidCookies);
        Assert.Equal(2, server.State.Counters.Limited);
    }
}
