namespace Riad.Images.Boot;

/// <summary>Why sections cannot be added to a program for UEFI.</summary>
public enum PeFault
{
    /// <summary>It is no PE32+ file, or ends early.</summary>
    NotAProgram,

    /// <summary>There is no room for more entries between the table of sections and the first of them.</summary>
    TableFull,

    /// <summary>A name has more than eight octets.</summary>
    NameTooLong,
}
