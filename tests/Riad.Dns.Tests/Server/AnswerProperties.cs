using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Cookies;
using Riad.Dns.Messages;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Xunit;

namespace Riad.Dns.Tests.Server;

public sealed class AnswerProperties
{
    private static readonly TestServer Server = NewServer();

    private static readonly byte[][] Questions =
    [
        TestServer.Query("www.example.test. A"),
        TestServer.Query("WWW.example.test. A", Edns.Plain),
        TestServer.Query("www.example.test. MX", Edns.Plain),
        TestServer.Query("example.test. MX"),
        TestServer.Query("example.test. ANY", Edns.Plain with { IsDnssecOk = true }),
        TestServer.Query("nothing.example.test. A"),
        TestServer.Query("x.w.example.test. PTR"),
        TestServer.Query("a.b.sub.example.test. A"),
        TestServer.Query("a.b.sib.example.test. A"),
        TestServer.Query("alias.example.test. AAAA"),
        TestServer.Query("x.old.example.test. A"),
        TestServer.Query("big.example.test. TXT"),
        TestServer.Query("unknown.example.test. TYPE65280"),
        TestServer.Query("elsewhere. A", Edns.Plain),
        TestServer.Query("version.bind. TXT", recordClass: RecordClass.Chaos),
        TestServer.Query("example.test. AXFR"),
        TestServer.Query("www.example.test. A", Edns.Plain with { Options = [new EdnsOption.Cookie(new(new byte[8]), default), new EdnsOption.Nsid(default)] }),
        TestServer.Query("www.example.test. A", Edns.Plain with { Options = [new EdnsOption.Cookie(new(new byte[8]), new(new byte[16])), new EdnsOption.Padding(7), new EdnsOption.TcpKeepalive(Timeout: null)] }),
    ];

    private static TestServer NewServer()
    {
        Assert.True(CookieSecret.TryParse("e5e973e5a6b2a43f48e7dc849e37bfcf", out var secret));
        var text = "@ NS ns\n@ MX 1 mail\n@ MX 2 ns\nns A 192.0.2.1\nmail AAAA 2001:db8::1\nwww A 192.0.2.2\nwww A 192.0.2.3\n*.w PTR a.w\nsub NS ns.sub\nsub NS ns.sib\nns.sub A 192.0.2.4\n"
            + "sib NS ns.sib\nns.sib A 192.0.2.5\nalias CNAME x.old\nold DNAME www\nunknown TYPE65280 \\# 1 00\n"
            + string.Concat(Enumerable.Range(0, 9).Select(i => $"big TXT \"{i} {new string('x', 200)}\"\n"));
        return new(
            new ServerOptions { Identifier = new("id"u8), Version = new("version"u8), Cookies = new(secret) }, ("example.test.", text), ("other.test.", ""))
        {
            State = new(new RateLimiter(new() { AnswersPerSecond = 1_000_000 }, new byte[16])),
        };
    }

    [Fact]
    public void Any_octets_are_answered_within_the_limit_or_not_at_all() => Prop.ForAll<byte[], byte>((octets, transport) => IsSound(octets, (DnsTransport)(transport % 3))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_change_of_a_question_is_answered_within_the_limit_or_not_at_all() => Prop.ForAll<int, int, byte>((which, place, value) =>
    {
        byte[] query = [.. Questions[(which & int.MaxValue) % Questions.Length]];
        var (at, cut) = ((place >> 3 & 0xffff) % query.Length, place & 7);
        query[at] = value;
        return IsSound(query[..^cut], (DnsTransport)(cut % 3)) && IsSound(query, DnsTransport.Udp);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static bool IsSound(byte[] query, DnsTransport transport)
    {
        var answer = Server.Exchange(query, transport);
        if (answer.Length == 0)
            return query.Length < 12 || (query[2] & 0x80) != 0;
        return answer.Length >= 12 && (transport is not DnsTransport.Udp || answer.Length <= 1232) && answer.AsSpan(0, 2).SequenceEqual(query.AsSpan(0, 2)) && Message.TryRead(answer, out _, out _);
    }

    [Fact]
    public void Answering_allocates_nothing()
    {
        const int Rounds = 30_000; // times 18 questions, and at least twice: over a million
        var answer = new byte[4096];
        Assert.All(Questions, query => Assert.Equal(0, Allocated.EachTime(() => Ask(query))));

        void Ask(byte[] query)
        {
            for (var round = 0; round < Rounds; round++)
                Server.Authority.Answer(Server.State, TestServer.Context((DnsTransport)(round % 3)), query, answer);
        }
    }
}
