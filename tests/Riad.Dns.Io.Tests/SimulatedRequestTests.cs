using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>What is more than a query goes to a handler, and its answer comes when it comes.</summary>
public sealed class SimulatedRequestTests
{
    private static readonly IpEndpoint Server = At("192.0.2.1:53");

    private readonly Simulation simulation = new();
    private readonly List<Exception> faults = [];
    private readonly ScriptedHandler handler = new();
    private readonly INetwork host;
    private readonly INetwork client;

    public SimulatedRequestTests()
    {
        host = simulation.Network.AddHost(Server.Address);
        client = simulation.Network.AddHost(Address("198.51.100.1"));
    }

    private DnsListenerOptions Options { get; set; } = new() { Listen = [Server] };

    [Fact]
    public void A_handler_knows_who_asked_how_and_when() => Run(async _ =>
    {
        using var socket = client.OpenUdp(default);
        await Task.Delay(TimeSpan.FromSeconds(3), simulation.Clock);
        await socket.SendAsync(Query(7, "answer 24"), Server, default);
        await socket.ReceiveAsync(new byte[512], default);

        Assert.True(handler.Requests.TryDequeue(out var request));
        Assert.Equal((socket.Local with { Address = Address("198.51.100.1") }, Server.Address, DnsTransport.Udp), (request.Client, request.Local, request.Transport));
        Assert.Equal(Elapsed.FromSeconds(3), request.Received.Elapsed);
        Assert.Equal(Query(7, "answer 24"), request.Octets.ToArray());
    });

    [Fact]
    public void Queries_are_answered_while_a_request_of_the_same_stream_takes_its_time() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1, "hold"), Query(2)));
        Assert.Equal([2], await ReadIdsAsync(flow, 1));
        await flow.WriteAsync(Frame(Query(3)));
        Assert.Equal([3], await ReadIdsAsync(flow, 1));
        Assert.Equal(new RequestSnapshot(1, 1, 0, 0), listener.Read().Requests);

        handler.Release();

        Assert.Equal([1], await ReadIdsAsync(flow, 1));
        await flow.WriteAsync(Frame(Query(4)));
        Assert.Equal([4], await ReadIdsAsync(flow, 1));
        Assert.Equal((4, 4), (listener.Read().Tcp.Queries, listener.Read().Tcp.Answers));
        Assert.Equal((0, 1), (listener.Read().Requests.InFlight, handler.Disposed));
    });

    [Fact]
    public void A_stream_is_not_idle_while_its_request_is_handled() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1, "hold")));
        await Task.Delay(TimeSpan.FromSeconds(60), simulation.Clock);
        handler.Release();

        Assert.Equal([1], await ReadIdsAsync(flow, 1));
        Assert.Null(await ReadMessageAsync(flow));
        Assert.InRange(simulation.Clock.Elapsed.TotalSeconds, 70, 70.5);
        Assert.Equal(1, listener.Read().Connections.Expired);
    });

    [Fact]
    public void A_request_that_gets_no_answer_or_meets_a_fault_costs_its_answer_alone() => Run(async listener =>
    {
        using var socket = client.OpenUdp(default);
        await using var flow = await ConnectAsync();
        foreach (var command in (string[])["silent", "fault", "answer 24"])
        {
            await socket.SendAsync(Query(1, command), Server, default);
            await flow.WriteAsync(Frame(Query(2, command)));
        }

        Assert.Equal(24, (await socket.ReceiveAsync(new byte[512], default)).Length);
        Assert.Equal([2], await ReadIdsAsync(flow, 1));
        Assert.Equal(["as asked", "as asked"], faults.Select(fault => fault.Message));
        faults.Clear();
        Assert.Equal(new RequestSnapshot(6, 0, 0, 2), listener.Read().Requests);
    });

    [Fact]
    public void A_fault_in_the_middle_of_an_answer_ends_the_stream() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1, "fault 2")));

        Assert.Null(await ReadMessageAsync(flow));
        Assert.Equal("as asked", Assert.Single(faults).Message);
        Assert.Equal(1, handler.Disposed);
        faults.Clear();
    });

    [Fact]
    public void Several_transfers_of_one_stream_take_turns() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1, "transfer 20000"), Query(2, "transfer 20000"), Query(3, "transfer 20000")));

        var ids = await ReadIdsAsync(flow, 60_003);

        Assert.All([1, 2, 3], id => Assert.Equal(20_001, ids.Count(one => one == id)));
        Assert.All([1, 2, 3], id => Assert.InRange(ids.IndexOf(id), 0, 20_000));
        Assert.Equal(3, handler.Disposed);
    });

    [Fact]
    public void A_client_that_takes_no_more_of_a_zone_is_ended_and_another_that_is_slow_is_not() => Run(async listener =>
    {
        await using var stalled = await ConnectAsync();
        await using var slow = await ConnectAsync();
        await stalled.WriteAsync(Frame(Query(1, "transfer 100000 60000")));
        await slow.WriteAsync(Frame(Query(2, "transfer 100 60000")));
        for (var second = 0; second < 101; second++)
        {
            Assert.Equal([2], await ReadIdsAsync(slow, 1));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
        }

        Assert.Equal(new ConnectionSnapshot(1, 2, 0, 1), listener.Read().Connections);
        Assert.Equal(2, handler.Disposed);
    });

    [Fact]
    public void Beyond_so_many_requests_datagrams_are_dropped_and_streams_wait()
    {
        Options = Options with { MaxRequests = 3, MaxRequestsPerNetwork = 2 };
        var other = simulation.Network.AddHost(Address("198.51.100.2"));
        Run(async listener =>
        {
            await using var first = await ConnectAsync();
            await using var second = await ConnectAsync();
            await using var third = await other.ConnectTcpAsync(Server, default);
            using var socket = client.OpenUdp(default);
            await first.WriteAsync(Frame(Query(1, "hold"), Query(2, "hold"), Query(3)));
            Assert.Equal([3], await ReadIdsAsync(first, 1));
            await second.WriteAsync(Frame(Query(4, "hold"), Query(5)));
            await socket.SendAsync(Query(6, "hold"), Server, default);
            await third.WriteAsync(Frame(Query(7, "hold"), Query(8, "hold"), Query(9)));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            Assert.Equal(new RequestSnapshot(3, 3, 1, 0), listener.Read().Requests);

            handler.Release();
            Assert.Equal([1], await ReadIdsAsync(first, 1));
            Assert.Equal([5], await ReadIdsAsync(second, 1));
            handler.Release();
            Assert.Equal([2], await ReadIdsAsync(first, 1));
            Assert.Equal([9], await ReadIdsAsync(third, 1));
            for (var left = handler.Held; left > 0; left--)
                handler.Release();

            Assert.Equal([4], await ReadIdsAsync(second, 1));
            Assert.Equal([7, 8], (await ReadIdsAsync(third, 2)).Order());
            Assert.Equal(new RequestSnapshot(5, 0, 1, 0), listener.Read().Requests);
        });
    }

    [Fact]
    public void One_stream_has_eight_requests_at_once()
    {
        Run(async listener =>
        {
            await using var flow = await ConnectAsync();
            await flow.WriteAsync(Frame([.. Enumerable.Range(1, 10).Select(id => Query(id, "hold")), Query(11)]));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            Assert.Equal(8, listener.Read().Requests.InFlight);
            while (handler.Held > 0)
            {
                handler.Release();
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            }

            Assert.Equal(Enumerable.Range(1, 11), (await ReadIdsAsync(flow, 11)).Order());
        });
    }

    [Fact]
    public void Requests_that_come_together_are_all_answered_however_soon_each_is_handled() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame([.. Enumerable.Range(1, 40).Select(id => Query(id, "answer 30")), .. Enumerable.Range(41, 20).Select(id => Query(id, "silent")), Query(61, "answer 30")]));

        Assert.Equal([.. Enumerable.Range(1, 40), 61], (await ReadIdsAsync(flow, 41)).Order());
        Assert.Equal(new RequestSnapshot(61, 0, 0, 0), listener.Read().Requests);
    });

    [Fact]
    public void A_request_that_waits_for_a_place_is_answered_whenever_it_gets_it()
    {
        Options = Options with { MaxRequests = 1 };
        Run(async listener =>
        {
            for (var turns = 0; turns < 30; turns++)   // the place comes before, while and after an answer goes out that takes its time
            {
                await using var first = await ConnectAsync();
                await using var second = await ConnectAsync();
                await first.WriteAsync(Frame(Query(1, "hold")));
                await second.WriteAsync(Frame(Query(2, "long 65000")));
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
                await second.WriteAsync(Frame(Query(3, "long 60000"), Query(4, "answer 30")));
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
                handler.Release();
                for (var turn = 0; turn < turns; turn++)
                    await Task.Yield();

                Assert.Equal([2, 3, 4], await ReadIdsAsync(second, 3));
                Assert.Equal([1], await ReadIdsAsync(first, 1));
                Assert.Equal(0, listener.Read().Requests.InFlight);
            }
        });
    }

    [Fact]
    public void A_place_that_was_waited_for_is_free_again_when_the_request_is_a_query_by_then()
    {
        Options = Options with { MaxRequests = 1 };
        Run(async listener =>
        {
            await using var first = await ConnectAsync();
            await using var second = await ConnectAsync();
            await first.WriteAsync(Frame(Query(1, "hold")));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            await second.WriteAsync(Frame(Query(2, "request until 3")));
            await Task.Delay(TimeSpan.FromSeconds(3), simulation.Clock);
            handler.Release();

            Assert.Equal([1], await ReadIdsAsync(first, 1));
            Assert.Equal([2], await ReadIdsAsync(second, 1));
            Assert.Equal(new RequestSnapshot(1, 0, 0, 0), listener.Read().Requests);
        });
    }

    [Fact]
    public void A_client_that_leaves_gives_its_places_back()
    {
        Options = Options with { MaxRequests = 1 };
        Run(async listener =>
        {
            var (first, second) = (await ConnectAsync(), await ConnectAsync());
            await using var third = await ConnectAsync();
            await first.WriteAsync(Frame(Query(1, "hold")));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            await second.WriteAsync(Frame(Query(2, "answer 30")));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            await third.WriteAsync(Frame(Query(3, "answer 30")));
            first.Abort();
            second.Abort();
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            handler.Release();

            Assert.Equal([3], await ReadIdsAsync(third, 1));
            Assert.Equal((3, 0), (listener.Read().Requests.Handled, listener.Read().Requests.InFlight));
            await first.DisposeAsync();
            await second.DisposeAsync();
        });
    }

    [Fact]
    public void A_stop_waits_for_what_is_handled()
    {
        simulation.Run(async () =>
        {
            var listener = Open();
            using var socket = client.OpenUdp(default);
            await using var flow = await ConnectAsync();
            await socket.SendAsync(Query(1, "hold"), Server, default);
            await flow.WriteAsync(Frame(Query(2, "hold")));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            var stopping = listener.DisposeAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            handler.Release();
            handler.Release();

            await socket.ReceiveAsync(new byte[512], default);
            Assert.Equal([2], await ReadIdsAsync(flow, 1));
            Assert.Null(await ReadMessageAsync(flow));
            await stopping;
            Assert.Equal(2, simulation.Clock.Elapsed.TotalSeconds);
        });
        Assert.Empty(faults);
    }

    [Fact]
    public void A_stop_does_not_wait_for_ever() => Run(async _ =>
    {
        using var socket = client.OpenUdp(default);
        await using var flow = await ConnectAsync();
        await socket.SendAsync(Query(1, "hold"), Server, default);
        await flow.WriteAsync(Frame(Query(2, "hold")));
        await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
    });

    [Fact]
    public void An_answer_that_the_interface_cannot_carry_becomes_its_question_with_TC() => Run(async _ =>
    {
        using var socket = client.OpenUdp(default);
        simulation.Network.SetLink(Server.Address, Address("198.51.100.1"), new(TimeSpan.Zero, TimeSpan.Zero, 0, 0, 512));
        await socket.SendAsync(Query(1, "answer 600"), Server, default);
        var space = new byte[1000];
        var received = await socket.ReceiveAsync(space, default);

        Assert.Equal([0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0], space[..received.Length]);
    });

    private void Run(Func<DnsListener, Task> conversation)
    {
        simulation.Run(async () =>
        {
            await using var listener = Open();
            await conversation(listener);
        });
        Assert.Empty(faults);
    }

    private DnsListener Open() => DnsListener.Open(host, Options, _ => new ScriptedAnswerer(), simulation.Clock, faults.Add, handler);

    private ValueTask<TcpFlow> ConnectAsync() => client.ConnectTcpAsync(Server, default);
}
