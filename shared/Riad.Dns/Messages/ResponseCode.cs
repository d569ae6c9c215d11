namespace Riad.Dns.Messages;

/// <summary>How a request went. Up to 15 it fits the header; up to 4095 EDNS carries the upper eight bits.</summary>
/// <remarks>Source: IANA, "DNS RCODEs"; RFC 6895 §2.3.</remarks>
public enum ResponseCode
{
    /// <summary>NOERROR: no error. RFC 1035.</summary>
    NoError = 0,

    /// <summary>FORMERR: the request could not be read. RFC 1035.</summary>
    FormatError = 1,

    /// <summary>SERVFAIL: the server could not do it. RFC 1035.</summary>
    ServerFailure = 2,

    /// <summary>NXDOMAIN: the name does not exist. RFC 1035.</summary>
    NameError = 3,

    /// <summary>NOTIMP: the server cannot do such things. RFC 1035.</summary>
    NotImplemented = 4,

    /// <summary>REFUSED: the server will not do it. RFC 1035.</summary>
    Refused = 5,

    /// <summary>YXDOMAIN: the name exists and should not; also a DNAME makes a name too long. RFC 2136, RFC 6672.</summary>
    NameExists = 6,

    /// <summary>YXRRSET: the set exists and should not. RFC 2136.</summary>
    SetExists = 7,

    /// <summary>NXRRSET: the set should exist and does not. RFC 2136.</summary>
    SetMissing = 8,

    /// <summary>NOTAUTH: not authoritative, or not authorised. RFC 2136, RFC 8945.</summary>
    NotAuthoritative = 9,

    /// <summary>NOTZONE: a name lies outside of the zone. RFC 2136.</summary>
    NotZone = 10,

    /// <summary>BADVERS: an EDNS version that is not known; in TSIG, BADSIG: a wrong signature. RFC 6891, RFC 8945.</summary>
    BadVersion = 16,

    /// <summary>BADKEY. RFC 8945.</summary>
    BadKey = 17,

    /// <summary>BADTIME. RFC 8945.</summary>
    BadTime = 18,

    /// <summary>BADMODE. RFC 2930.</summary>
    BadMode = 19,

    /// <summary>BADNAME. RFC 2930.</summary>
    BadName = 20,

    /// <summary>BADALG. RFC 2930.</summary>
    BadAlgorithm = 21,

    /// <summary>BADTRUNC. RFC 8945.</summary>
    BadTruncation = 22,

    /// <summary>BADCOOKIE: the server cookie is missing or wrong. RFC 7873.</summary>
    BadCookie = 23,
}
