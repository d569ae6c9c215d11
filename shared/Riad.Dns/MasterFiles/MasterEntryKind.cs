namespace Riad.Dns.MasterFiles;

/// <summary>What one entry of a master file is.</summary>
public enum MasterEntryKind
{
    /// <summary>The three octets that say UTF-8, before the first line.</summary>
    ByteOrderMark,

    /// <summary>A line without words and without a comment.</summary>
    Blank,

    /// <summary>A line that holds only a comment.</summary>
    Comment,

    /// <summary>$ORIGIN, $TTL, $INCLUDE, $GENERATE, or another word that begins so.</summary>
    Directive,

    /// <summary>A record; its data was not looked at.</summary>
    Record,

    /// <summary>Lines that cannot be taken apart into words, or a record without a type.</summary>
    Malformed,
}
