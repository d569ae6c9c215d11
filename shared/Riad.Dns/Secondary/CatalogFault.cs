namespace Riad.Dns.Secondary;

/// <summary>Why a catalog zone cannot be followed; what it said before stays in force.</summary>
/// <remarks>Source: RFC 9432 §5.1.</remarks>
public enum CatalogFault
{
    /// <summary>There is no version property, or more than one.</summary>
    VersionMissing,

    /// <summary>The version is not 2.</summary>
    VersionUnknown,

    /// <summary>An entry holds more than one PTR record.</summary>
    EntryAmbiguous,

    /// <summary>Two entries list the same zone.</summary>
    ZoneTwice,

    /// <summary>More zones than we take.</summary>
    TooMany,
}
