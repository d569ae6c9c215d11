using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;
using Riad.Net.Io;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>The same listener on the kernel's loopback, batched and over plain sockets, and TLS.</summary>
public sealed class KernelListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<Exception> faults = new();
    private readonly ConcurrentQueue<QueryContext> contexts = new();

    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1", false)]
    [InlineData("0.0.0.0:0", "127.0.0.3", false)]
    [InlineData("[::]:0", "::1", false)]
    [InlineData("127.0.0.1:0", "127.0.0.1", true)]
    public Task UDP_and_TCP_answer_on_the_same_port(string listening, string asked, bool portable) => RunAsync(portable, new() { Listen = [At(listening)] }, async (network, listener) =>
    {
        var to = new IpEndpoint(Address(asked), listener.Listening[0].Port);
        using var socket = network.OpenUdp(to with { Port = 0 });
        await socket.SendAsync(Query(1), to, default);
        var space = new byte[512];
        Assert.Equal(to, (await socket.ReceiveAsync(space, default)).Source);
        await using var flow = await network.ConnectTcpAsync(to, default);
        await flow.WriteAsync(Frame(Query(2)));
        Assert.Equal([2], await ReadIdsAsync(flow, 1));

        Assert.Equal([DnsTransport.Udp, DnsTransport.Tcp], contexts.Select(context => context.Transport));
        Assert.Equal(1, listener.Read().Udp.Answers);
        Assert.Equal(1, listener.Read().Tcp.Answers);
    });

    [Theory, InlineData(false), InlineData(true)]
    public Task A_hundred_connections_with_many_queries_on_the_way_are_all_answered(bool portable) => RunAsync(portable, new() { Listen = [At("127.0.0.1:0")] }, async (network, listener) =>
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            await using var flow = await network.ConnectTcpAsync(listener.Listening[0], default);
            var queries = Enumerable.Range(0, 200).Select(id => Query(id, new string('x', number))).ToArray();
            var writing = Task.Run(async () => await flow.WriteAsync(Frame(queries)));
            Assert.Equal(Enumerable.Range(0, 200), await ReadIdsAsync(flow, 200));
            await writing;
        }));

        Assert.Equal(20_000, listener.Read().Tcp.Answers);
        Assert.True(listener.Read().Tcp.Latency.Counts.Sum() > 0);
    });

    [Theory, InlineData(false), InlineData(true)]
    public Task A_long_transfer_lets_other_queries_pass(bool portable) => RunAsync(portable, new() { Listen = [At("127.0.0.1:0")] }, async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.Listening[0], default);
        await flow.WriteAsync(Frame(Query(1, "transfer 2000 60000")));   // far more than the kernel holds of an unread stream
        Assert.Equal([1, 1], await ReadIdsAsync(flow, 2));
        await flow.WriteAsync(Frame(Query(2)));

        var ids = await ReadIdsAsync(flow, 2_000);

        Assert.InRange(ids.IndexOf(2), 0, 1_998);
        Assert.Equal(1_999, ids.Count(id => id == 1));
    });

    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1", false)]
    [InlineData("0.0.0.0:0", "127.0.0.3", false)]
    [InlineData("[::]:0", "::1", false)]
    [InlineData("0.0.0.0:0", "127.0.0.1", true)]
    public Task A_request_is_answered_later_from_the_address_that_was_asked(string listening, string asked, bool portable) => RunAsync(portable, new() { Listen = [At(listening)] }, async (network, listener) =>
    {
        var to = new IpEndpoint(Address(asked), listener.Listening[0].Port);
        using var socket = network.OpenUdp(new(to.Address.IsIPv6 ? to.Address : default, 0));
        var space = new byte[4096];
        for (var id = 1; id <= 50; id++)
        {
            await socket.SendAsync(Query(id, "answer 500"), to, default);
            Assert.Equal(new ReceivedDatagram(500, to), await socket.ReceiveAsync(space, default));
            Assert.Equal(id, Id(space));
        }

        Assert.Equal(50, listener.Read().Udp.Queries);
        Assert.Equal(50, listener.Read().Requests.Handled);
    });

    [Theory, InlineData(false), InlineData(true)]
    public Task DNS_over_TLS_answers_and_says_its_end(bool portable) => RunAsync(portable, TlsOptions(Certificates.Create("one")), async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
        await using var tls = await HandshakeAsync(flow, "dot");
        Assert.Equal("dot", tls.NegotiatedApplicationProtocol.ToString());
        await tls.WriteAsync(Frame(Query(1), Query(2, "long 65535")));
        Assert.Equal([1, 2], await ReadIdsAsync(tls, 2));
        foreach (var octet in Frame(Query(3)))
            await tls.WriteAsync(new[] { octet });
        Assert.Equal([3], await ReadIdsAsync(tls, 1));

        await tls.ShutdownAsync();   // close_notify; ours follows

        Assert.Null(await ReadMessageAsync(tls));
        Assert.Equal(3, listener.Read().Tls.Answers);
        Assert.All(contexts, context => Assert.Equal(DnsTransport.Tls, context.Transport));
    });

    [Fact]
    public Task An_idle_TLS_connection_is_told_its_end() => RunAsync(portable: false, TlsOptions(Certificates.Create("one")) with { IdleLimit = TimeSpan.FromMilliseconds(100) }, async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
        await using var tls = await HandshakeAsync(flow, "dot");

        Assert.Null(await ReadMessageAsync(tls));
    });

    [Fact]
    public async Task A_new_certificate_serves_at_the_next_handshake()
    {
        var certificate = Certificates.Create("one");
        var options = TlsOptions(certificate) with { Certificate = () => Volatile.Read(ref certificate) };
        await RunAsync(portable: false, options, async (network, listener) =>
        {
            Assert.Equal("CN=one", await SubjectAsync());
            Volatile.Write(ref certificate, Certificates.Create("two"));
            Assert.Equal("CN=two", await SubjectAsync());

            async Task<string?> SubjectAsync()
            {
                await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
                await using var tls = await HandshakeAsync(flow, null);
                return tls.RemoteCertificate?.Subject;
            }
        });
    }

    [Fact]
    public Task A_client_that_wants_another_protocol_is_refused() => RunAsync(portable: false, TlsOptions(Certificates.Create("one")), async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);

        await Assert.ThrowsAnyAsync<Exception>(async () => await (await HandshakeAsync(flow, "h2")).ReadExactlyAsync(new byte[1]));
    });

    [Fact]
    public Task A_client_that_never_shakes_hands_is_ended() => RunAsync(portable: false, TlsOptions(Certificates.Create("one")) with { HandshakeLimit = TimeSpan.FromMilliseconds(100) }, async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
        await flow.WriteAsync(new byte[] { 0x16, 3, 1 });

        Assert.Equal(0, await flow.ReadAsync(new byte[1]));
    });

    [Fact]
    public Task Garbage_instead_of_TLS_harms_nobody() => RunAsync(portable: false, TlsOptions(Certificates.Create("one")), async (network, listener) =>
    {
        await using var flow = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
        await flow.WriteAsync(Frame(Query(1)));
        try
        {
            while (await flow.ReadAsync(new byte[100]) > 0)
            {
                // an alert, perhaps
            }
        }
        catch (NetworkException)
        {
            // or a reset
        }
        await using var second = await network.ConnectTcpAsync(listener.ListeningTls[0], default);
        await using var tls = await HandshakeAsync(second, "dot");
        await tls.WriteAsync(Frame(Query(2)));
        Assert.Equal([2], await ReadIdsAsync(tls, 1));
    });

    [Fact]
    public async Task A_taken_TCP_port_is_one_sentence_and_leaves_nothing_open()
    {
        using var network = new KernelNetwork(new());
        using var holder = network.ListenTcp(At("127.77.0.5:0"), _ => Task.CompletedTask);   // an address where no other test takes the port

        var refusal = Assert.Throws<NetworkException>(() => Open(network, new() { Listen = [At("127.0.0.1:0"), holder.Local] }));

        Assert.StartsWith($"TCP port {holder.Local.Port} on 127.77.0.5 is already taken", refusal.Message, StringComparison.Ordinal);
        using var free = network.ServeUdp(holder.Local, _ => new NoAnswer());
        await Task.CompletedTask;
    }

    private static DnsListenerOptions TlsOptions(SslStreamCertificateContext certificate) => new() { ListenTls = [At("127.0.0.1:0")], Certificate = () => certificate, HandshakeLimit = Patience, IdleLimit = Patience };

    private static async Task<SslStream> HandshakeAsync(TcpFlow flow, string? protocol)
    {
        var tls = new SslStream(flow, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,   // self-signed
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = protocol is null ? null : [new(protocol)],
        });
        return tls;
    }

    private async Task RunAsync(bool portable, DnsListenerOptions options, Func<INetwork, DnsListener, Task> conversation)
    {
        using var network = new KernelNetwork(new() { Portable = portable, Threads = 2 });
        await using (var listener = Open(network, options))
            await conversation(network, listener).WaitAsync(Patience);
        Assert.Empty(faults);
    }

    private DnsListener Open(KernelNetwork network, DnsListenerOptions options) =>
        DnsListener.Open(network, options, _ => new ScriptedAnswerer { Contexts = contexts }, TimeProvider.System, faults.Enqueue, new ScriptedHandler());

    private sealed class NoAnswer : IDatagramHandler
    {
        public void Handle(DatagramBatch batch)
        {
        }

        public bool TryShorten(DatagramBatch batch, int index) => false;
    }
}
