namespace Riad.Dns.Io;

/// <summary>What one transport has done since its start.</summary>
/// <param name="Queries">Messages that were received.</param>
/// <param name="Answers">Messages that were answered.</param>
/// <param name="Truncated">Answers that had TC set.</param>
/// <param name="Faults">Queries whose answer failed by a fault of ours.</param>
/// <param name="Latency">One batch in sixteen.</param>
public sealed record TransportSnapshot(long Queries, long Answers, long Truncated, long Faults, LatencySnapshot Latency)
{
    /// <summary>Messages that got no answer: not a query, or limited in rate.</summary>
    public long Dropped => Queries - Answers;

    /// <summary>Both together.</summary>
    public static TransportSnapshot operator +(TransportSnapshot left, TransportSnapshot right) => new(
        left.Queries + right.Queries, left.Answers + right.Answers, left.Truncated + right.Truncated, left.Faults + right.Faults, left.Latency + right.Latency);
}

/// <summary>Streams since the start, and now.</summary>
/// <param name="Open">Open now.</param>
/// <param name="Accepted">Ever accepted and served.</param>
/// <param name="Refused">Closed at once because there were too many, in all or from one network.</param>
/// <param name="Expired">Closed by us: idle, too slow to take their answers, or too slow to shake hands.</param>
public sealed record ConnectionSnapshot(int Open, long Accepted, long Refused, long Expired);

/// <summary>Everything that a <see cref="DnsListener"/> counts.</summary>
/// <param name="Udp">Datagrams.</param>
/// <param name="Tcp">Streams in the clear.</param>
/// <param name="Tls">Streams inside TLS.</param>
/// <param name="Connections">Streams of both kinds.</param>
/// <param name="Requests">What was more than a query.</param>
public sealed record DnsSnapshot(TransportSnapshot Udp, TransportSnapshot Tcp, TransportSnapshot Tls, ConnectionSnapshot Connections, RequestSnapshot Requests);
