namespace Riad.Dns.Messages;

/// <summary>The number of an EDNS option; 16 bits, so that other values occur.</summary>
/// <remarks>Source: IANA, "DNS EDNS0 Option Codes (OPT)".</remarks>
public enum EdnsOptionCode
{
    /// <summary>0: reserved.</summary>
    None = 0,

    /// <summary>Which server answered. RFC 5001.</summary>
    Nsid = 3,

    /// <summary>The network of the client. RFC 7871.</summary>
    ClientSubnet = 8,

    /// <summary>How long a zone may still be served without its primary. RFC 7314.</summary>
    Expire = 9,

    /// <summary>A cookie. RFC 7873.</summary>
    Cookie = 10,

    /// <summary>How long a TCP connection may stay idle. RFC 7828.</summary>
    TcpKeepalive = 11,

    /// <summary>Octets that hide the length. RFC 7830.</summary>
    Padding = 12,

    /// <summary>Why it went wrong. RFC 8914.</summary>
    ExtendedError = 15,
}
