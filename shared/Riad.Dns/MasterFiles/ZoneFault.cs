namespace Riad.Dns.MasterFiles;

/// <summary>Everything that can be wrong with a zone. The manual's page on zone checks has a line for each.</summary>
public enum ZoneFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Quotes are not closed on their line.</summary>
    QuoteOpen,

    /// <summary>A parenthesis is not closed before the end of the file.</summary>
    ParenthesisOpen,

    /// <summary>A closing parenthesis has no opening one.</summary>
    ParenthesisUnopened,

    /// <summary>A control character stands outside of quotes and comments.</summary>
    ControlOctet,

    /// <summary>A record has more words than any data needs: an open parenthesis must not fill the memory.</summary>
    TooManyWords,

    /// <summary>The file is longer than 512 MiB, its included files counted.</summary>
    TooLarge,

    /// <summary>An owner, TTL, class, type or directive's word stands in quotes.</summary>
    QuotesHere,

    /// <summary>A line begins with a blank, and no record before it has an owner.</summary>
    OwnerMissing,

    /// <summary>A name cannot be read.</summary>
    NameMalformed,

    /// <summary>A name is longer than 255 octets, or a label longer than 63.</summary>
    NameTooLong,

    /// <summary>A name is not ASCII.</summary>
    NameNotAscii,

    /// <summary>A word where a TTL stands is none.</summary>
    TtlMalformed,

    /// <summary>A TTL is over 2³¹−1 seconds.</summary>
    TtlTooLarge,

    /// <summary>A record has no TTL, and there is none to take.</summary>
    TtlMissing,

    /// <summary>The SOA has no TTL and no $TTL stands above: its minimum is taken.</summary>
    TtlFromSoa,

    /// <summary>A class other than IN.</summary>
    ClassNotIn,

    /// <summary>A record has no type.</summary>
    TypeMissing,

    /// <summary>A word where the type stands is none.</summary>
    UnknownType,

    /// <summary>A type that only questions, or messages, have.</summary>
    TypeNotForZones,

    /// <summary>The data cannot be read.</summary>
    DataMalformed,

    /// <summary>A text string is longer than 255 octets.</summary>
    TextTooLong,

    /// <summary>A word that begins with $ is no directive.</summary>
    DirectiveUnknown,

    /// <summary>A directive does not begin its line.</summary>
    DirectiveIndented,

    /// <summary>A directive's argument is missing.</summary>
    DirectiveIncomplete,

    /// <summary>A directive has a word too many.</summary>
    DirectiveExtra,

    /// <summary>A range is not start-stop or start-stop/step.</summary>
    GenerateRange,

    /// <summary>The braces behind a $ do not hold offset, width and base.</summary>
    GenerateTemplate,

    /// <summary>A $GENERATE, or all of a zone together, gives too many records.</summary>
    GenerateTooMany,

    /// <summary>A path is empty, has an empty or odd part, or is not UTF-8.</summary>
    IncludePath,

    /// <summary>A path is absolute.</summary>
    IncludeAbsolute,

    /// <summary>A path leaves the repository.</summary>
    IncludeLeaves,

    /// <summary>A path names a file of keys.</summary>
    IncludeKeys,

    /// <summary>There is no such file.</summary>
    IncludeMissing,

    /// <summary>The file is reached through a symbolic link.</summary>
    IncludeSymbolicLink,

    /// <summary>The file lies in a submodule.</summary>
    IncludeSubmodule,

    /// <summary>The path is a folder.</summary>
    IncludeFolder,

    /// <summary>Files include each other too deep, or in a circle, or too many in all.</summary>
    IncludeTooDeep,

    /// <summary>A zone has no record at all.</summary>
    Empty,

    /// <summary>The apex has no SOA.</summary>
    SoaMissing,

    /// <summary>An SOA stands below the apex.</summary>
    SoaBelowApex,

    /// <summary>The apex has several SOA records.</summary>
    SeveralSoa,

    /// <summary>The apex has no NS.</summary>
    NsMissing,

    /// <summary>A name is an alias and has other records.</summary>
    CnameAndOther,

    /// <summary>A name has several CNAME records.</summary>
    SeveralCnames,

    /// <summary>A name has several DNAME records.</summary>
    SeveralDnames,

    /// <summary>A record stands below a DNAME.</summary>
    BelowDname,

    /// <summary>A record below a delegation is no address of a name server: it is never served.</summary>
    BelowDelegation,

    /// <summary>A record does not belong to the zone.</summary>
    OutOfZone,

    /// <summary>A delegation's name server lies below the delegation and has no address here.</summary>
    GlueMissing,

    /// <summary>A name server of the zone lies in it and has no address.</summary>
    NsTargetMissing,

    /// <summary>A name server's name is an alias.</summary>
    NsTargetIsAlias,

    /// <summary>A mail exchange lies in the zone and has no address.</summary>
    MxTargetMissing,

    /// <summary>A mail exchange's name is an alias.</summary>
    MxTargetIsAlias,

    /// <summary>A service's target lies in the zone and has no address.</summary>
    SrvTargetMissing,

    /// <summary>A service's target is an alias.</summary>
    SrvTargetIsAlias,

    /// <summary>Records of one set have different TTLs.</summary>
    TtlsDiffer,

    /// <summary>A DS stands where no NS does.</summary>
    DsWithoutNs,

    /// <summary>A DS stands at the apex.</summary>
    DsAtApex,

    /// <summary>A record stands there twice.</summary>
    Duplicate,

    /// <summary>A name ends in the zone's name twice: a final dot is missing.</summary>
    FinalDotMissing,

    /// <summary>No message can hold a set.</summary>
    SetTooLarge,

    /// <summary>The zone is signed, and cannot prove what is not there.</summary>
    ProofsMissing,

    /// <summary>NSEC3's hash is unknown or asks for too much work.</summary>
    Nsec3Unusable,

    /// <summary>NSEC3's hash is repeated.</summary>
    Nsec3Iterations,

    /// <summary>The serial is not newer than the one before, nor the same.</summary>
    SerialGoesBack,

    /// <summary>The serial is more than 2³⁰ ahead of the one before.</summary>
    SerialJumps,
}
