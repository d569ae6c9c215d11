namespace Riad.Dns.Tsig;

/// <summary>What a TSIG record says went wrong; 16 bits, so that other values occur.</summary>
/// <remarks>Source: RFC 8945 §3; IANA, "DNS RCODEs".</remarks>
public enum TsigError
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>BADSIG: the MAC is not the one that this key makes.</summary>
    BadSignature = 16,

    /// <summary>BADKEY: the key, or the algorithm with this key, is not known.</summary>
    BadKey = 17,

    /// <summary>BADTIME: the two clocks differ by more than the fudge allows.</summary>
    BadTime = 18,

    /// <summary>BADTRUNC: the MAC is cut shorter than the server takes.</summary>
    BadTruncation = 22,
}
