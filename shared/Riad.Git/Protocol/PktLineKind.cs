namespace Riad.Git.Protocol;

/// <summary>What a pkt-line is: octets, or one of the three marks that consist of a length alone.</summary>
/// <remarks>Source: gitprotocol-common, "pkt-line Format"; gitprotocol-v2, "Packet-Line Framing".</remarks>
public enum PktLineKind
{
    /// <summary>No line: the octets ended, or a fault stopped the reader.</summary>
    None,

    /// <summary>A line with a payload of 0 to 65516 octets.</summary>
    Text,

    /// <summary><c>0000</c>: the end of a message.</summary>
    Flush,

    /// <summary><c>0001</c>: the end of a section of a message.</summary>
    Delimiter,

    /// <summary><c>0002</c>: the end of a response on a connection without state.</summary>
    ResponseEnd,
}
