using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Transfers.Outgoing;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>Signed queries, transfers and what else is more than a query, behind the transports, in a simulation.</summary>
public sealed class RequestServerTests
{
    private const int Hosts = 3000;
    private static readonly IpEndpoint Server = At("192.0.2.1:53");
    private static readonly DomainName Apex = Name("test");
    private static readonly DomainName Catalog = Name("catalog.invalid");
    private static readonly TsigKey Key = NewKey("peer", 1);
    private static readonly TsigKey Poor = NewKey("poor", 2);
    private static readonly TsigKey Stranger = NewKey("stranger", 3);

    private readonly Simulation simulation = new();
    private readonly List<Exception> faults = [];
    private readonly INetwork host;
    private readonly INetwork client;
    private readonly Zone zone = MakeZone(Apex, Hosts);

    public RequestServerTests()
    {
        host = simulation.Network.AddHost(Server.Address);
        client = simulation.Network.AddHost(Address("198.51.100.1"));
    }

    [Fact]
    public void A_zone_is_transferred_in_messages_that_are_all_signed() => Run(async requests =>
    {
        await using var flow = await client.ConnectTcpAsync(Server, default);
        var mac = await SendAsync(flow, Message.Query(7, Apex, QueryTypes.Axfr), Key);
        using var verifier = new TsigAnswerVerifier(Key, mac);
        var incoming = IncomingTransfer.OfWhole(Apex, 7, null, new());
        var messages = 0;
        for (var progress = TransferProgress.More; progress is TransferProgress.More; messages++)
        {
            var octets = await ReadMessageAsync(flow) ?? throw new EndOfStreamException($"after {messages} messages");
            progress = incoming.Take(Assert.IsType<TsigAnswerVerdict.Good>(verifier.Verify(octets, Now)).Message.Span);
        }

        Assert.Equal(zone.RecordCount, Assert.IsType<TransferResult.Whole>(incoming.Result).Zone.RecordCount);
        Assert.InRange(messages, 3, 20);
        Assert.Equal((1, 0), (requests.CountTransfers(TransferKind.Whole), requests.CountTransfers(TransferKind.Refused)));
    });

    public static TheoryData<string, string, string, ushort, string> Requests => new()
    {
        // why                                                key         zone               type               answer
        { "a query that is signed",                           "peer",     "test",            6,                 "NoError aa 1, signed" },
        { "a transfer without the right to it",               "poor",     "test",            QueryTypes.Axfr,   "Refused 0, signed" },
        { "a transfer without a key",                         "",         "test",            QueryTypes.Axfr,   "Refused 0" },
        { "a transfer of a zone of somebody else",            "peer",     "example",         QueryTypes.Axfr,   "NotAuthoritative 0, signed" },
        { "a key that we do not know (RFC 8945 5.2.1)",       "stranger", "test",            6,                 "NotAuthoritative 0, BadKey" },
        { "the catalog's SOA, for a peer",                    "peer",     "catalog.invalid", 6,                 "NoError aa 1, signed" },
        { "the catalog, for a peer",                          "peer",     "catalog.invalid", QueryTypes.Axfr,   "NoError aa 4, signed" },
        { "the catalog's SOA, for somebody else",             "poor",     "catalog.invalid", 6,                 "Refused 0, signed" },
        { "the catalog's SOA, for nobody in particular",      "",         "catalog.invalid", 6,                 "Refused 0" },
        { "the catalog, for somebody else: as any other name", "poor",    "catalog.invalid", QueryTypes.Axfr,   "NotAuthoritative 0, signed" },
        { "the catalog, for nobody in particular: likewise",  "",         "catalog.invalid", QueryTypes.Axfr,   "NotAuthoritative 0" },
        { "a name that is not there, for nobody in particular", "",       "other.invalid",   QueryTypes.Axfr,   "NotAuthoritative 0" },
        { "a zone below the catalog's name, for a peer",      "peer",     "below.catalog.invalid", 6,           "NoError aa 1, signed" },
        { "that zone, whole",                                 "peer",     "below.catalog.invalid", QueryTypes.Axfr, "NoError aa 3, signed" },
        { "a query that is not signed",                       "",         "test",            6,                 "NoError aa 1" },
    };

    [Theory, MemberData(nameof(Requests))]
    public void A_request_is_answered_as_its_signature_allows(string why, string key, string name, ushort type, string answer) => Run(async _ =>
    {
        await using var flow = await client.ConnectTcpAsync(Server, default);
        var signer = new[] { Key, Poor, Stranger }.SingleOrDefault(known => known.Name.ToStringWithoutFinalDot() == key);
        var mac = await SendAsync(flow, Message.Query(7, Name(name), type), signer);
        var octets = await ReadMessageAsync(flow);

        var said = Describe(octets!, signer, mac);
        Assert.True(answer == said, $"{why}: {said}");
    });

    [Fact]
    public void Addresses_have_rights_too_and_peers_by_address_see_the_catalog() => Run(
        async _ =>
        {
            await using var flow = await client.ConnectTcpAsync(Server, default);
            await SendAsync(flow, Message.Query(7, Catalog, 6), null);
            Assert.Equal("NoError aa 1", Describe((await ReadMessageAsync(flow))!, null, default));
            await SendAsync(flow, Message.Query(7, Catalog, QueryTypes.Axfr), null);
            Assert.Equal("NoError aa 4", Describe((await ReadMessageAsync(flow))!, null, default));
        },
        options => options with { MayTransfer = (_, address, _) => address == Address("198.51.100.1") });

    [Fact]
    public void Where_transfers_need_TLS_none_goes_over_TCP() => Run(
        async _ =>
        {
            await using var flow = await client.ConnectTcpAsync(Server, default);
            var mac = await SendAsync(flow, Message.Query(7, Apex, QueryTypes.Axfr), Key);
            Assert.Equal("Refused 0, signed", Describe((await ReadMessageAsync(flow))!, Key, mac));
        },
        options => options with { TransfersNeedTls = true });

    [Fact]
    public void Over_UDP_a_signed_answer_fits_with_its_signature() => Run(async _ =>
    {
        using var socket = client.OpenUdp(default);
        foreach (var size in (ushort[])[512, 700, 1232])
        {
            var query = Sign(Message.Query(7, Name("many.test"), RrTypes.A.Code) with { Edns = Edns.Plain with { UdpSize = size } }, Key, out var mac);
            await socket.SendAsync(query, Server, default);
            var space = new byte[4096];
            var received = await socket.ReceiveAsync(space, default);

            Assert.Equal(size == 1232 ? "NoError aa 40, signed" : "NoError aa tc 0, signed", Describe(space[..received.Length], Key, mac));
            Assert.InRange(received.Length, 12, size);
        }
    });

    [Fact]
    public void NOTIFY_and_UPDATE_go_to_who_answers_them_and_their_answers_are_signed()
    {
        var seen = new List<string>();
        RequestAnswer answer = (request, _) =>
        {
            seen.Add($"{(Opcode)(request.Message.Span[2] >> 3)} {request.Key?.Name.ToStringWithoutFinalDot()}");
            byte[] octets = [.. request.Message.Span];
            octets[2] |= 0x80;
            return new(new Octets(octets));
        };
        Run(
            async _ =>
            {
                await using var flow = await client.ConnectTcpAsync(Server, default);
                foreach (var (opcode, key) in new[] { (Opcode.Notify, Key), (Opcode.Update, Key), (Opcode.Notify, (TsigKey?)null) })
                {
                    var mac = await SendAsync(flow, Message.Query(7, Apex, 6) with { Opcode = opcode }, key);
                    Assert.Equal(key is null ? "NoError 0" : "NoError 0, signed", Describe((await ReadMessageAsync(flow))!, key, mac));
                }
            },
            options => options with { Notify = answer, Update = answer });
        Assert.Equal(["Notify peer", "Update peer", "Notify "], seen);
    }

    private long Now => simulation.Clock.GetUtcNow().ToUnixTimeSeconds();

    private void Run(Func<RequestServer, Task> conversation, Func<RequestServerOptions, RequestServerOptions>? change = null)
    {
        simulation.Run(async () =>
        {
            var authority = new Authority(ZoneSet.Empty.With([zone, MakeZone(Name("below", Catalog), 1)]), new()) { ForPeers = new(ZoneSet.Empty.With(MakeZone(Catalog, 2)), new()) };
            var options = new RequestServerOptions
            {
                Authority = () => authority,
                Keys = () => TsigKeys.Create([Key, Poor]),
                MayTransfer = (key, _, _) => key == Key,
            };
            var requests = new RequestServer(change is null ? options : change(options), simulation.Clock);
            await using var driver = ServerDriver.Open(host, new() { Listen = [Server] }, authority, () => null, simulation.Clock, faults.Add, requests);
            await conversation(requests);
        });
        Assert.Empty(faults);
    }

    private async Task<Octets> SendAsync(TcpFlow flow, Message message, TsigKey? key)
    {
        await flow.WriteAsync(Frame(Sign(message, key, out var mac)));
        return mac;
    }

    private byte[] Sign(Message message, TsigKey? key, out Octets mac)
    {
        mac = default;
        var buffer = new byte[1000];
        Assert.True(message.TryWrite(buffer, out var length));
        Assert.True(key is null || TsigSigner.TrySignRequest(key, buffer, ref length, Now, out mac));
        return buffer[..length];
    }

    private string Describe(byte[] octets, TsigKey? key, Octets mac)
    {
        Assert.True(Message.TryRead(octets, out var message, out var error), error.ToString());
        var flags = $"{(message.Flags.HasFlag(HeaderBits.Authoritative) ? " aa" : "")}{(message.Flags.HasFlag(HeaderBits.Truncated) ? " tc" : "")}";
        var text = $"{message.ResponseCode}{flags} {message.Answers.Count}";
        if (key is null)
            return message.Additionals.Any(record => record.Type == QueryTypes.Tsig) ? $"{text}, TSIG" : text;
        using var verifier = new TsigAnswerVerifier(key, mac);
        return verifier.Verify(octets, Now) switch
        {
            TsigAnswerVerdict.Good => $"{text}, signed",
            TsigAnswerVerdict.RefusedByServer refused => $"{text}, {refused.Error}",
            var other => $"{text}, {other}",
        };
    }

    private static Zone MakeZone(DomainName apex, int hosts)
    {
        var builder = new ZoneBuilder(apex);
        builder.Add(apex.Wire, RrTypes.Soa, 300, RrTypes.Soa.Codec.ToOctets(new Soa(apex, apex, new(1), 2, 3, 4, 5)).Span);
        for (var i = 0; i < hosts; i++)
            builder.Add(Name($"host{i}", apex).Wire, RrTypes.A, 300, [192, 0, (byte)(i >> 8), (byte)i]);
        for (var i = 0; hosts > 2 && i < 40; i++)
            builder.Add(Name("many", apex).Wire, RrTypes.A, 300, [192, 0, 2, (byte)i]);
        return builder.Build();
    }

    private static DomainName Name(string text, DomainName? origin = null) =>
        DomainName.TryParse(System.Text.Encoding.ASCII.GetBytes(text), origin ?? DomainName.Root, out var name, out _) ? name : throw new ArgumentException(text, nameof(text));

    private static TsigKey NewKey(string name, byte octet)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String([.. Enumerable.Repeat(octet, 32)]));
        return TsigSecret.TryParse(text, out var secret) ? new(Name(name), TsigAlgorithm.HmacSha256, secret) : throw new ArgumentException(name, nameof(name));
    }
}
