using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Transfers;

public sealed class OutgoingTransferTests
{
    private static readonly Zone Small = ZoneText.Zone("test.", """
        @ SOA ns hostmaster 7 1 2 3 4
        @ NS ns
        ns A 192.0.2.1
        ns A 192.0.2.2
        sub NS ns.sub
        ns.sub A 192.0.2.3
        """);

    [Fact]
    public void A_small_zone_is_one_message_whose_names_are_compressed()
    {
        var expected = Hex($"""
            1267 8400 0001 0007 0000 0000  04 74657374 00 00fc 0001
            c00c 0006 0001 00000e10 0026  02 6e73 c00c 0a 686f73746d6173746572 c00c 00000007 00000001 00000002 00000003 00000004
            c00c 0002 0001 00000e10 0005  02 6e73 c00c
            02 6e73 c00c 0001 0001 00000e10 0004  c0000201
            c059 0001 0001 00000e10 0004  c0000202
            03 737562 c00c 0002 0001 00000e10 0005  02 6e73 c07c
            02 6e73 03 737562 c00c 0001 0001 00000e10 0004  c0000203
            c00c 0006 0001 00000e10 0026  02 6e73 c00c 0a 686f73746d6173746572 c00c 00000007 00000001 00000002 00000003 00000004
            """);

        var message = Assert.Single(Messages(Ask("test.", null), Small));

        Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(message));
    }

    [Fact]
    public void A_zone_arrives_as_it_is_whatever_it_holds()
    {
        var lines = new List<string>();
        for (var i = 0; i < 2000; i++)
        {
            lines.Add($"host{i} A 192.0.2.{i % 250}");
            lines.Add($"host{i} MX 10 mail{i % 7}.Elsewhere{i % 3}.example.");
            lines.Add($"host{i} MX 20 mail.host{i}");
            lines.Add($"cut{i} NS ns1.provider{i % 5}.example.");
            lines.Add($"cut{i} NS ns2.provider{i % 5}.example.");
            lines.Add($"cut{i} NS ns.cut{i}");
            lines.Add($"ns.cut{i} AAAA 2001:db8::{i:x}");
        }
        lines.Add("*.wild MX 5 host1");
        lines.Add("*.wild MX 6 a.wild");
        lines.Add("a.b.c.d TXT \"below empty names\"");
        lines.Add("moved DNAME example.net.");
        lines.Add("x.moved A 192.0.2.66");
        for (var i = 0; i < 700; i++)
            lines.Add($"many TXT \"{i:d4} {new string('x', 60)}\"");
        for (var i = 0; i < 900; i++)
            lines.Add($"list NS server{i}.a-rather-long-name-for-a-provider.example.");
        lines.Add($"huge TXT {string.Join(' ', Enumerable.Range(0, 120).Select(i => $"\"{new string((char)('a' + (i % 26)), 250)}\""))}");
        var zone = TransferText.Zone(5, [.. lines]);

        foreach (var signature in (int[])[0, 500])
        {
            var messages = Messages(Ask("example.org", null), zone, signature);
            var incoming = IncomingTransfer.OfWhole(TransferText.Apex, TransferText.Id, null, new());
            Assert.All(messages, message => incoming.Take(message));

            Assert.Equal(TransferText.Lines(zone), TransferText.Lines(Assert.IsType<TransferResult.Whole>(incoming.Result).Zone));
            Assert.All(messages, message => Assert.True(message.Length <= 16_384 || Count(message) == 1, $"{message.Length} octets, {Count(message)} records"));
            Assert.InRange(messages.Count, 25, 60);
        }
    }

    [Fact]
    public void What_edits_left_behind_is_not_sent()
    {
        var zone = TransferText.Zone(5, [.. Enumerable.Range(0, 500).Select(i => $"host{i} A 192.0.2.{i % 250}")]);
        for (var i = 0u; i < 300; i++)
        {
            var edit = zone.Edit();
            edit.RemoveSet(ZoneText.Name($"host{i}", zone.Apex).Wire, RrTypes.A);
            edit.Add(ZoneText.Name($"new{i % 10}", zone.Apex).Wire, RrTypes.A, 60, [192, 0, 2, (byte)i]);
            edit.SetSerial(new(6 + i));
            zone = edit.Build();
        }
        var incoming = IncomingTransfer.OfWhole(TransferText.Apex, TransferText.Id, null, new());
        Assert.All(Messages(Ask("example.org", null), zone), message => incoming.Take(message));

        Assert.Equal(TransferText.Lines(zone), TransferText.Lines(Assert.IsType<TransferResult.Whole>(incoming.Result).Zone));
    }

    [Fact]
    public void Signatures_have_the_TTL_of_what_they_sign()
    {
        static string Signature(string type, uint ttl, int octets) =>
            $"www RRSIG {type} 13 3 {ttl} 20300101000000 20260101000000 1 example.org. {Convert.ToBase64String(new byte[octets])}";
        foreach (var octets in (int[])[64, 20_000])
        {
            var zone = TransferText.Zone(5, "www 300 A 192.0.2.1", "www 60 TXT \"a\"", Signature("A", 300, octets), Signature("TXT", 60, octets));
            var records = Messages(Ask("example.org", null), zone).SelectMany(message => Read(message).Answers).Where(record => record.Type == RrTypes.Rrsig.Code);

            Assert.Equal([60u, 300u], records.Select(record => record.Ttl.Seconds).Order());
        }
    }

    public static TheoryData<string, string, uint?, bool, string> Decisions => new()
    {
        // why                                         zone            serial  allowed  answer
        { "the whole zone",                            "example.org",  null,   true,    "NoError SOA 5, 4 records, SOA 5" },
        { "the client has it",                         "example.org",  5,      true,    "NoError SOA 5" },
        { "the client has a newer one",                "example.org",  6,      true,    "NoError SOA 5" },
        { "differences",                               "example.org",  4,      true,    "NoError SOA 5, SOA 4, 1 records, SOA 5, 1 records, SOA 5" },
        { "differences in two steps, as one",          "example.org",  3,      true,    "NoError SOA 5, SOA 3, 1 records, SOA 5, 1 records, SOA 5" },
        { "differences longer than the zone",          "example.org",  2,      true,    "NoError SOA 5, 4 records, SOA 5" },
        { "a serial that nobody knows",                "example.org",  1,      true,    "NoError SOA 5, 4 records, SOA 5" },
        { "not allowed",                               "example.org",  null,   false,   "Refused" },
        { "not ours (RFC 5936 2.2.1)",                 "example.net",  null,   true,    "NotAuthoritative" },
        { "ours, but the name is not an apex",         "www.example.org", null, true,   "NotAuthoritative" },
        { "never good",                                "example.com",  null,   true,    "ServerFailure" },
    };

    [Theory, MemberData(nameof(Decisions))]
    public void A_request_is_answered_as_its_RFC_says(string why, string name, uint? serial, bool isAllowed, string answer)
    {
        var zones = ZoneSet.Empty.With(Current).WithoutGoodVersion(ZoneText.Name("example.com"), ZoneAbsence.Invalid);
        var question = Ask(name, serial);
        var transfer = ZoneTransfers.Answer(question, zones.Find(question.Zone), Terms(DnsTransport.Tcp) with { IsAllowed = isAllowed });

        var described = Describe(Drain(transfer, 0));
        Assert.True(answer == described, $"{why}: {described}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("c00c 0006 0001 00000000 0003 000000")]
    [InlineData("c00c 0001 0001 00000000 0004 c0000201")]
    public void Who_asks_for_differences_and_names_no_version_is_told_that_this_is_no_question(string authority)
    {
        byte[] octets = [.. Hex($"1267 0000 0001 0000 000{(authority.Length == 0 ? 0 : 1)} 0000 07 6578616d706c65 03 6f7267 00 00fb 0001"), .. Hex(authority)];
        Assert.True(TransferQuestion.TryRead(octets, out var question));
        foreach (var transport in (DnsTransport[])[DnsTransport.Tcp, DnsTransport.Udp])
            Assert.Equal("FormatError", Describe(Drain(ZoneTransfers.Answer(question, ZoneSet.Empty.With(Current).Find(question.Zone), Terms(transport)), 0)));
    }

    [Theory]
    [InlineData(4, 1232, "NoError SOA 5, SOA 4, 1 records, SOA 5, 1 records, SOA 5")]
    [InlineData(5, 1232, "NoError SOA 5")]
    [InlineData(1, 1232, "NoError SOA 5")]
    [InlineData(4, 0, "NoError SOA 5, SOA 4, 1 records, SOA 5, 1 records, SOA 5")]
    [InlineData(null, 1232, "NoError tc")]
    public void Over_UDP_differences_are_sent_where_they_fit(int? serial, int size, string answer)
    {
        var question = Ask("example.org", (uint?)serial, size);
        Assert.Equal(answer, Describe(Drain(ZoneTransfers.Answer(question, ZoneSet.Empty.With(Current).Find(question.Zone), Terms(DnsTransport.Udp)), 0)));
    }

    [Fact]
    public void Over_UDP_differences_that_are_too_long_become_one_SOA_record()
    {
        var zone = TransferText.Zone(5, [.. Enumerable.Range(0, 100).Select(i => $"host{i} A 192.0.2.{i}")]);
        var step = new ZoneStep(TransferText.Record(TransferText.Soa(4)), TransferText.Record(TransferText.Soa(5)), [], [.. Enumerable.Range(0, 50).Select(i => TransferText.Record($"host{i} A 192.0.2.{i}"))]);
        var question = Ask("example.org", 4);
        var served = ZoneSet.Empty.With(zone).Find(question.Zone);

        foreach (var (transport, answer) in new[] { (DnsTransport.Udp, "NoError SOA 5"), (DnsTransport.Tcp, "NoError SOA 5, SOA 4, SOA 5, 50 records, SOA 5") })
            Assert.Equal(answer, Describe(Drain(ZoneTransfers.Answer(question, served, Terms(transport) with { History = (_, _) => [step] }), 0)));
    }

    [Fact]
    public void EDNS_is_answered_with_the_time_to_expiry_where_that_is_asked_for()
    {
        var question = Ask("test.", null, 1232, new EdnsOption.Unknown(9, default));
        var message = Read(Assert.Single(Drain(ZoneTransfers.Answer(question, ZoneSet.Empty.With(Small).Find(question.Zone), Terms(DnsTransport.Tcp)), 0)));

        Assert.Equal([new EdnsOption.Unknown(9, new([0, 0, 0, 3]))], message.Edns!.Options);
    }

    [Fact]
    public void In_TLS_the_messages_are_padded_for_clients_that_pad()
    {
        var zone = TransferText.Zone(5, [.. Enumerable.Range(0, 2000).Select(i => $"host{i} A 192.0.2.{i % 250}")]);
        var question = Ask("example.org", null, 1232, new EdnsOption.Padding(4));
        foreach (var (transport, padded) in new[] { (DnsTransport.Tls, true), (DnsTransport.Tcp, false) })
        {
            var messages = Drain(ZoneTransfers.Answer(question, ZoneSet.Empty.With(zone).Find(question.Zone), Terms(transport) with { SignatureLength = 90 }), 90);
            Assert.InRange(messages.Count, 2, 5);
            Assert.Equal(padded, messages.TrueForAll(message => (message.Length + 90) % 468 == 0));
        }
    }

    private static Zone Current => TransferText.Zone(5, "www A 192.0.2.5", "a A 192.0.2.1", "b A 192.0.2.2", "ns A 192.0.2.3");

    private static TransferTerms Terms(DnsTransport transport) => new(IsAllowed: true, transport, SignatureLength: 0, MaxUdpSize: 1232, History);

    /// <summary>Version 2 to 3 changes much, 3 to 4 and 4 to 5 change the same record.</summary>
    private static System.Collections.Immutable.ImmutableArray<ZoneStep>? History(Zone served, Serial from)
    {
        ZoneStep[] steps =
        [
            Step(2, 3, [.. Enumerable.Range(0, 9).Select(i => $"old{i} A 192.0.2.9")], ["www A 192.0.2.3"]),
            Step(3, 4, ["www A 192.0.2.3"], ["www A 192.0.2.4"]),
            Step(4, 5, ["www A 192.0.2.4"], ["www A 192.0.2.5"]),
        ];
        return from.Value is < 2 or > 4 ? null : [.. steps[((int)from.Value - 2)..]];
    }

    private static ZoneStep Step(uint from, uint to, string[] removed, string[] added) => new(
        TransferText.Record(TransferText.Soa(from)), TransferText.Record(TransferText.Soa(to)), [.. removed.Select(TransferText.Record)], [.. added.Select(TransferText.Record)]);

    private static TransferQuestion Ask(string zone, uint? serial, int udpSize = 0, params EdnsOption[] options)
    {
        var name = ZoneText.Name(zone);
        var message = Message.Query(TransferText.Id, name, serial is null ? QueryTypes.Axfr : QueryTypes.Ixfr);
        if (serial is { } have)
            message = message with { Authorities = [ResourceRecord.Create(name, RrTypes.Soa, new(0), new Soa(name, name, new(have), 0, 0, 0, 0))] };
        message = message with { Edns = udpSize == 0 ? null : new(0, (ushort)udpSize, IsDnssecOk: false, options.ToSeq()) };
        return TransferQuestion.TryRead(TransferText.Octets(message), out var question) ? question : throw new ArgumentException(zone);
    }

    private static List<byte[]> Messages(TransferQuestion question, Zone zone, int signatureLength = 0) =>
        Drain(ZoneTransfers.Answer(question, ZoneSet.Empty.With(zone).Find(question.Zone), Terms(DnsTransport.Tcp) with { SignatureLength = signatureLength }), signatureLength);

    private static List<byte[]> Drain(OutgoingTransfer transfer, int signatureLength)
    {
        var messages = new List<byte[]>();
        var space = new byte[65_535 - signatureLength];
        while (transfer.WriteNext(space) is > 0 and var length)
            messages.Add(space[..length]);
        return messages;
    }

    private static string Describe(List<byte[]> messages)
    {
        var read = messages.Select(Read).ToList();
        var words = new List<string>();
        var others = 0;
        foreach (var record in read.SelectMany(message => message.Answers))
        {
            if (record.Type != RrTypes.Soa.Code)
            {
                others++;
                continue;
            }
            if (others > 0)
                words.Add($"{others} records");
            words.Add($"SOA {RrTypes.Soa.Codec.FromOctets(record.Rdata.Span).Serial}");
            others = 0;
        }
        return $"{read[0].ResponseCode}{(read[0].Flags.HasFlag(HeaderBits.Truncated) ? " tc" : "")} {string.Join(", ", words)}".TrimEnd();
    }

    private static Message Read(byte[] octets) => Message.TryRead(octets, out var message, out var error) ? message : throw new ArgumentException(error.ToString());

    private static int Count(byte[] message) => (message[6] << 8) + message[7];

    private static byte[] Hex(string text) => Convert.FromHexString(string.Concat(text.Where(char.IsAsciiHexDigit)));
}
