using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>Carries queries to answerers and answers back, over UDP, TCP and TLS. Decides nothing about their content.</summary>
public sealed class DnsListener : IAsyncDisposable
{
    private const int PortAttempts = 20;

    private readonly DnsListenerOptions options;
    private readonly ServerClock clock;
    private readonly AnswererPool streamAnswerers;
    private readonly RequestDesk? requests;
    private readonly Func<DnsTransport, IAnswerer> createAnswerer;
    private readonly Action<Exception> report;
    private readonly ConnectionTable connections;
    private readonly List<IUdpServer> datagrams = [];
    private readonly List<ITcpListener> streams = [];
    private readonly List<ITcpListener> tlsStreams = [];
    private readonly TransportCounters tcp = new();
    private readonly TransportCounters tls = new();
    private ImmutableArray<TransportCounters> udp = [];

    private DnsListener(
        DnsListenerOptions options, Func<DnsTransport, IAnswerer> createAnswerer, TimeProvider time, Action<Exception> report, IRequestHandler? handler)
    {
        (this.options, this.createAnswerer, this.report) = (options, createAnswerer, report);
        clock = new(time);
        streamAnswerers = new(() => createAnswerer(DnsTransport.Tcp));
        requests = handler is null ? null : new(handler, options, report);
        connections = new(options, clock);
    }

    /// <summary>Where it answers over UDP and TCP, with the ports that the system chose.</summary>
    public ImmutableArray<IpEndpoint> Listening => [.. datagrams.Select(server => server.Local)];

    /// <summary>Where it answers over TLS.</summary>
    public ImmutableArray<IpEndpoint> ListeningTls => [.. tlsStreams.Select(listener => listener.Local)];

    /// <summary>Opens everything, or nothing.</summary>
    /// <param name="network">The host's, or one in memory.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="createAnswerer">Called with Udp for each thread of datagrams, and with Tcp for streams of both kinds, as many as answer at once.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="report">Told about faults of ours; the query that met one stays unanswered. Called from any thread.</param>
    /// <param name="handler">Answers what <paramref name="createAnswerer"/>'s answerers hand on; null when they hand on nothing.</param>
    /// <exception cref="NetworkException">A port is taken, or the like: one sentence for the operator.</exception>
    public static DnsListener Open(
        INetwork network, DnsListenerOptions options, Func<DnsTransport, IAnswerer> createAnswerer, TimeProvider time, Action<Exception> report,
        IRequestHandler? handler = null)
    {
        if (!options.ListenTls.IsEmpty && options.Certificate is null)
            throw new ArgumentException("TLS needs a certificate", nameof(options));
        var listener = new DnsListener(options, createAnswerer, time, report, handler);
        try
        {
            foreach (var local in options.Listen)
                listener.OpenBoth(network, local);
            foreach (var local in options.ListenTls)
                listener.tlsStreams.Add(network.ListenTcp(local, flow => listener.ServeAsync(flow, DnsTransport.Tls)));
            return listener;
        }
        catch
        {
            listener.Close();
            listener.requests?.Dispose();
            throw;
        }
    }

    /// <summary>What was done until now. Cheap; from any thread.</summary>
    public DnsSnapshot Read() => new(
        udp.Aggregate(new TransportCounters().Read(), (sum, counters) => sum + counters.Read()), tcp.Read(), tls.Read(), connections.Read(),
        requests?.Read() ?? RequestSnapshot.None);

    /// <summary>Accepts nothing new, lets what is being handled and written go out, and closes every stream.</summary>
    public async ValueTask DisposeAsync()
    {
        streams.ForEach(listener => listener.Dispose());
        tlsStreams.ForEach(listener => listener.Dispose());
        if (requests is not null)
            await requests.FinishDatagramsAsync(clock.Time);
        Close();
        await connections.EndAllAsync();
        requests?.Dispose();
    }

    private void Close()
    {
        streams.ForEach(listener => listener.Dispose());
        tlsStreams.ForEach(listener => listener.Dispose());
        datagrams.ForEach(server => server.Dispose());
        connections.StopSweeping();
    }

    /// <summary>UDP and TCP on one port. When the system chose a UDP port whose TCP twin is taken, it chooses again.</summary>
    private void OpenBoth(INetwork network, IpEndpoint local)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = network.ServeUdp(local, _ => CreateHandler());
            try
            {
                streams.Add(network.ListenTcp(server.Local, flow => ServeAsync(flow, DnsTransport.Tcp)));
                datagrams.Add(server);
                return;
            }
            catch (NetworkException exception)
            {
                server.Dispose();
                if (exception.Fault is not NetworkFault.PortTaken || local.Port != 0 || attempt == PortAttempts)
                    throw;
            }
        }
    }

    private DatagramAnswerer CreateHandler()
    {
        var counters = new TransportCounters();
        ImmutableInterlocked.Update(ref udp, (all, one) => all.Add(one), counters);
        return new(createAnswerer(DnsTransport.Udp), requests, clock, counters, report);
    }

    private async Task ServeAsync(TcpFlow flow, DnsTransport transport)
    {
        var connection = new StreamConnection(
            flow, transport, options, connections, streamAnswerers, requests, clock, transport is DnsTransport.Tls ? tls : tcp, report);
        if (!connections.TryAdd(connection))
            return;
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            connections.Remove(connection);
        }
    }
}
