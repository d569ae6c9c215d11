using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.RateLimiting;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Zones;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>A real authority behind the transports, in a simulation.</summary>
public sealed class ServerDriverTests
{
    private const string Question = "0161 0474657374 00 0001 0001";   // a.test. A IN
    private static readonly IpEndpoint Server = At("192.0.2.1:53");

    private readonly Simulation simulation = new();
    private readonly List<Exception> faults = [];
    private readonly INetwork host;
    private readonly INetwork client;

    public ServerDriverTests()
    {
        host = simulation.Network.AddHost(Server.Address);
        client = simulation.Network.AddHost(Address("198.51.100.1"));
    }

    [Fact]
    public void A_new_authority_answers_from_the_next_batch_on() => Run(async driver =>
    {
        using var socket = client.OpenUdp(default);
        var query = Hex($"0007 0000 0001 0000 0000 0000 {Question}");

        Assert.Equal(5, (await AskAsync(socket, query))[3] & 15);   // REFUSED: no such zone
        driver.Authority = new(Zones(192, 0, 2, 77), new());
        var answer = await AskAsync(socket, query);

        Assert.Equal(Hex($"0007 8400 0001 0001 0000 0000 {Question} c00c 0001 0001 0000012c 0004 c000024d"), answer);
        Assert.Equal(2, driver.Answers.Sum(counters => counters.ByTransport[(int)DnsTransport.Udp]));
        Assert.Equal(2, driver.Read().Udp.Answers);
    });

    [Fact]
    public void A_client_that_asks_is_told_how_long_its_stream_may_be_idle() => Run(async driver =>
    {
        driver.Authority = new(Zones(192, 0, 2, 77), new());
        await using var flow = await client.ConnectTcpAsync(Server, default);
        await flow.WriteAsync(Frame(Hex($"0007 0000 0001 0000 0000 0001 {Question} 00 0029 04d0 00000000 0004 000b 0000")));

        var answer = await ReadMessageAsync(flow);

        Assert.Equal(Hex("000b 0002 0064"), answer![^6..]);   // edns-tcp-keepalive, 100 tenths of a second
        Assert.Equal(1, driver.Answers.Sum(counters => counters.ByTransport[(int)DnsTransport.Tcp]));
    });

    [Fact]
    public void Datagrams_are_limited_and_streams_are_not() => Run(
        async driver =>
        {
            driver.Authority = new(Zones(192, 0, 2, 77), new());
            var query = Hex($"0007 0000 0001 0000 0000 0000 {Question}");
            using var socket = client.OpenUdp(default);
            for (var i = 0; i < 100; i++)
                await socket.SendAsync(query, Server, default);
            await using var flow = await client.ConnectTcpAsync(Server, default);
            await flow.WriteAsync(Frame([.. Enumerable.Repeat(query, 100)]));
            Assert.Equal(100, (await ReadIdsAsync(flow, 100)).Count);

            Assert.InRange(driver.Read().Udp.Answers, 1, 20);
            Assert.Equal(100, driver.Read().Tcp.Answers);
        },
        () => new RateLimiter(new() { AnswersPerSecond = 10, Slip = 0 }, new byte[RateLimiter.KeyLength]));

    private void Run(Func<ServerDriver, Task> conversation, Func<RateLimiter?>? createLimiter = null)
    {
        simulation.Run(async () =>
        {
            await using var driver = ServerDriver.Open(
                host, new() { Listen = [Server] }, new(ZoneSet.Empty, new()), createLimiter ?? (() => null), simulation.Clock, faults.Add);
            await conversation(driver);
        });
        Assert.Empty(faults);
    }

    private static async Task<byte[]> AskAsync(IUdpSocket socket, byte[] query)
    {
        await socket.SendAsync(query, Server, default);
        var space = new byte[1232];
        return space[..(await socket.ReceiveAsync(space, default)).Length];
    }

    /// <summary>test. with an A record at a.test.</summary>
    private static ZoneSet Zones(params byte[] address)
    {
        Assert.True(DomainName.TryParse("test."u8, DomainName.Root, out var apex, out _));
        Assert.True(DomainName.TryParse("a.test."u8, DomainName.Root, out var owner, out _));
        var builder = new ZoneBuilder(apex);
        Assert.True(builder.Add(apex.Wire, RrTypes.Soa, 300, new byte[22]));
        Assert.True(builder.Add(owner.Wire, RrTypes.A, 300, address));
        return ZoneSet.Empty.With(builder.Build());
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
