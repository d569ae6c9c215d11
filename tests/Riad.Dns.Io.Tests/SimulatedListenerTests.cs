using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>Conversations with a listener on a network in memory and a virtual clock.</summary>
public sealed class SimulatedListenerTests
{
    private static readonly IpEndpoint Server = At("192.0.2.1:53");
    private static readonly IpEndpoint Server6 = At("[2001:db8::1]:53");

    private readonly Simulation simulation = new();
    private readonly List<Exception> faults = [];
    private readonly ConcurrentQueue<QueryContext> contexts = new();
    private readonly INetwork host;
    private readonly INetwork client;

    public SimulatedListenerTests()
    {
        host = simulation.Network.AddHost(Server.Address, Server6.Address);
        client = simulation.Network.AddHost(Address("198.51.100.1"), Address("2001:db8:1::1"));
    }

    private DnsListenerOptions Options { get; set; } = new() { Listen = [Server, Server6] };

    [Fact]
    public void A_datagram_is_answered_and_the_answerer_knows_who_asked_how_and_when() => Run(async listener =>
    {
        using var socket = client.OpenUdp(default);
        await Task.Delay(TimeSpan.FromSeconds(3), simulation.Clock);
        await socket.SendAsync(Query(7), Server, default);
        var space = new byte[512];
        var received = await socket.ReceiveAsync(space, default);

        Assert.Equal(7, Id(space[..received.Length]));
        Assert.Equal(0x80, space[2]);
        Assert.True(contexts.TryDequeue(out var context));
        Assert.Equal((Address("198.51.100.1"), DnsTransport.Udp), (context.Client, context.Transport));
        Assert.Equal(Elapsed.FromSeconds(3), context.Now.Elapsed);
        Assert.Equal(simulation.Clock.GetUtcNow(), context.Now.Utc);
        Assert.Equal((1, 1, 0, 0), Counts(listener.Read().Udp));
    });

    [Fact]
    public void Datagrams_that_are_no_queries_get_no_answer() => Run(async listener =>
    {
        using var socket = client.OpenUdp(default);
        await socket.SendAsync(Query(1).AsMemory(0, 11), Server, default);
        await socket.SendAsync(Query(2, "drop"), Server, default);
        await socket.SendAsync(Query(3, "fail"), Server, default);
        await socket.SendAsync(Query(4, "cut"), Server, default);
        var space = new byte[512];
        await socket.ReceiveAsync(space, default);

        Assert.Equal(4, Id(space));
        Assert.Equal("as asked", Assert.Single(faults).Message);
        faults.Clear();
        Assert.Equal((4, 1, 1, 1), Counts(listener.Read().Udp));
        Assert.Equal(3, listener.Read().Udp.Dropped);
    });

    [Fact]
    public void An_answer_that_the_interface_cannot_carry_becomes_its_question_with_TC() => Run(async _ =>
    {
        using var socket = client.OpenUdp(default);
        // one question "a." IN A, and a claim of one answer
        byte[] query = [0, 9, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1, .. new byte[600]];
        simulation.Network.SetLink(Server.Address, Address("198.51.100.1"), new(TimeSpan.Zero, TimeSpan.Zero, 0, 0, 700));
        await socket.SendAsync(query, Server, default);
        simulation.Network.SetLink(Server.Address, Address("198.51.100.1"), new(TimeSpan.Zero, TimeSpan.Zero, 0, 0, 512));
        var space = new byte[1000];
        var received = await socket.ReceiveAsync(space, default);

        Assert.Equal([0, 9, 0x82, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1], space[..received.Length]);
    });

    [Fact]
    public void Queries_that_arrive_together_are_answered_together() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1), Query(2, "drop"), Query(3), Query(4)));

        Assert.Equal([1, 3, 4], await ReadIdsAsync(flow, 3));
        Assert.Equal((4, 3, 0, 0), Counts(listener.Read().Tcp));
        Assert.Equal(new ConnectionSnapshot(1, 1, 0, 0), listener.Read().Connections);
    });

    [Fact]
    public void A_query_may_come_one_octet_at_a_time() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        foreach (var octet in Frame(Query(1), Query(2, "hello")))
        {
            await flow.WriteAsync(new[] { octet });
            await Task.Delay(TimeSpan.FromMilliseconds(100), simulation.Clock);
        }

        Assert.Equal([1, 2], await ReadIdsAsync(flow, 2));
    });

    [Fact]
    public void However_a_stream_is_cut_into_pieces_its_answers_are_the_same() => Prop.ForAll<NonEmptyArray<byte>, byte[]>((lengths, cuts) =>
    {
        var queries = lengths.Get.Select((length, id) => Query(id, new string('x', length * 20))).ToArray();
        simulation.Run(async () =>
        {
            await using var listener = Open();
            await using var flow = await ConnectAsync();
            var reading = ReadIdsAsync(flow, queries.Length);   // meanwhile: a client that takes no answers is ended
            var octets = Frame(queries).AsMemory();
            foreach (var cut in cuts.Select(cut => Math.Min(cut, octets.Length)))
            {
                await flow.WriteAsync(octets[..cut]);
                octets = octets[cut..];
                await Task.Delay(TimeSpan.FromMilliseconds(1), simulation.Clock);
            }
            await flow.WriteAsync(octets);
            Assert.Equal(Enumerable.Range(0, queries.Length), await reading);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_octets_a_stream_ends_and_faults_nothing() => Prop.ForAll<byte[]>(octets =>
    {
        simulation.Run(async () =>
        {
            await using var listener = Open();
            await using var flow = await ConnectAsync();
            try
            {
                await flow.WriteAsync(octets);
                flow.CompleteWriting();
                while (!await HasEndedAsync(flow))
                {
                    // answers, perhaps
                }
            }
            catch (NetworkException)
            {
                // ended at garbage
            }
        });
        return faults.Count == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_query_and_the_longest_answer_pass() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        var query = Query(5, new string('x', 65_535 - 12));
        await flow.WriteAsync(Frame(query, Query(6, "long 65535"), Query(7, "long 65535"), Query(8)));

        Assert.Equal(65_535, (await ReadMessageAsync(flow))!.Length);
        Assert.Equal([6, 7, 8], await ReadIdsAsync(flow, 3));
    });

    [Theory]
    [InlineData("0000")]
    [InlineData("000b 0000 0000 0000 0000 0000 00")]
    [InlineData("0003 474554")]
    public void A_length_that_cannot_hold_a_header_ends_the_connection(string octets) => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1)).Concat(Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal))).ToArray());

        Assert.Equal([1], await ReadIdsAsync(flow, 1));
        Assert.True(await HasEndedAsync(flow));
        Assert.Equal(TimeSpan.Zero, simulation.Clock.Elapsed);
    });

    [Fact]
    public void After_a_half_close_the_answers_still_come() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1), Query(2)));
        flow.CompleteWriting();

        Assert.Equal([1, 2], await ReadIdsAsync(flow, 2));
        Assert.Null(await ReadMessageAsync(flow));
    });

    [Fact]
    public void An_idle_connection_is_ended_after_ten_seconds() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        await Task.Delay(TimeSpan.FromSeconds(8), simulation.Clock);
        await flow.WriteAsync(Frame(Query(1)));
        Assert.Equal([1], await ReadIdsAsync(flow, 1));

        Assert.True(await HasEndedAsync(flow));
        Assert.InRange(simulation.Clock.Elapsed.TotalSeconds, 18, 18.5);
        Assert.Equal(new ConnectionSnapshot(0, 1, 0, 1), listener.Read().Connections);
        Assert.Equal(TimeSpan.FromSeconds(10), contexts.Single().IdleLimit);
    });

    [Fact]
    public void Octets_that_never_become_a_query_do_not_keep_a_connection() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        var trickle = TrickleAsync(flow);

        Assert.True(await HasEndedAsync(flow));
        Assert.InRange(simulation.Clock.Elapsed.TotalSeconds, 10, 10.5);
        await trickle;

        async Task TrickleAsync(TcpFlow to)
        {
            await to.WriteAsync(new byte[] { 1, 0 });
            try
            {
                while (true)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
                    await to.WriteAsync(new byte[] { 0 });
                }
            }
            catch (NetworkException)
            {
                // ended, as it should
            }
        }
    });

    [Fact]
    public void A_client_that_takes_no_answers_is_ended() => Run(async listener =>
    {
        await using var flow = await ConnectAsync();
        for (var i = 0; i < 4; i++)
            await flow.WriteAsync(Frame(Query(i, "long 65535")));

        await Task.Delay(TimeSpan.FromSeconds(11), simulation.Clock);

        Assert.Equal(new ConnectionSnapshot(0, 1, 0, 1), listener.Read().Connections);
    });

    [Fact]
    public void A_long_transfer_lets_other_queries_of_the_connection_pass()
    {
        simulation.Network.Link = MemoryLink.Delayed(TimeSpan.FromMilliseconds(1));
        Run(async _ =>
        {
            await using var flow = await ConnectAsync();
            await flow.WriteAsync(Frame(Query(1, "transfer 100000")));
            Assert.Equal([1, 1], await ReadIdsAsync(flow, 2));
            await flow.WriteAsync(Frame(Query(2)));

            var before = 2;
            while (await ReadMessageAsync(flow) is { } message && Id(message) == 1)
                before++;

            Assert.InRange(before, 3, 50_000);
            Assert.All(await ReadIdsAsync(flow, 100_001 - before), id => Assert.Equal(1, id));
            await flow.WriteAsync(Frame(Query(3)));
            Assert.Equal([3], await ReadIdsAsync(flow, 1));
        });
    }

    [Fact]
    public void A_transfer_is_finished_after_the_clients_half_close() => Run(async _ =>
    {
        await using var flow = await ConnectAsync();
        await flow.WriteAsync(Frame(Query(1, "transfer 5000")));
        flow.CompleteWriting();

        Assert.Equal(5001, (await ReadIdsAsync(flow, 5001)).Count);
        Assert.Null(await ReadMessageAsync(flow));
    });

    [Fact]
    public void One_address_gets_so_many_connections_and_another_still_gets_its_own()
    {
        Options = Options with { MaxConnectionsPerNetwork = 2 };
        Run(async listener =>
        {
            await using var first = await ConnectAsync();
            await using var second = await ConnectAsync();
            await using var third = await ConnectAsync();
            Assert.True(await HasEndedAsync(third));
            await using var other = await simulation.Network.AddHost(Address("198.51.100.2")).ConnectTcpAsync(Server, default);
            await other.WriteAsync(Frame(Query(1)));
            Assert.Equal([1], await ReadIdsAsync(other, 1));
            Assert.Equal(new ConnectionSnapshot(3, 3, 1, 0), listener.Read().Connections);
        });
    }

    [Fact]
    public void An_IPv6_network_of_64_bits_counts_as_one_address()
    {
        Options = Options with { MaxConnectionsPerNetwork = 1 };
        var neighbour = simulation.Network.AddHost(Address("2001:db8:1::2"));
        var stranger = simulation.Network.AddHost(Address("2001:db8:1:1::2"));
        Run(async listener =>
        {
            await using var first = await client.ConnectTcpAsync(Server6, default);
            await using var second = await neighbour.ConnectTcpAsync(Server6, default);
            await using var third = await stranger.ConnectTcpAsync(Server6, default);
            Assert.True(await HasEndedAsync(second));
            Assert.Equal(new ConnectionSnapshot(2, 2, 1, 0), listener.Read().Connections);
        });
    }

    [Fact]
    public void When_all_places_are_taken_the_one_that_is_idle_longest_makes_room_and_patience_is_short()
    {
        Options = Options with { MaxConnections = 4 };
        Run(async listener =>
        {
            var flows = new List<TcpFlow>();
            for (var i = 0; i < 5; i++)
            {
                flows.Add(await ConnectAsync());
                await Task.Delay(TimeSpan.FromMilliseconds(100), simulation.Clock);
            }
            Assert.True(await HasEndedAsync(flows[0]));
            await flows[4].WriteAsync(Frame(Query(1)));
            Assert.Equal([1], await ReadIdsAsync(flows[4], 1));
            Assert.Equal(TimeSpan.FromSeconds(2), contexts.Single().IdleLimit);
            Assert.Equal(new ConnectionSnapshot(4, 5, 0, 1), listener.Read().Connections);
            foreach (var flow in flows)
                await flow.DisposeAsync();
        });
    }

    [Fact]
    public void A_stop_ends_idle_connections_at_once_and_busy_ones_after_their_answers()
    {
        simulation.Network.Link = MemoryLink.Delayed(TimeSpan.FromMilliseconds(20));
        simulation.Run(async () =>
        {
            var listener = Open();
            await using var idle = await ConnectAsync();
            await using var busy = await ConnectAsync();
            await busy.WriteAsync(Frame(Query(1, "long 60000"), Query(2, "long 60000")));
            await Task.Delay(TimeSpan.FromMilliseconds(30), simulation.Clock);
            var stopping = listener.DisposeAsync();

            Assert.True(await HasEndedAsync(idle));
            Assert.Equal([1, 2], await ReadIdsAsync(busy, 2));
            Assert.Null(await ReadMessageAsync(busy));
            await stopping;
            await Assert.ThrowsAsync<NetworkException>(async () => await ConnectAsync());
            Assert.InRange(simulation.Clock.Elapsed.TotalSeconds, 0, 1);
        });
    }

    private void Run(Func<DnsListener, Task> conversation)
    {
        simulation.Run(async () =>
        {
            await using var listener = Open();
            await conversation(listener);
        });
        Assert.Empty(faults);
    }

    private DnsListener Open() => DnsListener.Open(host, Options, _ => new ScriptedAnswerer { Contexts = contexts }, simulation.Clock, faults.Add, new ScriptedHandler());

    private ValueTask<TcpFlow> ConnectAsync() => client.ConnectTcpAsync(Server, default);

    private static (long Queries, long Answers, long Truncated, long Faults) Counts(TransportSnapshot counts) =>
        (counts.Queries, counts.Answers, counts.Truncated, counts.Faults);

    private static async Task<bool> HasEndedAsync(TcpFlow flow)
    {
        try
        {
            return await flow.ReadAsync(new byte[1]) == 0;
        }
        catch (NetworkException)
        {
            return true;
        }
    }
}
