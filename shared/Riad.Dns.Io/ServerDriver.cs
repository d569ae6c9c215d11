using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>Serves an <see cref="Authority"/> over UDP, TCP and TLS. Decides nothing.</summary>
public sealed class ServerDriver : IAsyncDisposable
{
    private readonly Func<RateLimiter?> createLimiter;
    private Authority authority;
    private ImmutableArray<AnswerCounters> counters = [];
    private readonly bool handsOnRequests;
    private DnsListener? listener;

    private ServerDriver(Authority authority, Func<RateLimiter?> createLimiter, bool handsOnRequests)
    {
        (this.authority, this.createLimiter) = (authority, createLimiter);
        this.handsOnRequests = handsOnRequests;
    }

    /// <summary>What is served. A new one is seen by every batch that begins afterwards; a batch is answered from one alone.</summary>
    public Authority Authority
    {
        get => Volatile.Read(ref authority);
        set => Volatile.Write(ref authority, value);
    }

    /// <summary>Where it answers over UDP and TCP, with the ports that the system chose.</summary>
    public ImmutableArray<IpEndpoint> Listening => listener!.Listening;

    /// <summary>Where it answers over TLS.</summary>
    public ImmutableArray<IpEndpoint> ListeningTls => listener!.ListeningTls;

    /// <summary>What was answered, one for each thread of datagrams, and as many for streams as ever answered at once.</summary>
    public ImmutableArray<AnswerCounters> Answers => counters;

    /// <summary>Begins to serve: everything that <paramref name="options"/> name, or nothing.</summary>
    /// <param name="network">The host's, or one in memory.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="authority">What to serve first.</param>
    /// <param name="createLimiter">Called once for each thread that answers datagrams; null limits nothing.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="report">Told about faults of ours. Called from any thread.</param>
    /// <param name="requests">Answers what is more than a query; null: queries alone are answered, and the rest is refused.</param>
    /// <exception cref="NetworkException">A port is taken, or the like: one sentence for the operator.</exception>
    public static ServerDriver Open(
        INetwork network, DnsListenerOptions options, Authority authority, Func<RateLimiter?> createLimiter, TimeProvider time, Action<Exception> report,
        IRequestHandler? requests = null)
    {
        var driver = new ServerDriver(authority, createLimiter, handsOnRequests: requests is not null);
        driver.listener = DnsListener.Open(network, options, driver.CreateAnswerer, time, report, requests);
        return driver;
    }

    /// <summary>What the transports have done until now. Cheap; from any thread.</summary>
    public DnsSnapshot Read() => listener!.Read();

    /// <summary>Stops as <see cref="DnsListener.DisposeAsync"/> does.</summary>
    public ValueTask DisposeAsync() => listener!.DisposeAsync();

    private AuthorityAnswerer CreateAnswerer(DnsTransport transport)
    {
        var state = new AnswerState(transport is DnsTransport.Udp ? createLimiter() : null) { HandsOnRequests = handsOnRequests };
        ImmutableInterlocked.Update(ref counters, (all, one) => all.Add(one), state.Counters);
        return new(this, state);
    }
}
