using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A public key of the zone; also CDNSKEY, by which a zone asks for its DS.</summary>
/// <param name="Flags">Bit 7 (256) zone key, bit 15 (1) secure entry point, bit 8 (128) revoked (RFC 5011).</param>
/// <param name="Protocol">3.</param>
/// <param name="Algorithm">0 in CDNSKEY's delete form (RFC 8078 §4).</param>
/// <param name="PublicKey">In the algorithm's form; at least one octet.</param>
/// <remarks>
/// <code>
/// Flags        16 bits
/// Protocol      8 bits
/// Algorithm     8 bits
/// Public Key   to the end
/// </code>
/// Source: RFC 4034 §2.1, RFC 7344 §3.2.
/// </remarks>
public sealed record Dnskey(ushort Flags, byte Protocol, byte Algorithm, Octets PublicKey)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.Number8, RdataField.Algorithm, RdataField.Base64RestOrZero);

    internal static readonly RdataCodec<Dnskey> Codec = new(Read, static (dnskey, ref writer) => dnskey.Write(ref writer));

    private static Dnskey Read(ref WireReader reader) => new(reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Flags);
        writer.WriteByte(Protocol);
        writer.WriteByte(Algorithm);
        writer.WriteOctets(PublicKey.Span);
    }
}
