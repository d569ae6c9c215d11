namespace Riad.Dns.Server.Access;

/// <summary>What a key may be for, from little to much.</summary>
public enum AccessOperation
{
    /// <summary>To say that a zone has changed. RFC 1996.</summary>
    Notify,

    /// <summary>To fetch a zone. RFC 5936, RFC 1995.</summary>
    Transfer,

    /// <summary>To change a zone. RFC 2136.</summary>
    Update,
}
