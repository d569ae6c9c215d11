using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>The requests of a stream, on several threads at once.</summary>
public sealed class StreamRequestsTests
{
    private const int Rounds = 1000;

    private static readonly IpEndpoint Server = At("192.0.2.1:53");
    private static readonly IpAddress Client = Address("198.51.100.1");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);   // a busy machine has fewer rounds

    public static TheoryData<bool> Uses => [true, false];

    [Theory, MemberData(nameof(Uses))]
    public async Task A_place_that_comes_while_the_stream_uses_it_or_ends_is_given_back_once(bool isUsed)
    {
        var flow = Connect();
        var begun = Stopwatch.StartNew();
        for (var round = 0; round < Rounds && begun.Elapsed < Enough; round++)
        {
            using var desk = new RequestDesk(new ScriptedHandler(), new() { MaxRequests = 1 }, static fault => throw fault);
            var news = new Signal();
            var requests = new StreamRequests(desk, flow, DnsTransport.Tcp, news);
            Assert.True(desk.TryEnter(Client));
            Assert.False(Begin(requests));
            var told = news.WaitAsync();
            var leaving = Task.Run(() => desk.Leave(Client));
            for (var spin = new SpinWait(); requests.IsFull; spin.SpinOnce(sleep1Threshold: -1))
            {
                // As near as can be to the moment when the place comes.
            }
            Assert.True(!isUsed || Begin(requests));
            requests.Dispose();
            await leaving.WaitAsync(Limit);
            await told.WaitAsync(Limit);

            await WaitUntilFreeAsync(desk, round);
        }
    }

    private static bool Begin(StreamRequests requests) => requests.TryBegin(Query(1, "silent"), default, Limit);

    private static async Task WaitUntilFreeAsync(RequestDesk desk, int round)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (desk.Read().InFlight > 0 && !limit.IsCancellationRequested)
            await Task.Yield();
        Assert.Equal((round, 0), (round, desk.Read().InFlight));
    }

    private static TcpFlow Connect()
    {
        var simulation = new Simulation();
        var (host, client) = (simulation.Network.AddHost(Server.Address), simulation.Network.AddHost(Client));
        TcpFlow? flow = null;
        simulation.Run(async () =>
        {
            using var listener = host.ListenTcp(Server, accepted =>
            {
                flow = accepted;
                return Task.CompletedTask;
            });
            await client.ConnectTcpAsync(Server, default);
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
        });
        return flow!;
    }
}
