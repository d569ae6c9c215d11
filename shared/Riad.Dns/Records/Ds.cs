using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>The digest of a key of the zone below; also CDS, by which that zone asks for it.</summary>
/// <param name="KeyTag">Of the DNSKEY that is referred to.</param>
/// <param name="Algorithm">Of that key; 0 in CDS's delete form (RFC 8078 §4).</param>
/// <param name="DigestType">1 SHA-1, 2 SHA-256, 4 SHA-384.</param>
/// <param name="Digest">20, 32 or 48 octets for these types; of an unlisted type, at least one.</param>
/// <remarks>
/// <code>
/// Key Tag      16 bits
/// Algorithm     8 bits
/// Digest Type   8 bits
/// Digest       to the end
/// </code>
/// Source: RFC 4034 §5.1, RFC 7344 §3.1.
/// </remarks>
public sealed record Ds(ushort KeyTag, byte Algorithm, byte DigestType, Octets Digest)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.Algorithm, RdataField.Number8, RdataField.DelegationDigest);

    internal static readonly RdataCodec<Ds> Codec = new(Read, static (ds, ref writer) => ds.Write(ref writer));

    private static Ds Read(ref WireReader reader) => new(reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(KeyTag);
        writer.WriteByte(Algorithm);
        writer.WriteByte(DigestType);
        writer.WriteOctets(Digest.Span);
    }
}
