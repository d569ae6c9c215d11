using System.Diagnostics.CodeAnalysis;

namespace Riad.Dns.Messages;

/// <summary>The single bits of a header, where they stand in its second 16 bits.</summary>
/// <remarks>Source: RFC 1035 §4.1.1, RFC 4035 §3.2.</remarks>
[Flags]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "the bits of a 16-bit field")]
public enum HeaderBits : ushort
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>QR: an answer.</summary>
    Response = 0x8000,

    /// <summary>AA: from the zone itself.</summary>
    Authoritative = 0x0400,

    /// <summary>TC: cut off; ask over TCP.</summary>
    Truncated = 0x0200,

    /// <summary>RD: look it up for me.</summary>
    RecursionDesired = 0x0100,

    /// <summary>RA: the server would.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>Z: must be zero.</summary>
    Reserved = 0x0040,

    /// <summary>AD: the answer was verified.</summary>
    AuthenticData = 0x0020,

    /// <summary>CD: the asker verifies.</summary>
    CheckingDisabled = 0x0010,
}
