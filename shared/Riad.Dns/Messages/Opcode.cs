namespace Riad.Dns.Messages;

/// <summary>What a message asks for; 4 bits, so that other values occur.</summary>
/// <remarks>Source: IANA, "DNS OpCodes".</remarks>
public enum Opcode
{
    /// <summary>A query. RFC 1035 §4.1.1.</summary>
    Query = 0,

    /// <summary>An inverse query; withdrawn by RFC 3425.</summary>
    InverseQuery = 1,

    /// <summary>Server status; never specified.</summary>
    Status = 2,

    /// <summary>A zone has changed. RFC 1996.</summary>
    Notify = 4,

    /// <summary>A zone shall be changed. RFC 2136.</summary>
    Update = 5,

    /// <summary>Stateful operations. RFC 8490.</summary>
    Stateful = 6,
}
