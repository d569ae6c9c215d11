using Riad.Core;
using Riad.Dns.Server;

namespace Riad.Dns.Io;

/// <summary>A message that is more than a query: NOTIFY, UPDATE, a transfer, or anything that is signed.</summary>
/// <param name="Client">Who sent it.</param>
/// <param name="Local">The address of ours that it was sent to.</param>
/// <param name="Transport">How it came.</param>
/// <param name="Received">When.</param>
/// <param name="Octets">The message: at least a header, and QR is clear. What follows may be anything.</param>
public sealed record DnsRequest(IpEndpoint Client, IpAddress Local, DnsTransport Transport, Now Received, ReadOnlyMemory<byte> Octets)
{
    /// <summary>How long its stream may be idle afterwards, as edns-tcp-keepalive says it (RFC 7828). Zero over UDP.</summary>
    public TimeSpan IdleLimit { get; init; }

    /// <summary>It came over TLS 1.3 or later: what zones over TLS need (RFC 9103 §7.1).</summary>
    public bool HasTls13 { get; init; }
}
