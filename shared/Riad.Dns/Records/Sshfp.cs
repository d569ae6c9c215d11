using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>The fingerprint of a host's SSH key.</summary>
/// <param name="Algorithm">1 RSA, 2 DSA, 3 ECDSA, 4 Ed25519, 6 Ed448.</param>
/// <param name="FingerprintType">1 SHA-1, 2 SHA-256.</param>
/// <param name="Fingerprint">20 or 32 octets for these types.</param>
/// <remarks>
/// <code>
/// Algorithm     8 bits
/// FP Type       8 bits
/// Fingerprint  to the end
/// </code>
/// Source: RFC 4255 §3.1.
/// </remarks>
public sealed record Sshfp(byte Algorithm, byte FingerprintType, Octets Fingerprint)
{
    internal static readonly RdataShape Shape = new(RdataField.Number8, RdataField.Number8, RdataField.KeyFingerprint);

    internal static readonly RdataCodec<Sshfp> Codec = new(Read, static (sshfp, ref writer) => sshfp.Write(ref writer));

    private static Sshfp Read(ref WireReader reader) => new(reader.ReadByte(), reader.ReadByte(), new(reader.ReadRest()));

    private void Write(ref WireWriter writer)
    {
        writer.WriteByte(Algorithm);
        writer.WriteByte(FingerprintType);
        writer.WriteOctets(Fingerprint.Span);
    }
}
