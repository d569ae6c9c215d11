using System.Collections.Immutable;
using System.Net.Security;
using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>Where a <see cref="DnsListener"/> listens, and what it grants.</summary>
public sealed record DnsListenerOptions
{
    /// <summary>Where to answer over UDP and TCP. With port 0 both get the same port.</summary>
    public ImmutableArray<IpEndpoint> Listen { get; init; } = [];

    /// <summary>Where to answer over TLS; needs a <see cref="Certificate"/>.</summary>
    public ImmutableArray<IpEndpoint> ListenTls { get; init; } = [];

    /// <summary>Asked for at each handshake, so that a new certificate serves at once.</summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>Streams open at once. When all are taken, the one that is idle longest makes room.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Streams open at once from one IPv4 address or IPv6 /64.</summary>
    public int MaxConnectionsPerNetwork { get; init; } = 256;

    /// <summary>Requests handled at once. Beyond it datagrams are dropped and streams wait.</summary>
    public int MaxRequests { get; init; } = 1024;

    /// <summary>Requests handled at once from one IPv4 address or IPv6 /64.</summary>
    public int MaxRequestsPerNetwork { get; init; } = 256;

    /// <summary>How long a stream may be without a query. Octets that are not yet a whole query do not count.</summary>
    /// <remarks>Source: RFC 7766 §6.2.3; RFC 7828 tells it to clients that ask.</remarks>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same while more than three quarters of <see cref="MaxConnections"/> are open.</summary>
    public TimeSpan IdleLimitUnderPressure { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a client may take to accept the answers that were written at once (at most 128 KiB).</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a TLS handshake may take.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for requests that are being handled and answers that are being written.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);
}
