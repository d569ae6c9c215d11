using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Cookies;
using Riad.Dns.Messages;
using Riad.Dns.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>RFC 8906's tests of a server's behaviour, and what else must be said to a strange message.</summary>
public sealed class ProtocolTests
{
    private const string Id = "1234";
    private const string Name = "07 6578616d706c65 04 74657374 00"; // example.test.
    private const string Opt = "00 0029 04d0 00 00 0000 0000";
    private const string OurOpt = "00 0029 04d0 00 00 0000 0000";
    private const string Soa = "c00c 0006 0001 00000e10 0026 02 6e73 c00c 0a 686f73746d6173746572 c00c 00000001 00001c20 00000e10 00127500 0000012c";

    private static readonly TestServer Server = new(
        new ServerOptions { Identifier = Text("a.server"), Version = Text("Riad") },
        ("example.test.", "@ NS ns.elsewhere.\nbig TXT \"" + new string('x', 250) + "\"\nbig TXT \"" + new string('y', 250) + "\"\nhuge TXT \"z\"\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"huge TXT \"{i:d3} {new string('z', 200)}\"\n"))));

    private static Octets Text(string text) => new(Encoding.ASCII.GetBytes(text));

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static TheoryData<string, string, string> Exchanges => new()
    {
        // why                                                   query                                                             answer
        { "8906 8.1.1 plain SOA",                                $"{Id} 0000 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} 8400 0001 0001 0000 0000 {Name} 0006 0001 {Soa}" },
        { "8906 8.1.2 unknown type",                             $"{Id} 0000 0001 0000 0000 0000 {Name} 03e8 0001",                $"{Id} 8400 0001 0000 0001 0000 {Name} 03e8 0001 {Soa.Replace("00000e10 0026", "0000012c 0026", StringComparison.Ordinal)}" },
        { "8906 8.1.3.1 CD is cleared",                          $"{Id} 0010 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} 8400 0001 0001 0000 0000 {Name} 0006 0001 {Soa}" },
        { "8906 8.1.3.2 AD is cleared",                          $"{Id} 0020 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} 8400 0001 0001 0000 0000 {Name} 0006 0001 {Soa}" },
        { "8906 8.1.3.3 the reserved bit is cleared",            $"{Id} 0040 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} 8400 0001 0001 0000 0000 {Name} 0006 0001 {Soa}" },
        { "8906 8.1.3.4 RD is repeated, RA is not set",          $"{Id} 0100 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} 8500 0001 0001 0000 0000 {Name} 0006 0001 {Soa}" },
        { "8906 8.1.4 unknown opcode",                           $"{Id} 7800 0000 0000 0000 0000",                                 $"{Id} f804 0000 0000 0000 0000" },
        { "NOTIFY is not there yet",                             $"{Id} 2400 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} a004 0000 0000 0000 0000" },
        { "UPDATE is not there yet",                             $"{Id} 2800 0001 0000 0000 0000 {Name} 0006 0001",                $"{Id} a804 0000 0000 0000 0000" },
        { "inverse queries are withdrawn (RFC 3425)",            $"{Id} 0800 0000 0000 0000 0000",                                 $"{Id} 8804 0000 0000 0000 0000" },
        { "8906 8.2.1 plain EDNS",                               $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 {Opt}",          $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "8906 8.2.2 EDNS version 1: BADVERS",                  $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 01 0000 0000", $"{Id} 8000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 01 00 0000 0000" },
        { "8906 8.2.3 unknown option",                           $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 0004 0064 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "8906 8.2.4 unknown EDNS flags are not repeated",      $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0040 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "8906 8.2.5 version 1 and an unknown flag",            $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 01 0040 0000", $"{Id} 8000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 01 00 0000 0000" },
        { "8906 8.2.6 version 1 and an unknown option",          $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 01 0000 0004 0064 0000", $"{Id} 8000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 01 00 0000 0000" },
        { "8906 8.2.8 DO is repeated (RFC 3225)",                $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 8000 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} 00 0029 04d0 00 00 8000 0000" },
        { "8906 8.2.9 version 1 and DO",                         $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 01 8000 0000", $"{Id} 8000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 01 00 8000 0000" },
        { "8906 8.2.10 options that ask for much",               $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 0008 0003 0000 0008 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} 00 0029 04d0 00 00 0000 000c 0003 0008 612e736572766572" },
        { "no question",                                         $"{Id} 0000 0000 0000 0000 0000",                                 $"{Id} 8001 0000 0000 0000 0000" },
        { "two questions (RFC 9619)",                            $"{Id} 0000 0002 0000 0000 0000 {Name} 0006 0001 {Name} 0006 0001", $"{Id} 8001 0000 0000 0000 0000" },
        { "no room for the question",                            $"{Id} 0000 0001 0000 0000 0000 {Name} 0006 00",                  $"{Id} 8001 0000 0000 0000 0000" },
        { "a compressed question",                               $"{Id} 0000 0001 0000 0000 0000 c00c 0006 0001",                  $"{Id} 8001 0000 0000 0000 0000" },
        { "a label of 64 octets",                                $"{Id} 0000 0001 0000 0000 0000 40 0006 0001",                    $"{Id} 8001 0000 0000 0000 0000" },
        { "octets after the message",                            $"{Id} 0000 0001 0000 0000 0000 {Name} 0006 0001 00",             $"{Id} 8001 0001 0000 0000 0000 {Name} 0006 0001" },
        { "an answer in the query",                              $"{Id} 0000 0001 0001 0000 0000 {Name} 0006 0001 c00c 0001 0001 00000000 0004 01020304", $"{Id} 8001 0001 0000 0000 0000 {Name} 0006 0001" },
        { "two OPT records",                                     $"{Id} 0000 0001 0000 0000 0002 {Name} 0006 0001 {Opt} {Opt}",    $"{Id} 8001 0001 0000 0000 0000 {Name} 0006 0001" },
        { "OPT below a name",                                    $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 01 61 {Opt}",    $"{Id} 8001 0001 0000 0000 0000 {Name} 0006 0001" },
        { "an option that is cut off",                           $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 0005 0064 0002 00", $"{Id} 8001 0001 0000 0000 0001 {Name} 0006 0001 {OurOpt}" },
        { "a cookie of 9 octets (RFC 7873 5.2.2)",               $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 000d 000a 0009 010203040506070809", $"{Id} 8001 0001 0000 0000 0001 {Name} 0006 0001 {OurOpt}" },
        { "a record after OPT is passed over",                   $"{Id} 0000 0001 0000 0000 0002 {Name} 0006 0001 {Opt} 01 61 00 0001 0001 00000000 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "a signature with a key that we do not know",          $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 01 6b 00 00fa 00ff 00000000 0000", $"{Id} 8009 0001 0000 0000 0000 {Name} 0006 0001" },
        { "padding over UDP is not answered",                    $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 0006 000c 0002 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "keepalive over UDP is not answered (RFC 7828 3.2.1)", $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 00 0029 04d0 00 00 0000 0004 000b 0000", $"{Id} 8400 0001 0001 0000 0001 {Name} 0006 0001 {Soa} {OurOpt}" },
        { "refused, with the reason (RFC 8914)",                 $"{Id} 0000 0001 0000 0000 0001 01 78 00 0006 0001 {Opt}",        $"{Id} 8005 0001 0000 0000 0001 01 78 00 0006 0001 00 0029 04d0 00 00 0000 0006 000f 0002 0014" },
    };

    [Theory, MemberData(nameof(Exchanges))]
    public void A_message_gets_the_answer_that_its_RFC_says(string why, string query, string answer) =>
        Assert.True(Hex(answer).AsSpan().SequenceEqual(Server.Exchange(Hex(query))), $"{why}: {Convert.ToHexStringLower(Server.Exchange(Hex(query)))}");

    public static TheoryData<string, string, bool> Requests => new()
    {
        { "a query",                                       $"{Id} 0000 0001 0000 0000 0000 {Name} 0006 0001",                                          false },
        { "a query for a whole zone",                      $"{Id} 0000 0001 0000 0000 0000 {Name} 00fc 0001",                                          true },
        { "a query for differences, SOA in authority",     $"{Id} 0000 0001 0000 0001 0000 {Name} 00fb 0001 c00c 0006 0001 00000000 0016 00 00 00000001 00000000 00000000 00000000 00000000", true },
        { "the same, with octets behind it",               $"{Id} 0000 0001 0000 0000 0000 {Name} 00fc 0001 00",                                       false },
        { "NOTIFY",                                        $"{Id} 2000 0001 0000 0000 0000 {Name} 0006 0001",                                          true },
        { "UPDATE",                                        $"{Id} 2800 0001 0000 0000 0000 {Name} 0006 0001",                                          true },
        { "an inverse query",                              $"{Id} 0800 0001 0000 0000 0000 {Name} 0006 0001",                                          false },
        { "a signed query",                                $"{Id} 0000 0001 0000 0000 0001 {Name} 0006 0001 01 6b 00 00fa 00ff 00000000 0000",         true },
        { "a signed query with EDNS",                      $"{Id} 0000 0001 0000 0000 0002 {Name} 0006 0001 {Opt} 01 6b 00 00fa 00ff 00000000 0000",   true },
        { "a signature that is not the last record",       $"{Id} 0000 0001 0000 0000 0002 {Name} 0006 0001 01 6b 00 00fa 00ff 00000000 0000 {Opt}",   false },
        { "a signature that is no additional record",      $"{Id} 0000 0001 0000 0001 0000 {Name} 00fb 0001 01 6b 00 00fa 00ff 00000000 0000",         false },
    };

    [Theory, MemberData(nameof(Requests))]
    public void What_is_more_than_a_query_is_handed_on(string why, string query, bool isRequest)
    {
        var authority = new Authority(ZoneSet.Empty, new());
        var octets = new byte[512];
        Assert.True(isRequest == (authority.Answer(new() { HandsOnRequests = true }, TestServer.Context(), Hex(query), octets) == Authority.Request), why);
        Assert.True(authority.Answer(new(), TestServer.Context(), Hex(query), octets) > 0, why);
    }

    [Theory]
    [InlineData("an answer", $"{Id} 8000 0001 0000 0000 0000 {Name} 0006 0001")]
    [InlineData("eleven octets", "1234 0000 0001 0000 0000 00")]
    [InlineData("nothing", "")]
    public void Some_messages_get_no_answer(string why, string query) => Assert.True(Server.Exchange(Hex(query)).Length == 0, why);

    public static TheoryData<string, string, string> AboutTheServer => new()
    {
        { "id.server. TXT", "CH", "NoError aa\nan id.server. 0 TXT \"a.server\"" },
        { "hostname.bind. TXT", "CH", "NoError aa\nan hostname.bind. 0 TXT \"a.server\"" },
        { "version.bind. TXT", "CH", "NoError aa\nan version.bind. 0 TXT \"Riad\"" },
        { "VERSION.server. TXT", "CH", "NoError aa\nan VERSION.server. 0 TXT \"Riad\"" },
        { "version.bind. A", "CH", "NoError aa" },
        { "authors.bind. TXT", "CH", "Refused" },
    };

    [Theory, MemberData(nameof(AboutTheServer))]
    public void Questions_about_the_server_are_answered_as_the_operator_chose(string question, string recordClass, string answer)
    {
        Assert.Equal("CH", recordClass);
        Assert.Equal(answer, Server.Ask(question, recordClass: RecordClass.Chaos));
        Assert.Equal("Refused", new TestServer(("example.test.", "")).Ask(question, recordClass: RecordClass.Chaos));
    }

    public static TheoryData<string, string, int, DnsTransport, bool> Sizes => new()
    {
        // why                                          name    EDNS size; 0: none   transport        cut off
        { "512 octets without EDNS",                    "big",  0,                  DnsTransport.Udp, true },
        { "a size below 512 means 512",                 "big",  100,                DnsTransport.Udp, true },
        { "a size that is enough",                      "big",  700,                DnsTransport.Udp, false },
        { "never over our own size",                    "huge", 4096,               DnsTransport.Udp, true },
        { "over a stream everything fits",              "huge", 0,                  DnsTransport.Tcp, false },
        { "over a stream the EDNS size says nothing",   "huge", 512,                DnsTransport.Tls, false },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void What_does_not_fit_is_cut_to_the_question(string why, string name, int size, DnsTransport transport, bool isCut)
    {
        var answer = Server.Exchange(TestServer.Query($"{name}.example.test. TXT", size == 0 ? null : Edns.Plain with { UdpSize = (ushort)size }), transport);
        var message = TestServer.Read(answer);
        Assert.True(isCut == message.Flags.HasFlag(HeaderBits.Truncated), why);
        Assert.True(isCut == (message.Answers.Count == 0), why);
        Assert.True(message.Edns is not null == size > 0, why);
        Assert.True(transport is not DnsTransport.Udp || answer.Length <= Math.Clamp(size, 512, 1232), why);
    }

    [Theory]
    [InlineData(ZoneAbsence.NotReady, ExtendedErrorCode.NotReady)]
    [InlineData(ZoneAbsence.Invalid, ExtendedErrorCode.InvalidData)]
    [InlineData(ZoneAbsence.Expired, ExtendedErrorCode.InvalidData)]
    public void A_zone_that_was_never_good_is_a_server_failure_with_its_reason(ZoneAbsence absence, ExtendedErrorCode reason)
    {
        var authority = new Authority(ZoneSet.Empty.WithoutGoodVersion(ZoneText.Name("example.test."), absence), new());
        var octets = new byte[512];
        var message = TestServer.Read(octets[..authority.Answer(new(), TestServer.Context(), TestServer.Query("www.example.test. A", Edns.Plain), octets)]);
        Assert.Equal("ServerFailure", TestServer.Print(message));
        Assert.Equal(new EdnsOption.ExtendedError(reason, ""), Assert.Single(message.Edns!.Options));
    }

    [Fact]
    public void The_longest_question_and_every_option_fit_into_the_shortest_answer()
    {
        Assert.True(CookieSecret.TryParse("e5e973e5a6b2a43f48e7dc849e37bfcf", out var secret));
        var server = new TestServer(new ServerOptions { Identifier = new(new byte[128]), Cookies = new(secret) }, ("example.test.", "www A 192.0.2.1"));
        var label = new string('x', 63);
        foreach (var name in (string[])[$"{label}.{label}.{label}.{new string('y', 61)}.", $"{label}.{label}.{label}.{new string('y', 47)}.example.test.", "www.example.test."])
        {
            var query = TestServer.Query($"{name} A", Edns.Plain with { UdpSize = 512, Options = [new EdnsOption.Cookie(new(new byte[8]), default), new EdnsOption.Nsid(default), new EdnsOption.TcpKeepalive(Timeout: null)] });
            foreach (var transport in (DnsTransport[])[DnsTransport.Udp, DnsTransport.Tls])
            {
                var answer = new byte[512];
                var length = server.Authority.Answer(server.State, TestServer.Context(transport), query, answer);
                Assert.NotNull(TestServer.Read(answer[..length]).Edns);
            }
        }
    }

    [Theory]
    [InlineData("example.test. SOA", null, 1209600)] // the SOA's expire, as a primary says it
    [InlineData("EXAMPLE.test. SOA", 77, 77)]
    [InlineData("www.example.test. SOA", 77, null)]
    [InlineData("example.test. NS", 77, null)]
    [InlineData("example.net. SOA", 77, null)]
    public void Who_asks_for_the_SOA_is_told_how_long_the_zone_still_lives(string question, int? left, int? expected)
    {
        var zones = ZoneSet.Empty.With(ZoneText.Zone("example.test.", TestServer.Soa + "@ NS ns\nwww A 192.0.2.1"));
        var authority = new Authority(zones, new()) { Expire = _ => (uint?)left };
        var query = TestServer.Query(question, Edns.Plain with { Options = [new EdnsOption.Unknown((ushort)EdnsOptionCode.Expire, default)] });
        var answer = new byte[512];
        var options = TestServer.Read(answer[..authority.Answer(new(), TestServer.Context(), query, answer)]).Edns!.Options;

        var told = options.OfType<EdnsOption.Unknown>().SingleOrDefault(option => option.Code == (ushort)EdnsOptionCode.Expire)?.Value.ToString();
        Assert.Equal(expected?.ToString("x8", CultureInfo.InvariantCulture), told);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Authority(ZoneSet.Empty, new() { Identifier = new(new byte[129]) }));
        Assert.Throws<ArgumentException>(() => new Authority(ZoneSet.Empty, new() { Version = new(new byte[256]) }));
        Assert.Throws<ArgumentException>(() => new Authority(ZoneSet.Empty, new() { MaxUdpSize = 511 }));
    }

    [Fact]
    public void Padding_over_TLS_makes_a_multiple_of_468_octets()
    {
        var query = TestServer.Query("big.example.test. TXT", Edns.Plain with { Options = [new EdnsOption.Padding(3)] });
        Assert.Equal(936, Server.Exchange(query, DnsTransport.Tls).Length);
        Assert.NotEqual(0, Server.Exchange(query, DnsTransport.Tcp).Length % 468);
        Assert.Equal(468, Server.Exchange(TestServer.Query("example.test. NS", Edns.Plain with { Options = [new EdnsOption.Padding(0)] }), DnsTransport.Tls).Length);
    }

    [Fact]
    public void Keepalive_is_told_over_streams_when_asked()
    {
        var query = TestServer.Query("example.test. NS", Edns.Plain with { Options = [new EdnsOption.TcpKeepalive(Timeout: null)] });
        Assert.Equal([new EdnsOption.TcpKeepalive(100)], TestServer.Read(Server.Exchange(query, DnsTransport.Tcp)).Edns!.Options);
        Assert.Empty(TestServer.Read(Server.Exchange(TestServer.Query("example.test. NS", Edns.Plain), DnsTransport.Tcp)).Edns!.Options);
    }

    [Fact]
    public void Glue_below_the_cut_that_does_not_fit_sets_TC_and_no_set_is_split()
    {
        var text = string.Concat(Enumerable.Range(0, 12).Select(i => $"sub NS ns{i}.sub\nns{i}.sub A 192.0.2.{i}\nns{i}.sub AAAA 2001:db8::{i}\n"));
        var server = new TestServer(("example.test.", text));
        var message = TestServer.Read(server.Exchange(TestServer.Query("www.sub.example.test. A")));
        Assert.True(message.Flags.HasFlag(HeaderBits.Truncated));
        Assert.Equal(12, message.Authorities.Count);
        Assert.False(TestServer.Read(server.Exchange(TestServer.Query("www.sub.example.test. A", Edns.Plain))).Flags.HasFlag(HeaderBits.Truncated));
    }

    [Fact]
    public void Addresses_that_do_not_fit_are_left_out_without_TC()
    {
        var text = string.Concat(Enumerable.Range(0, 12).Select(i => $"@ MX {i} mx{i}\nmx{i} A 192.0.2.{i}\nmx{i} AAAA 2001:db8::{i}\n"));
        var message = TestServer.Read(new TestServer(("example.test.", text)).Exchange(TestServer.Query("example.test. MX")));
        Assert.False(message.Flags.HasFlag(HeaderBits.Truncated));
        Assert.Equal(12, message.Answers.Count);
        Assert.InRange(message.Additionals.Count, 1, 23);
    }
}
