using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A certificate.</summary>
/// <param name="CertificateType">1 PKIX, 2 SPKI, 3 PGP, ... (RFC 4398 §2.1).</param>
/// <param name="KeyTag">Of the key in the certificate; 0 when the algorithm is.</param>
/// <param name="Algorithm">Of that key; 0 when DNSSEC knows none.</param>
/// <param name="Certificate">In its own form; at least one octet.</param>
/// <remarks>
/// <code>
/// type         16 bits
/// key tag      16 bits
/// algorithm     8 bits
/// certificate  to the end
/// </code>
/// Source: RFC 4398 §2.
/// </remarks>
public sealed record Cert(ushort CertificateType, ushort KeyTag, byte Algorithm, Octets Certificate)
{
    internal static readonly RdataShape Shape = new(RdataField.CertificateType, RdataField.Number16, RdataField.Algorithm, RdataField.Base64Rest);

    internal static readonly RdataCodec<Cert> Codec = new(Read, static (cert, ref writer) => cert.Write(ref writer));

    private static Cert Read(ref WireReader reader) => new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(CertificateType);
        writer.WriteUInt16(KeyTag);
        writer.WriteByte(Algorithm);
        writer.WriteOctets(Certificate.Span);
    }
}
