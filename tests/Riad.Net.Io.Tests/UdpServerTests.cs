using System.Text;
using Riad.Core;
using static Riad.Net.Io.Tests.Networks;

namespace Riad.Net.Io.Tests;

public sealed class UdpServerTests
{
    public static TheoryData<string, string, bool> Asked => new()
    {
        // listening on      asked at     portable
        { "127.0.0.1:0",     "127.0.0.1", false },
        { "127.0.0.2:0",     "127.0.0.2", false },
        { "[::1]:0",         "::1",       false },
        { "0.0.0.0:0",       "127.0.0.1", false },
        { "0.0.0.0:0",       "127.0.0.2", false },
        { "0.0.0.0:0",       "127.9.8.7", false },
        { "[::]:0",          "::1",       false },
        { "127.0.0.1:0",     "127.0.0.1", true },
        { "127.0.0.2:0",     "127.0.0.2", true },
        { "[::1]:0",         "::1",       true },
        { "0.0.0.0:0",       "127.0.0.1", true },
        { "[::]:0",          "::1",       true },
    };

    [Theory, MemberData(nameof(Asked))]
    public async Task An_answer_leaves_from_the_address_that_was_asked(string listening, string asked, bool portable)
    {
        var handler = new Echo();
        using var network = Open(portable);
        using var server = network.ServeUdp(At(listening), _ => handler);
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(asked), out var address));
        using var client = network.OpenUdp(At(address.IsIPv6 ? "[::]:0" : "0.0.0.0:0"));
        var to = new IpEndpoint(address, server.Local.Port);

        var (octets, source) = await AskAsync(client, "hello"u8.ToArray(), to);

        Assert.Equal("hello"u8.ToArray(), octets);
        Assert.Equal(to, source);
        Assert.True(handler.Asked.TryDequeue(out var seen));
        Assert.StartsWith($"{asked} from ", seen, StringComparison.Ordinal);
        Assert.EndsWith($":{client.Local.Port}", seen, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_datagram_without_octets_or_with_too_many_gets_no_answer_and_harms_nobody(bool portable)
    {
        using var network = Open(portable);
        using var server = network.ServeUdp(At("127.0.0.1:0"), _ => new Echo());
        using var client = network.OpenUdp(At("127.0.0.1:0"));
        await client.SendAsync(Array.Empty<byte>(), server.Local, Soon);
        await client.SendAsync(new byte[9000], server.Local, Soon);

        var (octets, _) = await AskAsync(client, "after"u8.ToArray(), server.Local);

        Assert.Equal("after"u8.ToArray(), octets);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Clients_that_are_gone_when_their_answer_comes_harm_nobody(bool portable)
    {
        using var network = Open(portable, threads: 1);
        using var server = network.ServeUdp(At("127.0.0.1:0"), _ => new Echo());
        for (var i = 0; i < 200; i++)
        {
            using var gone = network.OpenUdp(At("127.77.0.3:0"));   // where no other test could get its port, and with it the answer
            await gone.SendAsync("bye"u8.ToArray(), server.Local, Soon);
        }
        using var client = network.OpenUdp(At("127.0.0.1:0"));

        Assert.Equal("after"u8.ToArray(), (await AskAsync(client, "after"u8.ToArray(), server.Local)).Octets);
    }

    [Fact]
    public async Task Many_clients_are_all_answered()
    {
        using var network = Open(portable: false, threads: 3);
        var handlers = new Echo[3];
        using var server = network.ServeUdp(At("127.0.0.1:0"), thread => handlers[thread] = new Echo());

        for (var i = 0; i < 50; i++)
        {
            using var client = network.OpenUdp(At("127.0.0.1:0"));
            var question = Encoding.ASCII.GetBytes($"question {i}");
            Assert.Equal(question, (await AskAsync(client, question, server.Local)).Octets);
        }

        Assert.Equal(50, handlers.Sum(handler => handler.Datagrams));
    }

    [Theory, InlineData("127.0.0.1:0"), InlineData("0.0.0.0:0"), InlineData("[::]:0")]
    public async Task Nothing_is_allocated_per_batch(string listening)
    {
        var handler = new Echo { Remembers = false };
        using var network = Open(portable: false, threads: 1);
        using var server = network.ServeUdp(At(listening), _ => handler);
        using var client = network.OpenUdp(At(server.Local.Address.IsIPv6 ? "[::1]:0" : "127.0.0.1:0"));
        var to = client.Local with { Port = server.Local.Port };

        for (var i = 0; i < 20_000; i++)
            await AskAsync(client, "again"u8.ToArray(), to);

        Assert.Equal(20_000, handler.Datagrams);
        Assert.Equal(0, handler.AllocatedInEveryThousand);
    }

    [Theory, MemberData(nameof(Asked))]
    public async Task A_late_answer_leaves_from_the_address_that_was_asked_too(string listening, string asked, bool portable)
    {
        var handler = new LateEcho();
        using var network = Open(portable);
        using var server = network.ServeUdp(At(listening), _ => handler);
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(asked), out var address));
        using var client = network.OpenUdp(At(address.IsIPv6 ? "[::]:0" : "0.0.0.0:0"));
        using var another = network.OpenUdp(At(address.IsIPv6 ? "[::]:0" : "0.0.0.0:0"));
        var to = new IpEndpoint(address, server.Local.Port);
        await client.SendAsync("first"u8.ToArray(), to, Soon);
        var first = await handler.TakeAsync(Soon);
        await another.SendAsync("second"u8.ToArray(), to, Soon);
        var second = await handler.TakeAsync(Soon);

        Assert.True(second("two"u8));
        Assert.False(first(new byte[70_000]));
        Assert.True(first("one"u8));

        var space = new byte[512];
        Assert.Equal(new ReceivedDatagram(3, to), await client.ReceiveAsync(space, Soon));
        Assert.Equal("one"u8.ToArray(), space[..3]);
        Assert.Equal(new ReceivedDatagram(3, to), await another.ReceiveAsync(space, Soon));
        Assert.Equal("two"u8.ToArray(), space[..3]);
        server.Dispose();
        Assert.True(first("after the end"u8));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void After_a_stop_the_port_is_free(bool portable)
    {
        using var network = Open(portable);
        var reopened = 0;
        for (var turn = 0; turn < 10; turn++)
        {
            IpEndpoint local;
            using (var server = network.ServeUdp(At("127.77.0.1:0"), _ => new Echo()))
                local = server.Local;
            try
            {
                network.ServeUdp(local, _ => new Echo()).Dispose();
                reopened++;
            }
            catch (NetworkException)
            {
                // the system may have given the port to another test at once
            }
        }

        Assert.InRange(reopened, 5, 10);
    }

    [Theory, InlineData(false, "127.0.0.1:0"), InlineData(true, "127.0.0.1:0"), InlineData(false, "[::1]:0")]
    public void A_taken_port_is_named(bool portable, string local)
    {
        using var network = Open(portable);
        using var first = network.ServeUdp(At(local), _ => new Echo());

        var refusal = Assert.Throws<NetworkException>(() => network.ServeUdp(first.Local, _ => new Echo()));

        Assert.Equal(NetworkFault.PortTaken, refusal.Fault);
        Assert.Equal($"UDP port {first.Local.Port} on {first.Local.Address} is already taken; stop the other program or choose another port than {first.Local}", refusal.Message);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_address_of_somebody_else_is_named(bool portable)
    {
        using var network = Open(portable);

        var refusal = Assert.Throws<NetworkException>(() => network.ServeUdp(At("192.0.2.1:5353"), _ => new Echo()));

        Assert.Equal(NetworkFault.AddressNotAvailable, refusal.Fault);
        Assert.Equal("cannot listen on UDP 192.0.2.1:5353: no interface of this host has the address 192.0.2.1", refusal.Message);
    }

    [Fact]
    public void IPv4_and_IPv6_share_a_port()
    {
        using var network = Open(portable: false);
        using var four = network.ServeUdp(At("0.0.0.0:0"), _ => new Echo());
        using var six = network.ServeUdp(At("[::]:0") with { Port = four.Local.Port }, _ => new Echo());

        Assert.Equal(four.Local.Port, six.Local.Port);
    }

    /// <summary>Asks and waits for the answer; what comes from elsewhere, for whoever had this port before, is passed over.</summary>
    internal static async Task<(byte[] Octets, IpEndpoint Source)> AskAsync(IUdpSocket client, byte[] question, IpEndpoint to)
    {
        var space = new byte[9000];
        await client.SendAsync(question, to, Soon);
        while (true)
        {
            var received = await client.ReceiveAsync(space, Soon);
            if (received.Source.Port == to.Port)
                return (space[..received.Length], received.Source);
        }
    }
}
