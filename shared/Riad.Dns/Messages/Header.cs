using Riad.Core;

namespace Riad.Dns.Messages;

/// <summary>The first 12 octets of every message.</summary>
/// <param name="Id">Chosen by the asker, repeated in the answer.</param>
/// <param name="Flags">The single bits.</param>
/// <param name="Opcode">0 to 15.</param>
/// <param name="LowResponseCode">The lower four bits of the response code; the upper eight are in the OPT record.</param>
/// <param name="Questions">How many questions follow.</param>
/// <param name="Answers">How many records the answer section has.</param>
/// <param name="Authorities">How many records the authority section has.</param>
/// <param name="Additionals">How many records the additional section has, the OPT record counted.</param>
/// <remarks>
/// <code>
///  0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
/// |                      ID                       |
/// |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
/// |                    QDCOUNT                    |
/// |                    ANCOUNT                    |
/// |                    NSCOUNT                    |
/// |                    ARCOUNT                    |
/// </code>
/// Source: RFC 1035 §4.1.1, RFC 6895 §2.
/// </remarks>
public readonly record struct Header(
    ushort Id, HeaderBits Flags, Opcode Opcode, ResponseCode LowResponseCode, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals)
{
    /// <summary>Octets of a header.</summary>
    public const int Length = 12;

    private const int OpcodeShift = 11;
    private const int Nibble = 0xf;

    /// <summary>True when the answer was cut off (TC).</summary>
    public bool IsTruncated => Flags.HasFlag(HeaderBits.Truncated);

    /// <summary>Reads twelve octets.</summary>
    public static Header Read(ref WireReader reader)
    {
        var id = reader.ReadUInt16();
        int bits = reader.ReadUInt16();
        return new(
            id, (HeaderBits)(bits & ~(Nibble << OpcodeShift) & ~Nibble), (Opcode)(bits >> OpcodeShift & Nibble), (ResponseCode)(bits & Nibble),
            reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
    }

    /// <summary>Writes twelve octets.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Id);
        writer.WriteUInt16((ushort)((int)Flags | ((int)Opcode & Nibble) << OpcodeShift | ((int)LowResponseCode & Nibble)));
        writer.WriteUInt16(Questions);
        writer.WriteUInt16(Answers);
        writer.WriteUInt16(Authorities);
        writer.WriteUInt16(Additionals);
    }
}
