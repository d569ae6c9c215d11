using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>Numbers that have names: record types, certificate types, DNSSEC algorithms.</summary>
internal static class MnemonicField
{
    // RFC 4398 §2.1
    private static readonly (string Mnemonic, ushort Code)[] CertificateTypes =
    [
        ("PKIX", 1), ("SPKI", 2), ("PGP", 3), ("IPKIX", 4), ("ISPKI", 5), ("IPGP", 6), ("ACPKIX", 7), ("IACPKIX", 8), ("URI", 253), ("OID", 254),
    ];

    // IANA, "DNS Security Algorithm Numbers"; BIND's two names beside the registry's
    private static readonly (string Mnemonic, ushort Code)[] Algorithms =
    [
        ("RSAMD5", 1), ("DH", 2), ("DSA", 3), ("RSASHA1", 5), ("DSA-NSEC3-SHA1", 6), ("NSEC3DSA", 6), ("RSASHA1-NSEC3-SHA1", 7), ("NSEC3RSASHA1", 7),
        ("RSASHA256", 8), ("RSASHA512", 10), ("ECC-GOST", 12), ("ECCGOST", 12), ("ECDSAP256SHA256", 13), ("ECDSAP384SHA384", 14),
        ("ED25519", 15), ("ED448", 16), ("INDIRECT", 252), ("PRIVATEDNS", 253), ("PRIVATEOID", 254),
    ];

    public static void ParseType(ref RdataTextReader reader)
    {
        if (RrTypes.TryParseCode(reader.Take(RdataFault.TypeCode), out var code))
            reader.Output.WriteUInt16(code);
        else
            reader.Fail(RdataFault.TypeCode);
    }

    public static void ParseCertificateType(ref RdataTextReader reader)
    {
        if (TryParse(reader.Take(RdataFault.CertificateType), CertificateTypes, ushort.MaxValue, out var code))
            reader.Output.WriteUInt16(code);
        else
            reader.Fail(RdataFault.CertificateType);
    }

    public static void ParseAlgorithm(ref RdataTextReader reader)
    {
        if (TryParse(reader.Take(RdataFault.Algorithm), Algorithms, byte.MaxValue, out var code))
            reader.Output.WriteByte((byte)code);
        else
            reader.Fail(RdataFault.Algorithm);
    }

    public static void PrintCertificateType(ref WireReader reader, StringBuilder output)
    {
        var code = reader.ReadUInt16();
        foreach (var (mnemonic, known) in CertificateTypes)
        {
            if (known == code)
            {
                output.Append(mnemonic);
                return;
            }
        }
        output.Append(code);
    }

    private static bool TryParse(ReadOnlySpan<byte> word, (string Mnemonic, ushort Code)[] table, uint limit, out ushort code)
    {
        var good = NumberField.TryParse(word, limit, out var number);
        code = (ushort)number;
        if (good)
            return true;
        foreach (var (mnemonic, known) in table)
        {
            code = known;
            if (Ascii.EqualsIgnoreCase(word, mnemonic))
                return true;
        }
        return false;
    }
}
