namespace Riad.Net.Dhcp;

/// <summary>The numbers of the options that we read or write.</summary>
/// <remarks>Source: RFC 2132; RFC 3442.</remarks>
public static class DhcpOptionCode
{
    /// <summary>One octet of padding, without a length.</summary>
    public const byte Pad = 0;

    /// <summary>Four octets: which bits of the address are the network.</summary>
    public const byte SubnetMask = 1;

    /// <summary>Addresses of routers, the preferred first.</summary>
    public const byte Router = 3;

    /// <summary>Addresses of resolvers, the preferred first.</summary>
    public const byte DomainNameServer = 6;

    /// <summary>The name that the network gives the host.</summary>
    public const byte HostName = 12;

    /// <summary>What a resolver adds to short names.</summary>
    public const byte DomainName = 15;

    /// <summary>Two octets: the largest packet of the interface.</summary>
    public const byte InterfaceMtu = 26;

    /// <summary>Addresses of NTP servers, the preferred first.</summary>
    public const byte NetworkTimeServers = 42;

    /// <summary>The address that a client asks for.</summary>
    public const byte RequestedAddress = 50;

    /// <summary>Four octets: seconds; all ones mean for ever.</summary>
    public const byte LeaseTime = 51;

    /// <summary>One octet: which of the fields <c>file</c> (1) and <c>sname</c> (2) hold options too.</summary>
    public const byte Overload = 52;

    /// <summary>One octet: a <see cref="DhcpMessageType"/>.</summary>
    public const byte MessageType = 53;

    /// <summary>The address by which a server is meant.</summary>
    public const byte ServerIdentifier = 54;

    /// <summary>The codes of the options that a client wants.</summary>
    public const byte ParameterRequestList = 55;

    /// <summary>Four octets: seconds until the client asks its server again (T1).</summary>
    public const byte RenewalTime = 58;

    /// <summary>Four octets: seconds until the client asks every server (T2).</summary>
    public const byte RebindingTime = 59;

    /// <summary>What the client is called; here the hardware type and address.</summary>
    public const byte ClientIdentifier = 61;

    /// <summary>Ways by prefix, which hold in place of <see cref="Router"/>; see <see cref="DhcpRoute"/>.</summary>
    public const byte ClasslessRoutes = 121;

    /// <summary>The end of the options, without a length.</summary>
    public const byte End = 255;
}
