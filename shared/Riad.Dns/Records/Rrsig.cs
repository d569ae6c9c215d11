using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>The signature of a set of records.</summary>
/// <param name="TypeCovered">The type of the set.</param>
/// <param name="Algorithm">Of the key.</param>
/// <param name="Labels">Of the owner, without the root and a wildcard's asterisk.</param>
/// <param name="OriginalTtl">In seconds, of the set as it stands in the zone.</param>
/// <param name="Expiration">Seconds since 1970, on the circle of RFC 1982.</param>
/// <param name="Inception">Seconds since 1970, on the circle of RFC 1982.</param>
/// <param name="KeyTag">Of the key.</param>
/// <param name="Signer">The zone; never sent compressed.</param>
/// <param name="Signature">In the algorithm's form; at least one octet.</param>
/// <remarks>
/// <code>
/// Type Covered  16 bits
/// Algorithm      8 bits
/// Labels         8 bits
/// Original TTL  32 bits
/// Expiration    32 bits
/// Inception     32 bits
/// Key Tag       16 bits
/// Signer's Name  name, never sent compressed
/// Signature     to the end
/// </code>
/// Source: RFC 4034 §3.1.
/// </remarks>
public sealed record Rrsig(ushort TypeCovered, byte Algorithm, byte Labels, uint OriginalTtl, uint Expiration, uint Inception, ushort KeyTag, DomainName Signer, Octets Signature)
{
    internal static readonly RdataShape Shape = new(
        RdataField.TypeCode, RdataField.Algorithm, RdataField.Number8, RdataField.Number32, RdataField.Time,
        RdataField.Time, RdataField.Number16, RdataField.FoldedName, RdataField.Base64Rest);

    internal static readonly RdataCodec<Rrsig> Codec = new(Read, static (rrsig, ref writer) => rrsig.Write(ref writer));

    private static Rrsig Read(ref WireReader reader) => new(
        reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), reader.ReadUInt32(), reader.ReadUInt32(),
        reader.ReadUInt32(), reader.ReadUInt16(), DomainName.Read(ref reader), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(TypeCovered);
        writer.WriteByte(Algorithm);
        writer.WriteByte(Labels);
        writer.WriteUInt32(OriginalTtl);
        writer.WriteUInt32(Expiration);
        writer.WriteUInt32(Inception);
        writer.WriteUInt16(KeyTag);
        Signer.Write(ref writer);
        writer.WriteOctets(Signature.Span);
    }
}
