namespace Riad.Dns.Zones.Checks;

/// <summary>What a zone knows of the name that a record points to.</summary>
internal enum Target
{
    /// <summary>It lies outside of the zone, or below a delegation: not ours to say.</summary>
    Elsewhere,

    /// <summary>It has an address, perhaps by a wildcard.</summary>
    HasAddress,

    /// <summary>It is a CNAME, or below a DNAME.</summary>
    Alias,

    /// <summary>It does not exist, or has no address.</summary>
    Missing,

    /// <summary>It lies below a delegation, and no address of it stands here.</summary>
    DelegatedWithoutAddress,
}
