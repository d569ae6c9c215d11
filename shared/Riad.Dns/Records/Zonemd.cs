using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>The digest of a whole zone.</summary>
/// <param name="Serial">Of the zone that was digested.</param>
/// <param name="Scheme">1 SIMPLE.</param>
/// <param name="HashAlgorithm">1 SHA-384, 2 SHA-512.</param>
/// <param name="Digest">48 or 64 octets for these; of an unlisted one, at least 12.</param>
/// <remarks>
/// <code>
/// Serial          32 bits
/// Scheme           8 bits
/// Hash Algorithm   8 bits
/// Digest          to the end
/// </code>
/// Source: RFC 8976 §2.2.
/// </remarks>
public sealed record Zonemd(uint Serial, byte Scheme, byte HashAlgorithm, Octets Digest)
{
    internal static readonly RdataShape Shape = new(RdataField.Number32, RdataField.Number8, RdataField.Number8, RdataField.ZoneDigest);

    internal static readonly RdataCodec<Zonemd> Codec = new(Read, static (zonemd, ref writer) => zonemd.Write(ref writer));

    private static Zonemd Read(ref WireReader reader) => new(reader.ReadUInt32(), reader.ReadByte(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt32(Serial);
        writer.WriteByte(Scheme);
        writer.WriteByte(HashAlgorithm);
        writer.WriteOctets(Digest.Span);
    }
}
