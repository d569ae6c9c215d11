namespace Riad.Dns.Records;

/// <summary>The number of a service parameter.</summary>
/// <remarks>Source: IANA, "DNS SVCB Service Parameter Keys (SvcParamKeys)". Other numbers are keys without a name.</remarks>
public enum ServiceKey
{
    /// <summary>Keys that a client must understand. RFC 9460 §8.</summary>
    Mandatory = 0,

    /// <summary>Further protocols. RFC 9460 §7.1.</summary>
    Alpn = 1,

    /// <summary>The scheme's own protocol is not offered. RFC 9460 §7.1.</summary>
    NoDefaultAlpn = 2,

    /// <summary>Another port. RFC 9460 §7.2.</summary>
    Port = 3,

    /// <summary>IPv4 addresses to try at once. RFC 9460 §7.3.</summary>
    IPv4Hint = 4,

    /// <summary>Encrypted ClientHello configurations. RFC 9848.</summary>
    Ech = 5,

    /// <summary>IPv6 addresses to try at once. RFC 9460 §7.3.</summary>
    IPv6Hint = 6,

    /// <summary>The path of DNS over HTTPS. RFC 9461 §5.</summary>
    DohPath = 7,

    /// <summary>An oblivious gateway is offered. RFC 9540 §4.</summary>
    Ohttp = 8,

    /// <summary>Reserved: never a key. RFC 9460 §14.3.2.</summary>
    Invalid = 65535,
}
