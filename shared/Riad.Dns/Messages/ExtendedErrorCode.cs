namespace Riad.Dns.Messages;

/// <summary>Why an answer is as it is; 16 bits, so that other values occur.</summary>
/// <remarks>Source: RFC 8914 §4; IANA, "Extended DNS Error Codes".</remarks>
public enum ExtendedErrorCode
{
    /// <summary>Something else; see the text.</summary>
    Other = 0,

    /// <summary>The DNSKEYs have no algorithm that the validator knows.</summary>
    UnsupportedDnskeyAlgorithm = 1,

    /// <summary>The DSs have no digest type that the validator knows.</summary>
    UnsupportedDsDigestType = 2,

    /// <summary>The answer is past its TTL.</summary>
    StaleAnswer = 3,

    /// <summary>The answer was made up, by policy.</summary>
    ForgedAnswer = 4,

    /// <summary>Validation came to no end.</summary>
    DnssecIndeterminate = 5,

    /// <summary>Validation failed.</summary>
    DnssecBogus = 6,

    /// <summary>A signature has expired.</summary>
    SignatureExpired = 7,

    /// <summary>A signature is not valid yet.</summary>
    SignatureNotYetValid = 8,

    /// <summary>No DNSKEY matches the DS.</summary>
    DnskeyMissing = 9,

    /// <summary>Signatures are missing.</summary>
    RrsigsMissing = 10,

    /// <summary>No key is a zone key.</summary>
    NoZoneKeyBitSet = 11,

    /// <summary>Proof that there is nothing is missing.</summary>
    NsecMissing = 12,

    /// <summary>An error from the cache.</summary>
    CachedError = 13,

    /// <summary>The server is not ready: a zone is ours, and was never good.</summary>
    NotReady = 14,

    /// <summary>Blocked by the operator.</summary>
    Blocked = 15,

    /// <summary>Blocked on somebody else's demand.</summary>
    Censored = 16,

    /// <summary>Blocked as the client asked for.</summary>
    Filtered = 17,

    /// <summary>The client may not ask.</summary>
    Prohibited = 18,

    /// <summary>The answer is past its TTL, and says that there is no name.</summary>
    StaleNxDomainAnswer = 19,

    /// <summary>The zone is not served here.</summary>
    NotAuthoritative = 20,

    /// <summary>The operation is not supported.</summary>
    NotSupported = 21,

    /// <summary>No server of the zone could be reached.</summary>
    NoReachableAuthority = 22,

    /// <summary>The network failed.</summary>
    NetworkError = 23,

    /// <summary>The zone's data is broken or out of date.</summary>
    InvalidData = 24,

    /// <summary>A signature expired before it became valid.</summary>
    SignatureExpiredBeforeValid = 25,

    /// <summary>The query came too early in TLS. RFC 9250.</summary>
    TooEarly = 26,

    /// <summary>An NSEC3 asks for too many iterations. RFC 9276.</summary>
    UnsupportedNsec3IterationsValue = 27,

    /// <summary>The answer does not follow a policy.</summary>
    UnableToConformToPolicy = 28,

    /// <summary>The answer was synthesised.</summary>
    Synthesized = 29,

    /// <summary>The query type is not valid.</summary>
    InvalidQueryType = 30,
}
