namespace Riad.Dns.Records;

/// <summary>Why text is not the data of a record. Most faults are named after what should have stood there.</summary>
public enum RdataFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>A number of 0 to 255 is expected.</summary>
    Number8,

    /// <summary>A number of 0 to 65535 is expected.</summary>
    Number16,

    /// <summary>A number of 0 to 4294967295 is expected.</summary>
    Number32,

    /// <summary>Seconds, or a number with units, is expected.</summary>
    Period,

    /// <summary>An IPv4 address is expected.</summary>
    IPv4,

    /// <summary>An IPv6 address is expected.</summary>
    IPv6,

    /// <summary>A domain name is expected; <see cref="RdataError.Name"/> says more.</summary>
    Name,

    /// <summary>A text string is expected.</summary>
    Text,

    /// <summary>A text string is longer than 255 octets.</summary>
    TextTooLong,

    /// <summary>A backslash is followed by nothing, or by a number that is not three digits of at most 255.</summary>
    BadEscape,

    /// <summary>A tag of letters and digits is expected.</summary>
    Tag,

    /// <summary>Hexadecimal digits are expected.</summary>
    Hex,

    /// <summary>The number of hexadecimal digits is odd.</summary>
    OddHex,

    /// <summary>The digest is not as long as its type says.</summary>
    DigestLength,

    /// <summary>Base64 is expected.</summary>
    Base64,

    /// <summary>A salt in hexadecimal, or "-", is expected.</summary>
    Salt,

    /// <summary>A hash in Base32 with the extended hex alphabet is expected.</summary>
    Base32,

    /// <summary>A record type is expected.</summary>
    TypeCode,

    /// <summary>A certificate type is expected.</summary>
    CertificateType,

    /// <summary>A DNSSEC algorithm is expected.</summary>
    Algorithm,

    /// <summary>A time is expected.</summary>
    Time,

    /// <summary>Six octets with hyphens are expected.</summary>
    Eui48,

    /// <summary>Eight octets with hyphens are expected.</summary>
    Eui64,

    /// <summary>A latitude is expected.</summary>
    Latitude,

    /// <summary>A longitude is expected.</summary>
    Longitude,

    /// <summary>An altitude in metres is expected.</summary>
    Altitude,

    /// <summary>A size or precision in metres is expected.</summary>
    Distance,

    /// <summary>A service parameter is expected: a known key or keyNNNNN.</summary>
    ParameterKey,

    /// <summary>A service parameter stands twice.</summary>
    ParameterTwice,

    /// <summary>A service parameter that takes no value has one.</summary>
    ParameterWithValue,

    /// <summary>Service parameters stand in alias mode (priority 0).</summary>
    ParameterOfAlias,

    /// <summary>The value of mandatory is not a list of other keys, each once.</summary>
    Mandatory,

    /// <summary>A key that mandatory lists is absent.</summary>
    MandatoryAbsent,

    /// <summary>The value of alpn is not a list of protocol names.</summary>
    Alpn,

    /// <summary>no-default-alpn stands without alpn.</summary>
    AlpnAbsent,

    /// <summary>The value of port is not a port.</summary>
    Port,

    /// <summary>The value of ipv4hint is not a list of IPv4 addresses.</summary>
    IPv4Hint,

    /// <summary>The value of ipv6hint is not a list of IPv6 addresses.</summary>
    IPv6Hint,

    /// <summary>The value of ech is not Base64.</summary>
    Ech,

    /// <summary>The value of dohpath is not a URI template with the variable dns.</summary>
    DohPath,

    /// <summary>The type is unlisted, so that only the generic form can be read.</summary>
    GenericOnly,

    /// <summary>The generic form's length is not a number.</summary>
    GenericLength,

    /// <summary>The generic form has more or fewer octets than its length says.</summary>
    GenericCount,

    /// <summary>The generic form's octets are not data of this type.</summary>
    GenericMalformed,

    /// <summary>The data goes on after its last field.</summary>
    Extra,

    /// <summary>The data is longer than 65535 octets.</summary>
    TooLong,
}
