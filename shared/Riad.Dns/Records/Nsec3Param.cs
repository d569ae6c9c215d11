using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>How the names of a signed zone are hashed.</summary>
/// <param name="HashAlgorithm">1 SHA-1.</param>
/// <param name="Flags">0.</param>
/// <param name="Iterations">Additional rounds; 0 is recommended (RFC 9276 §3.1).</param>
/// <param name="Salt">May be empty, which is recommended.</param>
/// <remarks>
/// <code>
/// Hash Alg.     8 bits
/// Flags         8 bits
/// Iterations   16 bits
/// Salt         length, octets
/// </code>
/// Source: RFC 5155 §4.2.
/// </remarks>
public sealed record Nsec3Param(byte HashAlgorithm, byte Flags, ushort Iterations, CharacterString Salt)
{
    internal static readonly RdataShape Shape = new(RdataField.Number8, RdataField.Number8, RdataField.Number16, RdataField.Salt);

    internal static readonly RdataCodec<Nsec3Param> Codec = new(Read, static (nsec3Param, ref writer) => nsec3Param.Write(ref writer));

    private static Nsec3Param Read(ref WireReader reader) => new(reader.ReadByte(), reader.ReadByte(), reader.ReadUInt16(), CharacterString.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteByte(HashAlgorithm);
        writer.WriteByte(Flags);
        writer.WriteUInt16(Iterations);
        Salt.Write(ref writer);
    }
}
