namespace Riad.Dns.Dnssec;

/// <summary>How a zone proves that something is not there.</summary>
internal enum DenialKind
{
    /// <summary>It cannot.</summary>
    None,

    /// <summary>By the names before and after (RFC 4034 §4).</summary>
    Nsec,

    /// <summary>By the hashes of names before and after (RFC 5155).</summary>
    Nsec3,
}
