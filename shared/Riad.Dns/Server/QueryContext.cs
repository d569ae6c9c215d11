using Riad.Core;

namespace Riad.Dns.Server;

/// <summary>Everything about a query that is not in its octets.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Transport">How it came.</param>
/// <param name="Now">When it came, or its batch.</param>
/// <param name="IdleLimit">How long a connection may be idle from now on, as edns-tcp-keepalive says it (RFC 7828). Zero over UDP.</param>
public readonly record struct QueryContext(IpAddress Client, DnsTransport Transport, Now Now, TimeSpan IdleLimit)
{
    /// <summary>Octets to leave free behind the answer, for a signature.</summary>
    public int SetAside { get; init; }
}
