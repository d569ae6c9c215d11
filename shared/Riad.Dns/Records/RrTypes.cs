using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>The record types that we know, and keys for those that we do not.</summary>
/// <remarks>
/// Only what a zone can hold has a key. The types that exist in messages alone (OPT, and 128 to 255: TKEY, TSIG, IXFR,
/// AXFR, MAILB, MAILA, ANY) are numbers in <see cref="Messages.QueryTypes"/>. Source: IANA, "Resource Record (RR) TYPEs"; RFC 6895 §3.1.
/// </remarks>
public static class RrTypes
{
    /// <summary>An IPv4 address. RFC 1035 §3.4.1.</summary>
    public static readonly RrType<IPv4Address> A = new(1, "A", new(RdataField.IPv4), CommonCodecs.IPv4);

    /// <summary>A name server. RFC 1035 §3.3.11.</summary>
    public static readonly RrType<DomainName> Ns = new(2, "NS", new(RdataField.CompressedName), CommonCodecs.Name);

    /// <summary>The name that this name is an alias of. RFC 1035 §3.3.1.</summary>
    public static readonly SingletonRrType<DomainName> Cname = new(5, "CNAME", new(RdataField.CompressedName), CommonCodecs.Name);

    /// <summary>The start of a zone. RFC 1035 §3.3.13.</summary>
    public static readonly SingletonRrType<Soa> Soa = new(6, "SOA", Records.Soa.Shape, Records.Soa.Codec);

    /// <summary>Anything; for experiments. RFC 1035 §3.3.10.</summary>
    public static readonly RrType<Octets> Null = new(10, "NULL", RdataShape.Opaque, CommonCodecs.Opaque);

    /// <summary>The name that an address belongs to. RFC 1035 §3.3.12.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "the RFC's name")]
    public static readonly RrType<DomainName> Ptr = new(12, "PTR", new(RdataField.CompressedName), CommonCodecs.Name);

    /// <summary>A host's kind and system. RFC 1035 §3.3.2.</summary>
    public static readonly RrType<Hinfo> Hinfo = new(13, "HINFO", Records.Hinfo.Shape, Records.Hinfo.Codec);

    /// <summary>A mail exchange. RFC 1035 §3.3.9.</summary>
    public static readonly RrType<Mx> Mx = new(15, "MX", Records.Mx.Shape, Records.Mx.Codec);

    /// <summary>Text. RFC 1035 §3.3.14.</summary>
    public static readonly RrType<Txt> Txt = new(16, "TXT", Records.Txt.Shape, Records.Txt.Codec);

    /// <summary>A responsible person. RFC 1183 §2.2.</summary>
    public static readonly RrType<Rp> Rp = new(17, "RP", Records.Rp.Shape, Records.Rp.Codec);

    /// <summary>A server of an AFS cell. RFC 1183 §1.</summary>
    public static readonly RrType<Afsdb> Afsdb = new(18, "AFSDB", Records.Afsdb.Shape, Records.Afsdb.Codec);

    /// <summary>An IPv6 address. RFC 3596 §2.1.</summary>
    public static readonly RrType<IPv6Address> Aaaa = new(28, "AAAA", new(RdataField.IPv6), CommonCodecs.IPv6);

    /// <summary>A place on Earth. RFC 1876 §2.</summary>
    public static readonly RrType<Loc> Loc = new(29, "LOC", Records.Loc.Shape, Records.Loc.Codec);

    /// <summary>Where a service is offered. RFC 2782.</summary>
    public static readonly RrType<Srv> Srv = new(33, "SRV", Records.Srv.Shape, Records.Srv.Codec);

    /// <summary>A rewriting rule. RFC 3403 §4.1.</summary>
    public static readonly RrType<Naptr> Naptr = new(35, "NAPTR", Records.Naptr.Shape, Records.Naptr.Codec);

    /// <summary>A certificate. RFC 4398 §2.</summary>
    public static readonly RrType<Cert> Cert = new(37, "CERT", Records.Cert.Shape, Records.Cert.Codec);

    /// <summary>The name that all names below this one are redirected below. RFC 6672 §2.1.</summary>
    public static readonly SingletonRrType<DomainName> Dname = new(39, "DNAME", new(RdataField.FoldedName), CommonCodecs.Name);

    /// <summary>The digest of a key of the zone below. RFC 4034 §5.1.</summary>
    public static readonly RrType<Ds> Ds = new(43, "DS", Records.Ds.Shape, Records.Ds.Codec);

    /// <summary>The fingerprint of an SSH key. RFC 4255 §3.1.</summary>
    public static readonly RrType<Sshfp> Sshfp = new(44, "SSHFP", Records.Sshfp.Shape, Records.Sshfp.Codec);

    /// <summary>A signature. RFC 4034 §3.1.</summary>
    public static readonly RrType<Rrsig> Rrsig = new(46, "RRSIG", Records.Rrsig.Shape, Records.Rrsig.Codec);

    /// <summary>The next name of a signed zone. RFC 4034 §4.1.</summary>
    public static readonly RrType<Nsec> Nsec = new(47, "NSEC", Records.Nsec.Shape, Records.Nsec.Codec);

    /// <summary>A public key of the zone. RFC 4034 §2.1.</summary>
    public static readonly RrType<Dnskey> Dnskey = new(48, "DNSKEY", Records.Dnskey.Shape, Records.Dnskey.Codec);

    /// <summary>The next hashed name of a signed zone. RFC 5155 §3.2.</summary>
    public static readonly RrType<Nsec3> Nsec3 = new(50, "NSEC3", Records.Nsec3.Shape, Records.Nsec3.Codec);

    /// <summary>How names are hashed. RFC 5155 §4.2.</summary>
    public static readonly RrType<Nsec3Param> Nsec3Param = new(51, "NSEC3PARAM", Records.Nsec3Param.Shape, Records.Nsec3Param.Codec);

    /// <summary>A certificate or key of a TLS service. RFC 6698 §2.1.</summary>
    public static readonly RrType<Tlsa> Tlsa = new(52, "TLSA", Records.Tlsa.Shape, Records.Tlsa.Codec);

    /// <summary>A certificate or key of a mail address. RFC 8162 §2.</summary>
    public static readonly RrType<Tlsa> Smimea = new(53, "SMIMEA", Records.Tlsa.Shape, Records.Tlsa.Codec);

    /// <summary>The DS that this zone asks for. RFC 7344 §3.1.</summary>
    public static readonly RrType<Ds> Cds = new(59, "CDS", Records.Ds.Shape, Records.Ds.Codec);

    /// <summary>The key whose DS this zone asks for. RFC 7344 §3.2.</summary>
    public static readonly RrType<Dnskey> Cdnskey = new(60, "CDNSKEY", Records.Dnskey.Shape, Records.Dnskey.Codec);

    /// <summary>An OpenPGP public key, its packets as they are. RFC 7929 §2.</summary>
    public static readonly RrType<Octets> Openpgpkey = new(61, "OPENPGPKEY", new(RdataField.Base64Rest), CommonCodecs.Opaque);

    /// <summary>What the zone above may take over. RFC 7477 §2.1.</summary>
    public static readonly RrType<Csync> Csync = new(62, "CSYNC", Records.Csync.Shape, Records.Csync.Codec);

    /// <summary>The digest of a zone. RFC 8976 §2.2.</summary>
    public static readonly RrType<Zonemd> Zonemd = new(63, "ZONEMD", Records.Zonemd.Shape, Records.Zonemd.Codec);

    /// <summary>How a service is reached. RFC 9460 §2.</summary>
    public static readonly RrType<Svcb> Svcb = new(64, "SVCB", Records.Svcb.Shape, Records.Svcb.Codec);

    /// <summary>How a web origin is reached. RFC 9460 §9.</summary>
    public static readonly RrType<Svcb> Https = new(65, "HTTPS", Records.Svcb.Shape, Records.Svcb.Codec);

    /// <summary>Text, as it was once used for mail policies. RFC 7208 §3.1.</summary>
    public static readonly RrType<Txt> Spf = new(99, "SPF", Records.Txt.Shape, Records.Txt.Codec);

    /// <summary>A 48-bit interface address. RFC 7043 §3.</summary>
    public static readonly RrType<Eui48> Eui48 = new(108, "EUI48", Records.Eui48.Shape, Records.Eui48.Codec);

    /// <summary>A 64-bit interface address. RFC 7043 §4.</summary>
    public static readonly RrType<Eui64> Eui64 = new(109, "EUI64", Records.Eui64.Shape, Records.Eui64.Codec);

    /// <summary>A URI for a service. RFC 7553 §4.</summary>
    public static readonly RrType<UriTarget> Uri = new(256, "URI", UriTarget.Shape, UriTarget.Codec);

    /// <summary>Who may issue certificates. RFC 8659 §4.</summary>
    public static readonly RrType<Caa> Caa = new(257, "CAA", Records.Caa.Shape, Records.Caa.Codec);

    private const int MaxMnemonic = 16;

    private static readonly RrType[] All =
    [
        A, Ns, Cname, Soa, Null, Ptr, Hinfo, Mx, Txt, Rp, Afsdb, Aaaa, Loc, Srv, Naptr, Cert, Dname, Ds, Sshfp, Rrsig, Nsec, Dnskey, Nsec3,
        Nsec3Param, Tlsa, Smimea, Cds, Cdnskey, Openpgpkey, Csync, Zonemd, Svcb, Https, Spf, Eui48, Eui64, Uri, Caa,
    ];

    private static readonly FrozenDictionary<Word, RrType> ByWord = All.ToFrozenDictionary(type => Pack(Encoding.ASCII.GetBytes(type.Mnemonic)));

    private static readonly RrType?[] ByCode = IndexByCode();

    /// <summary>Every type that we know, by number.</summary>
    public static IReadOnlyList<RrType> Known { get; } = [.. All.Order()];

    /// <summary>Tells whether records of a type can stand in a zone: all but 0, OPT, and 128 to 255.</summary>
    /// <remarks>Source: RFC 6895 §3.1.</remarks>
    public static bool IsStorable(ushort code) => code is not (0 or 41 or (>= 128 and <= 255));

    /// <summary>The key for a number: the known type, or an opaque one.</summary>
    /// <returns>False when no zone can hold the type.</returns>
    public static bool TryFromCode(ushort code, [NotNullWhen(true)] out RrType? type)
    {
        type = FindKnown(code) ?? (IsStorable(code) ? NewUnknown(code) : null);
        return type is not null;
    }

    /// <summary>The key for the number of a type that a zone can hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No zone can hold the type: ask <see cref="IsStorable"/> first.</exception>
    public static RrType FromCode(ushort code) =>
        TryFromCode(code, out var type) ? type : throw new ArgumentOutOfRangeException(nameof(code), code, "not a type that a zone can hold");

    /// <summary>The known type with this number, or null. Allocates nothing.</summary>
    public static RrType? FindKnown(ushort code) => code < ByCode.Length ? ByCode[code] : null;

    /// <summary>A key for opaque data of a type that is not listed here; refuses every listed number, and those that no zone can hold.</summary>
    /// <remarks>Source: RFC 3597.</remarks>
    public static bool TryUnknown(ushort code, [NotNullWhen(true)] out RrType<Octets>? type)
    {
        type = FindKnown(code) is null && IsStorable(code) ? NewUnknown(code) : null;
        return type is not null;
    }

    /// <summary>Reads a mnemonic, in any case, or TYPEnnn, of a type that a zone can hold.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RrType? type) => TryParse(Encoding.UTF8.GetBytes(text), out type);

    /// <summary>Reads a mnemonic, in any case, or TYPEnnn, of a type that a zone can hold. Allocates nothing for a known type.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out RrType? type)
    {
        type = FindMnemonic(text);
        return type is not null || (TryParseNumbered(text, out var code) && TryFromCode(code, out type));
    }

    /// <summary>Reads a mnemonic, in any case, or TYPEnnn, of any number; also mnemonics of types whose data we do not know. For fields that name types.</summary>
    public static bool TryParseCode(ReadOnlySpan<byte> text, out ushort code)
    {
        code = 0;
        if (FindMnemonic(text) is not { } type)
            return TryParseNumbered(text, out code) || OtherMnemonics.TryFind(text, out code);
        code = type.Code;
        return true;
    }

    /// <summary>The mnemonic of a number; TYPEnnn for an unlisted one.</summary>
    public static string Print(ushort code) => FindKnown(code)?.Mnemonic ?? Numbered(code);

    private static RrType? FindMnemonic(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxMnemonic)
            return null;
        return ByWord.TryGetValue(Pack(text), out var type) && Ascii.EqualsIgnoreCase(text, type.Mnemonic) ? type : null;
    }

    /// <summary>The octets as one number of two halves, the case bit masked away; what collides by that is told apart by comparing.</summary>
    private static Word Pack(ReadOnlySpan<byte> text)
    {
        var (upper, lower) = (0UL, 0UL);
        foreach (var octet in text)
            (upper, lower) = (upper << 8 | lower >> 56, lower << 8 | (octet & ~0x20u));
        return new(upper, lower);
    }

    private readonly record struct Word(ulong Upper, ulong Lower);

    private static bool TryParseNumbered(ReadOnlySpan<byte> text, out ushort code)
    {
        uint number = 0;
        var good = text.Length > 4 && Ascii.EqualsIgnoreCase(text[..4], "TYPE") && NumberField.TryParse(text[4..], ushort.MaxValue, out number);
        code = (ushort)number;
        return good;
    }

    private static RrType?[] IndexByCode()
    {
        var types = new RrType?[All.Max(type => type.Code) + 1];
        foreach (var type in All)
            types[type.Code] = type;
        return types;
    }

    private static RrType<Octets> NewUnknown(ushort code) => new(code, Numbered(code), RdataShape.Opaque, CommonCodecs.Opaque);

    private static string Numbered(ushort code) => string.Create(CultureInfo.InvariantCulture, $"TYPE{code}");
}
