namespace Riad.Dns.Records;

/// <summary>One field of a record's data: enough to validate it on the wire, read and print its text, compress and canonicalise its names.</summary>
public enum RdataField
{
    /// <summary>One octet, written as a decimal number.</summary>
    Number8,

    /// <summary>Two octets, written as a decimal number.</summary>
    Number16,

    /// <summary>Four octets, written as a decimal number.</summary>
    Number32,

    /// <summary>Four octets, seconds, written as a number or with units (1h30m).</summary>
    Period,

    /// <summary>Four octets, written in dotted decimal.</summary>
    IPv4,

    /// <summary>Sixteen octets, written as RFC 4291 says.</summary>
    IPv6,

    /// <summary>A name that may be compressed and is lower-cased in canonical form: the types of RFC 1035 only (RFC 3597 §4).</summary>
    CompressedName,

    /// <summary>A name that is never sent compressed, but understood when it comes so (RFC 3597 §4: RP, AFSDB, NAPTR, SRV); lower-cased in canonical form.</summary>
    ExpandedName,

    /// <summary>A name that is never compressed, but lower-cased in canonical form (RFC 4034 §6.2, RFC 6840 §5.1).</summary>
    FoldedName,

    /// <summary>A name that is never compressed and keeps its case in canonical form.</summary>
    Name,

    /// <summary>A length octet and that many octets, written as a word or in quotes.</summary>
    CharacterString,

    /// <summary>One character string or more, to the end.</summary>
    CharacterStrings,

    /// <summary>Octets to the end, written in quotes; may be none (CAA value).</summary>
    QuotedRest,

    /// <summary>Octets to the end, written in quotes; at least one (URI target).</summary>
    NonEmptyQuotedRest,

    /// <summary>A length octet and a tag of 1 to 255 letters and digits (CAA).</summary>
    Tag,

    /// <summary>Octets to the end, in hexadecimal; at least one.</summary>
    HexRest,

    /// <summary>As <see cref="HexRest"/>; the octet before is a DS digest type, and a known one fixes the length.</summary>
    DelegationDigest,

    /// <summary>As <see cref="HexRest"/>; the octet before is an SSHFP fingerprint type, and a known one fixes the length.</summary>
    KeyFingerprint,

    /// <summary>As <see cref="HexRest"/>; the octet before is a ZONEMD hash algorithm, and a known one fixes the length; at least 12 octets.</summary>
    ZoneDigest,

    /// <summary>Octets to the end, in Base64; at least one.</summary>
    Base64Rest,

    /// <summary>As <see cref="Base64Rest"/>; a lone 0 is read as one zero octet: CDNSKEY's delete form, as RFC 8078 §4 wrote it before erratum 5049.</summary>
    Base64RestOrZero,

    /// <summary>A length octet and a salt in hexadecimal; none is written "-" (RFC 5155 §3.3).</summary>
    Salt,

    /// <summary>A length octet and a hash in Base32 with the extended hex alphabet, no padding (RFC 5155 §3.3).</summary>
    Base32Hash,

    /// <summary>A record type, written by its mnemonic (RRSIG's type covered).</summary>
    TypeCode,

    /// <summary>A certificate type, written by mnemonic or number (RFC 4398 §2.1).</summary>
    CertificateType,

    /// <summary>A DNSSEC algorithm, written by number or mnemonic (RFC 4034 appendix A.1).</summary>
    Algorithm,

    /// <summary>Four octets, written YYYYMMDDHHmmSS or as a number (RFC 4034 §3.2).</summary>
    Time,

    /// <summary>Type bitmap to the end (RFC 4034 §4.1.2), with at least one type.</summary>
    TypeBitmap,

    /// <summary>Type bitmap to the end, possibly empty (NSEC3, CSYNC).</summary>
    OptionalTypeBitmap,

    /// <summary>Six octets, written with hyphens (RFC 7043 §3.2).</summary>
    Eui48,

    /// <summary>Eight octets, written with hyphens (RFC 7043 §4.2).</summary>
    Eui64,

    /// <summary>Service parameters to the end, keys in ascending order (RFC 9460 §2).</summary>
    ServiceParameters,

    /// <summary>The sixteen octets of LOC, version 0 (RFC 1876 §2).</summary>
    Location,

    /// <summary>Any octets to the end, only in the generic form \# (RFC 3597 §5).</summary>
    Opaque,
}
