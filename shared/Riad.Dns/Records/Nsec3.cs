using Riad.Core;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>The next hashed name of a signed zone, and the types of this one.</summary>
/// <param name="HashAlgorithm">1 SHA-1.</param>
/// <param name="Flags">Bit 7 (1) opt-out.</param>
/// <param name="Iterations">Additional rounds; 0 is recommended (RFC 9276 §3.1).</param>
/// <param name="Salt">May be empty, which is recommended.</param>
/// <param name="NextHash">1 to 255 octets.</param>
/// <param name="Types">Numbers of types, ascending; empty at an empty non-terminal.</param>
/// <remarks>
/// <code>
/// Hash Alg.         8 bits
/// Flags             8 bits
/// Iterations       16 bits
/// Salt             length, octets
/// Next Hashed Name length, octets
/// Type Bit Maps    to the end
/// </code>
/// Source: RFC 5155 §3.2.
/// </remarks>
public sealed record Nsec3(byte HashAlgorithm, byte Flags, ushort Iterations, CharacterString Salt, CharacterString NextHash, Seq<ushort> Types)
{
    internal static readonly RdataShape Shape = new(
        RdataField.Number8, RdataField.Number8, RdataField.Number16,
        RdataField.Salt, RdataField.Base32Hash, RdataField.OptionalTypeBitmap);

    internal static readonly RdataCodec<Nsec3> Codec = new(Read, static (nsec3, ref writer) => nsec3.Write(ref writer));

    private static Nsec3 Read(ref WireReader reader) => new(
        reader.ReadByte(), reader.ReadByte(), reader.ReadUInt16(),
        CharacterString.Read(ref reader), CharacterString.Read(ref reader), TypeBitmapField.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteByte(HashAlgorithm);
        writer.WriteByte(Flags);
        writer.WriteUInt16(Iterations);
        Salt.Write(ref writer);
        NextHash.Write(ref writer);
        TypeBitmapField.Write(Types.AsSpan(), ref writer);
    }
}
