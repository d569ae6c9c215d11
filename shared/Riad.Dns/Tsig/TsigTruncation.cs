namespace Riad.Dns.Tsig;

/// <summary>Which cut-off MACs a server takes.</summary>
/// <remarks>Source: RFC 8945 §5.2.2.1 and §5.2.4.</remarks>
public enum TsigTruncation
{
    /// <summary>Not below half of the MAC, nor below ten octets.</summary>
    AsTheStandardAllows,

    /// <summary>None: every MAC is whole.</summary>
    Refused,
}
