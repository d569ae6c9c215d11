using System.Text;
using Riad.Core;

namespace Riad.Net.Tests;

public sealed class MemoryNetworkTests
{
    private static readonly IpAddress ServerAddress = Address("192.0.2.1");
    private static readonly IpAddress SecondAddress = Address("192.0.2.2");
    private static readonly IpAddress ClientAddress = Address("198.51.100.1");
    private static readonly IpAddress ServerAddress6 = Address("2001:db8::1");
    private static readonly IpAddress ClientAddress6 = Address("2001:db8::2");
    private static IpEndpoint Any => default;

    private readonly Simulation simulation = new(seed: 7);
    private readonly INetwork server;
    private readonly INetwork client;

    public MemoryNetworkTests()
    {
        server = simulation.Network.AddHost(ServerAddress, SecondAddress, ServerAddress6);
        client = simulation.Network.AddHost(ClientAddress, ClientAddress6);
    }

    [Fact]
    public void A_question_and_its_answer_take_twice_the_latency() => simulation.Run(async () =>
    {
        simulation.Network.Link = MemoryLink.Delayed(TimeSpan.FromMilliseconds(40));
        using var service = server.ServeUdp(new(ServerAddress, 53), _ => new Echo());
        using var socket = client.OpenUdp(Any);

        await socket.SendAsync("hello"u8.ToArray(), service.Local, default);
        var space = new byte[100];
        var received = await socket.ReceiveAsync(space, default);

        Assert.Equal("hello", Encoding.ASCII.GetString(space, 0, received.Length));
        Assert.Equal(service.Local, received.Source);
        Assert.Equal(TimeSpan.FromMilliseconds(80), simulation.Clock.Elapsed);
    });

    [Theory, InlineData("192.0.2.1"), InlineData("192.0.2.2"), InlineData("2001:db8::1")]
    public void An_answer_leaves_from_the_address_that_was_asked(string asked) => simulation.Run(async () =>
    {
        using var four = server.ServeUdp(new(default, 53), _ => new Echo());
        using var six = server.ServeUdp(new(new IpAddress(default(IPv6Address)), 53), _ => new Echo());
        var to = new IpEndpoint(Address(asked), 53);
        using var socket = client.OpenUdp(to.Address.IsIPv6 ? new(ClientAddress6, 0) : new(ClientAddress, 0));

        await socket.SendAsync("x"u8.ToArray(), to, default);

        Assert.Equal(to, (await socket.ReceiveAsync(new byte[10], default)).Source);
    });

    [Fact]
    public void What_arrives_at_the_same_instant_is_one_batch() => simulation.Run(async () =>
    {
        var handler = new Echo();
        using var service = server.ServeUdp(new(ServerAddress, 53), _ => handler);
        using var socket = client.OpenUdp(Any);
        for (var i = 0; i < 40; i++)
            await socket.SendAsync(new byte[] { (byte)i }, service.Local, default);
        for (var i = 0; i < 40; i++)
            await socket.ReceiveAsync(new byte[1], default);

        Assert.Equal([32, 8], handler.Batches);
    });

    [Fact]
    public void Loss_and_jitter_lose_and_reorder_the_same_way_in_every_run()
    {
        var (first, second) = (Listen(seed: 3), Listen(seed: 3));

        Assert.Equal(first, second);
        Assert.InRange(first.Count, 30, 70);
        Assert.NotEqual(first.Order(), first);
        Assert.NotEqual(first, Listen(seed: 4));
    }

    [Fact]
    public void A_doubled_datagram_arrives_twice() => simulation.Run(async () =>
    {
        simulation.Network.SetLink(ClientAddress, ServerAddress, new(TimeSpan.Zero, TimeSpan.Zero, 0, 1, 0));
        using var receiver = server.OpenUdp(new(ServerAddress, 53));
        using var socket = client.OpenUdp(Any);

        await socket.SendAsync("x"u8.ToArray(), receiver.Local, default);

        Assert.Equal(1, (await receiver.ReceiveAsync(new byte[10], default)).Length);
        Assert.Equal(1, (await receiver.ReceiveAsync(new byte[10], default)).Length);
    });

    [Fact]
    public void An_answer_that_is_too_long_for_the_link_is_shortened() => simulation.Run(async () =>
    {
        using var service = server.ServeUdp(new(ServerAddress, 53), _ => new Echo());
        using var socket = client.OpenUdp(Any);
        await socket.SendAsync(new byte[600], service.Local, default);
        simulation.Network.Link = new(TimeSpan.Zero, TimeSpan.Zero, 0, 0, 512);

        Assert.Equal(12, (await socket.ReceiveAsync(new byte[1000], default)).Length);
    });

    [Fact]
    public void A_stream_arrives_whole_and_the_writer_waits_for_a_slow_reader() => simulation.Run(async () =>
    {
        simulation.Network.Link = MemoryLink.Delayed(TimeSpan.FromMilliseconds(5));
        using var listener = server.ListenTcp(new(ServerAddress, 53), EchoAsync);
        await using var flow = await client.ConnectTcpAsync(listener.Local, default);
        Assert.Equal(TimeSpan.FromMilliseconds(10), simulation.Clock.Elapsed);
        var sent = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();

        var writing = WriteAllAsync(flow, sent);
        Assert.False(writing.IsCompleted);
        var received = new MemoryStream();
        var space = new byte[10_000];
        while (await flow.ReadAsync(space) is > 0 and var count)
            received.Write(space, 0, count);
        await writing;

        Assert.Equal(sent, received.ToArray());
    });

    [Fact]
    public void A_port_without_a_listener_refuses() => simulation.Run(async () =>
    {
        var refusal = await Assert.ThrowsAsync<NetworkException>(async () => await client.ConnectTcpAsync(new(ServerAddress, 53), default));

        Assert.Equal(NetworkFault.Refused, refusal.Fault);
    });

    [Fact]
    public void A_connection_over_a_cut_link_never_comes_about() => simulation.Run(async () =>
    {
        using var listener = server.ListenTcp(new(ServerAddress, 53), EchoAsync);
        simulation.Network.SetLink(ClientAddress, ServerAddress, MemoryLink.Cut);
        using var patience = new CancellationTokenSource(TimeSpan.FromDays(1), simulation.Clock);

        await Assert.ThrowsAsync<TaskCanceledException>(async () => await client.ConnectTcpAsync(listener.Local, patience.Token));

        Assert.Equal(TimeSpan.FromDays(1), simulation.Clock.Elapsed);
    });

    [Fact]
    public void An_aborted_connection_is_reset_at_both_ends() => simulation.Run(async () =>
    {
        var fault = new TaskCompletionSource<NetworkFault>();
        using var listener = server.ListenTcp(new(ServerAddress, 53), async flow =>
            fault.SetResult((await Assert.ThrowsAsync<NetworkException>(async () => _ = await flow.ReadAsync(new byte[1]))).Fault));
        await using var flow = await client.ConnectTcpAsync(listener.Local, default);

        flow.Abort();

        Assert.Equal(NetworkFault.Reset, await fault.Task);
        await Assert.ThrowsAsync<NetworkException>(async () => _ = await flow.ReadAsync(new byte[1]));
    });

    [Fact]
    public void A_taken_port_and_a_foreign_address_are_named()
    {
        using var service = server.ServeUdp(new(ServerAddress, 53), _ => new Echo());

        var taken = Assert.Throws<NetworkException>(() => server.ServeUdp(new(ServerAddress, 53), _ => new Echo()));
        var foreign = Assert.Throws<NetworkException>(() => server.ListenTcp(new(ClientAddress, 53), EchoAsync));

        Assert.Equal((NetworkFault.PortTaken, NetworkFault.AddressNotAvailable), (taken.Fault, foreign.Fault));
    }

    [Fact]
    public void A_conversation_that_can_never_end_is_a_fault() =>
        Assert.Throws<InvalidOperationException>(() => simulation.Run(async () => await client.OpenUdp(Any).ReceiveAsync(new byte[1], default)));

    private static List<byte> Listen(ulong seed)
    {
        var world = new Simulation(seed);
        var (receiving, sending) = (world.Network.AddHost(ServerAddress), world.Network.AddHost(ClientAddress));
        world.Network.Link = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), Loss: 0.5, Duplication: 0, DatagramOctets: 0);
        var received = new List<byte>();
        world.Run(async () =>
        {
            using var receiver = receiving.OpenUdp(new(ServerAddress, 53));
            using var socket = sending.OpenUdp(Any);
            for (var i = 0; i < 100; i++)
                await socket.SendAsync(new[] { (byte)i }, receiver.Local, default);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), world.Clock);
            var space = new byte[1];
            try
            {
                while (true)
                {
                    await receiver.ReceiveAsync(space, patience.Token);
                    received.Add(space[0]);
                }
            }
            catch (OperationCanceledException)
            {
                // nothing more comes
            }
        });
        return received;
    }

    private static async Task WriteAllAsync(TcpFlow flow, byte[] octets)
    {
        await flow.WriteAsync(octets);
        flow.CompleteWriting();
    }

    private static async Task EchoAsync(TcpFlow flow)
    {
        var space = new byte[5_000];
        while (await flow.ReadAsync(space) is > 0 and var count)
            await flow.WriteAsync(space.AsMemory(0, count));
    }

    private static IpAddress Address(string text) =>
        IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));

    private sealed class Echo : IDatagramHandler
    {
        internal List<int> Batches { get; } = [];

        public void Handle(DatagramBatch batch)
        {
            Batches.Add(batch.Count);
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Received(i).CopyTo(batch.AnswerSpace(i));
                batch.SetAnswer(i, batch.Received(i).Length);
            }
        }

        public bool TryShorten(DatagramBatch batch, int index)
        {
            batch.SetAnswer(index, 12);
            return true;
        }
    }
}
