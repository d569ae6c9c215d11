namespace Riad.Net.Dhcp6;

/// <summary>The numbers of the options that we read or write.</summary>
/// <remarks>Source: RFC 8415 §21; RFC 3646 for names; RFC 5908 for time.</remarks>
public static class Dhcp6OptionCode
{
    /// <summary>Who the client is.</summary>
    public const ushort ClientIdentifier = 1;

    /// <summary>Who the server is.</summary>
    public const ushort ServerIdentifier = 2;

    /// <summary>An association of addresses: number, T1, T2, options.</summary>
    public const ushort Association = 3;

    /// <summary>An address inside an association: address, preferred and valid lifetime, options.</summary>
    public const ushort Address = 5;

    /// <summary>The codes of the options that a client wants.</summary>
    public const ushort OptionRequest = 6;

    /// <summary>One octet: the highest of several servers is taken.</summary>
    public const ushort Preference = 7;

    /// <summary>Hundredths of a second since the client began.</summary>
    public const ushort ElapsedTime = 8;

    /// <summary>What became of it: a number, then a text.</summary>
    public const ushort StatusCode = 13;

    /// <summary>Addresses of resolvers, the preferred first.</summary>
    public const ushort NameServers = 23;

    /// <summary>What a resolver adds to short names: names as DNS writes them.</summary>
    public const ushort DomainSearch = 24;

    /// <summary>Seconds until what is no address has to be asked for again.</summary>
    public const ushort InformationRefreshTime = 32;
}
