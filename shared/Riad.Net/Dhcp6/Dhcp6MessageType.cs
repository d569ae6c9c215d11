namespace Riad.Net.Dhcp6;

/// <summary>What a DHCPv6 message says.</summary>
/// <remarks>Source: RFC 8415 §7.3. Other numbers are read as they are and mean nothing to a client.</remarks>
public enum Dhcp6MessageType : byte
{
    /// <summary>No message has this number.</summary>
    None = 0,

    /// <summary>A client looks for servers.</summary>
    Solicit = 1,

    /// <summary>A server offers.</summary>
    Advertise = 2,

    /// <summary>A client asks one server for what it offered.</summary>
    Request = 3,

    /// <summary>A client asks whether its address belongs to the link that it is on.</summary>
    Confirm = 4,

    /// <summary>A client asks its server for more time.</summary>
    Renew = 5,

    /// <summary>A client asks every server for more time.</summary>
    Rebind = 6,

    /// <summary>A server grants, or says why not.</summary>
    Reply = 7,

    /// <summary>A client gives the address back.</summary>
    Release = 8,

    /// <summary>A client found the address in use.</summary>
    Decline = 9,

    /// <summary>A client asks for everything but an address.</summary>
    InformationRequest = 11,
}
