namespace Riad.ZoneRepository.Files;

/// <summary>Why an entry of the root folder is left alone.</summary>
public enum IgnoredReason
{
    /// <summary>A folder: its files serve only for $INCLUDE.</summary>
    Folder,

    /// <summary>A symbolic link: never followed.</summary>
    SymbolicLink,

    /// <summary>A submodule: never followed.</summary>
    Submodule,

    /// <summary>Its name begins with a dot.</summary>
    DotFile,

    /// <summary>Its name is one that people give to documents, such as README.md.</summary>
    Document,

    /// <summary>Its name is not a domain name.</summary>
    NotADomainName,

    /// <summary>It holds no SOA record, and was never served.</summary>
    NoSoaRecord,

    /// <summary>It holds octets that no text has.</summary>
    NotText,
}

/// <summary>The words for <see cref="IgnoredReason"/>.</summary>
public static class IgnoredReasons
{
    /// <summary>A few words that follow "ignored: ".</summary>
    public static string Describe(this IgnoredReason reason) => reason switch
    {
        IgnoredReason.Folder => "a folder",
        IgnoredReason.SymbolicLink => "a symbolic link",
        IgnoredReason.Submodule => "a submodule",
        IgnoredReason.DotFile => "a name that begins with a dot",
        IgnoredReason.Document => "a document by its name",
        IgnoredReason.NotADomainName => "its name is not a domain name",
        IgnoredReason.NoSoaRecord => "no SOA record",
        IgnoredReason.NotText => "not a text file",
    };
}
