using Riad.Core;
using static Riad.Net.Io.Tests.Networks;

namespace Riad.Net.Io.Tests;

public sealed class TcpFlowTests
{
    [Theory, InlineData(false, "127.0.0.1:0"), InlineData(true, "127.0.0.1:0"), InlineData(false, "[::1]:0"), InlineData(true, "[::1]:0")]
    public async Task Octets_come_back_and_both_ends_know_each_other(bool portable, string local)
    {
        using var network = Open(portable);
        var seen = new TaskCompletionSource<(IpEndpoint, IpEndpoint)>();
        using var listener = network.ListenTcp(At(local), async flow =>
        {
            seen.SetResult((flow.Local, flow.Remote));
            await EchoAsync(flow);
        });
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);

        await client.WriteAsync("hello"u8.ToArray(), Soon);
        var octets = new byte[5];
        await client.ReadExactlyAsync(octets, Soon);

        Assert.Equal("hello"u8.ToArray(), octets);
        Assert.Equal((client.Remote, client.Local), await seen.Task);
        Assert.Equal(listener.Local, client.Remote);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_long_stream_arrives_whole_although_the_reader_is_late(bool portable)
    {
        using var network = Open(portable);
        using var listener = network.ListenTcp(At("127.0.0.1:0"), EchoAsync);
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
        var sent = new byte[8 << 20];
        new Random(1).NextBytes(sent);

        var writing = Task.Run(async () =>
        {
            await client.WriteAsync(sent, Soon);
            client.CompleteWriting();
        });
        var received = new MemoryStream();
        await client.CopyToAsync(received, Soon);
        await writing;

        Assert.Equal(sent, received.ToArray());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Hundreds_of_connections_at_once_do_not_mix(bool portable)
    {
        using var network = Open(portable);
        using var listener = network.ListenTcp(At("127.0.0.1:0"), EchoAsync);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
            for (var turn = 0; turn < 20; turn++)
            {
                var octets = BitConverter.GetBytes((number * 1000) + turn);
                await client.WriteAsync(octets, Soon);
                var back = new byte[octets.Length];
                await client.ReadExactlyAsync(back, Soon);
                Assert.Equal(octets, back);
            }
        }));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Abort_from_another_thread_ends_a_waiting_read(bool portable)
    {
        using var network = Open(portable);
        var accepted = new TaskCompletionSource<TcpFlow>();
        var ended = new TaskCompletionSource<int>();
        using var listener = network.ListenTcp(At("127.0.0.1:0"), async flow =>
        {
            accepted.SetResult(flow);
            try
            {
                ended.SetResult(await flow.ReadAsync(new byte[10]));
            }
            catch (NetworkException)
            {
                ended.SetResult(-1);
            }
        });
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);

        (await accepted.Task).Abort();

        Assert.InRange(await ended.Task.WaitAsync(Soon), -1, 0);
        Assert.Equal(0, await client.ReadAsync(new byte[10], Soon));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Abort_ends_a_write_that_nobody_reads(bool portable)
    {
        using var network = Open(portable);
        var accepted = new TaskCompletionSource<TcpFlow>();
        var ended = new TaskCompletionSource<NetworkFault>();
        using var listener = network.ListenTcp(At("127.0.0.1:0"), async flow =>
        {
            accepted.SetResult(flow);
            try
            {
                while (true)
                    await flow.WriteAsync(new byte[1 << 16]);
            }
            catch (NetworkException exception)
            {
                ended.SetResult(exception.Fault);
            }
        });
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
        var flow = await accepted.Task;

        flow.Abort();

        Assert.Equal(NetworkFault.Reset, await ended.Task.WaitAsync(Soon));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_read_into_nothing_waits_for_octets_and_takes_none(bool portable)
    {
        using var network = Open(portable);
        var got = new TaskCompletionSource<int>();
        using var listener = network.ListenTcp(At("127.0.0.1:0"), async flow =>
        {
            Assert.Equal(0, await flow.ReadAsync(Memory<byte>.Empty));
            got.SetResult(await flow.ReadAsync(new byte[10]));
        });
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);

        await client.WriteAsync("abc"u8.ToArray(), Soon);

        Assert.Equal(3, await got.Task.WaitAsync(Soon));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Accepted_connections_go_on_after_the_listener_has_closed(bool portable)
    {
        using var network = Open(portable);
        var listener = network.ListenTcp(At("127.0.0.1:0"), EchoAsync);
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
        await client.WriteAsync("a"u8.ToArray(), Soon);
        await client.ReadExactlyAsync(new byte[1], Soon);

        listener.Dispose();
        await client.WriteAsync("b"u8.ToArray(), Soon);
        await client.ReadExactlyAsync(new byte[1], Soon);

        var refusal = await Assert.ThrowsAsync<NetworkException>(async () => await network.ConnectTcpAsync(listener.Local, Soon));
        Assert.Equal(NetworkFault.Refused, refusal.Fault);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_taken_port_is_named(bool portable)
    {
        using var network = Open(portable);
        using var first = network.ListenTcp(At("127.0.0.1:0"), EchoAsync);

        var refusal = Assert.Throws<NetworkException>(() => network.ListenTcp(first.Local, EchoAsync));

        Assert.Equal(NetworkFault.PortTaken, refusal.Fault);
        Assert.StartsWith($"TCP port {first.Local.Port} on 127.0.0.1 is already taken", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cancelled_read_ends_and_the_connection_goes_on(bool portable)
    {
        using var network = Open(portable);
        using var listener = network.ListenTcp(At("127.0.0.1:0"), async flow =>
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            try
            {
                _ = await flow.ReadAsync(new byte[10], cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                await flow.WriteAsync("late"u8.ToArray());
                await EchoAsync(flow);
            }
        });
        await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
        var octets = new byte[4];
        await client.ReadExactlyAsync(octets, Soon);
        Assert.Equal("late"u8.ToArray(), octets);
        await client.WriteAsync("more"u8.ToArray(), Soon);
        await client.ReadExactlyAsync(octets, Soon);
        Assert.Equal("more"u8.ToArray(), octets);
    }

    [Fact]
    public async Task Connections_that_come_and_go_under_load_leave_nothing_behind()
    {
        using var network = Open(portable: false, threads: 2);
        var (started, ended) = (0, 0);
        using var listener = network.ListenTcp(At("127.0.0.1:0"), async flow =>
        {
            Interlocked.Increment(ref started);
            try
            {
                await EchoAsync(flow);
            }
            catch (NetworkException)
            {
                // the client left in the middle
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var turn = 0; turn < 100; turn++)
            {
                await using var client = await network.ConnectTcpAsync(listener.Local, Soon);
                await client.WriteAsync(new byte[100], Soon);
                if ((turn + worker) % 3 == 0)
                    continue;   // leaves without reading: a reset for the server
                await client.ReadExactlyAsync(new byte[100], Soon);
                if (turn % 2 == 0)
                    client.Abort();
            }
        })));
        while (Volatile.Read(ref ended) < 800)
            await Task.Delay(10, Soon);

        Assert.Equal(800, Volatile.Read(ref started));
    }

    private static async Task EchoAsync(TcpFlow flow)
    {
        var space = new byte[10_000];
        while (await flow.ReadAsync(space) is > 0 and var count)
            await flow.WriteAsync(space.AsMemory(0, count));
    }
}
