namespace Riad.Dns.Names;

/// <summary>Why text is not a domain name.</summary>
public enum NameFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Nothing is written where a name should stand.</summary>
    Empty,

    /// <summary>Two dots stand together, or one at the start.</summary>
    EmptyLabel,

    /// <summary>A label is longer than 63 octets.</summary>
    LabelTooLong,

    /// <summary>The name is longer than 255 octets on the wire.</summary>
    NameTooLong,

    /// <summary>A backslash is followed by nothing, or by a number that is not three digits of at most 255.</summary>
    BadEscape,

    /// <summary>An octet above 127 stands unescaped: the A-label belongs there.</summary>
    NotAscii,

    /// <summary>The name has no final dot, and there is no origin to complete it.</summary>
    NotAbsolute,
}
