using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A certificate or key that a service uses; also SMIMEA, for mail addresses.</summary>
/// <param name="Usage">0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE (RFC 7218).</param>
/// <param name="Selector">0 the certificate, 1 its public key.</param>
/// <param name="MatchingType">0 as it is, 1 SHA-256, 2 SHA-512.</param>
/// <param name="Association">What is matched; at least one octet.</param>
/// <remarks>
/// <code>
/// Cert. Usage    8 bits
/// Selector       8 bits
/// Matching Type  8 bits
/// Certificate Association Data, to the end
/// </code>
/// Source: RFC 6698 §2.1, RFC 8162 §2.
/// </remarks>
public sealed record Tlsa(byte Usage, byte Selector, byte MatchingType, Octets Association)
{
    internal static readonly RdataShape Shape = new(RdataField.Number8, RdataField.Number8, RdataField.Number8, RdataField.HexRest);

    internal static readonly RdataCodec<Tlsa> Codec = new(Read, static (tlsa, ref writer) => tlsa.Write(ref writer));

    private static Tlsa Read(ref WireReader reader) => new(reader.ReadByte(), reader.ReadByte(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteByte(Usage);
        writer.WriteByte(Selector);
        writer.WriteByte(MatchingType);
        writer.WriteOctets(Association.Span);
    }
}
