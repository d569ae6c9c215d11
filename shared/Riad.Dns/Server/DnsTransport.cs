namespace Riad.Dns.Server;

/// <summary>How a query came.</summary>
public enum DnsTransport
{
    /// <summary>A datagram. RFC 1035 §4.2.1.</summary>
    Udp,

    /// <summary>A TCP connection. RFC 7766.</summary>
    Tcp,

    /// <summary>A TLS connection. RFC 7858.</summary>
    Tls,
}
