namespace Riad.Dns.MasterFiles;

/// <summary>Why a master file cannot be changed by program.</summary>
public enum MasterEditFault
{
    /// <summary>The file has errors of its own.</summary>
    FileFaulty,

    /// <summary>The record is not there.</summary>
    NotFound,

    /// <summary>The record is made by a $GENERATE.</summary>
    Generated,

    /// <summary>The record stands in an included file.</summary>
    Included,

    /// <summary>Records of an included file, or of a $GENERATE, take owner or TTL from a record that would go.</summary>
    Inherited,

    /// <summary>The record's lines with the new data in them would not read as they should.</summary>
    Unwritable,
}
