namespace Riad.Net.Dhcp;

/// <summary>What a DHCP message says.</summary>
/// <remarks>Source: RFC 2132 §9.6. Other numbers are read as they are and mean nothing to us.</remarks>
public enum DhcpMessageType : byte
{
    /// <summary>The option is missing: BOOTP.</summary>
    None = 0,

    /// <summary>A client looks for servers.</summary>
    Discover = 1,

    /// <summary>A server offers an address.</summary>
    Offer = 2,

    /// <summary>A client asks for an address, or for more time with it.</summary>
    Request = 3,

    /// <summary>A client found the address in use.</summary>
    Decline = 4,

    /// <summary>A server grants it.</summary>
    Acknowledge = 5,

    /// <summary>A server refuses it.</summary>
    Refuse = 6,

    /// <summary>A client gives the address back.</summary>
    Release = 7,
}
