namespace Riad.ZoneRepository.Files;

/// <summary>What is wrong with an entry of the root folder by its name or kind.</summary>
public enum ZoneTreeFault
{
    /// <summary>X.zone, where X is not a domain name.</summary>
    NotADomainName,

    /// <summary>X.zone, where X is the name of a key file.</summary>
    KeyFileAsZone,

    /// <summary>X.zone, or a name that was served before, that is a symbolic link or a submodule.</summary>
    NotAFile,

    /// <summary>Another file is the same zone.</summary>
    TwoFiles,

    /// <summary>The object is not in the store, or is no blob.</summary>
    Missing,

    /// <summary>Larger than a zone file may be.</summary>
    TooLarge,
}
