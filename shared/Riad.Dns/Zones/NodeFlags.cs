namespace Riad.Dns.Zones;

/// <summary>What the answering algorithm must know of a name before it looks at records. The lower eight bits are stored.</summary>
[Flags]
internal enum NodeFlags : ushort
{
    /// <summary>An ordinary name.</summary>
    None = 0,

    /// <summary>The zone's own name.</summary>
    Apex = 1,

    /// <summary>Holds NS records and is not the apex: authority ends here.</summary>
    Cut = 2,

    /// <summary>Lies below a cut or a DNAME, or is a hash that only NSEC3 records stand at: stored for transfers, glue and proofs, never an answer.</summary>
    Occluded = 4,

    /// <summary>The name "*" directly below this one exists.</summary>
    HasWildcard = 8,

    /// <summary>Holds a CNAME.</summary>
    Alias = 16,

    /// <summary>Holds a DNAME.</summary>
    Redirection = 32,

    /// <summary>Is itself a wildcard: its records are also the answer to other names.</summary>
    Wildcard = 64,

    /// <summary>A cut with name servers in this zone that are not below it: their addresses, if there are any, are not in the prepared referral.</summary>
    MoreGlue = 128,

    /// <summary>While a zone is built: holds NSEC3 records.</summary>
    Hashed = 256,
}

/// <summary>Asks for flags without the boxes that HasFlag makes before the code is optimised.</summary>
internal static class NodeFlagsTest
{
    /// <summary>True when a flag is set.</summary>
    public static bool Has(this NodeFlags flags, NodeFlags flag) => (flags & flag) != NodeFlags.None;
}
