using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>Where and why text is not the data of a record.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Token">Which word, counted from 0; the number of words when one is missing.</param>
/// <param name="IsMissing">True when the words ended before the data did.</param>
/// <param name="Name">Why the word is not a name, when <paramref name="Fault"/> is Name.</param>
public readonly record struct RdataError(RdataFault Fault, int Token, bool IsMissing, NameFault Name)
{
    /// <summary>A sentence without a full stop that says what is wrong and what to write instead.</summary>
    /// <param name="found">The word's octets; not used when one is missing.</param>
    public string Describe(ReadOnlySpan<byte> found)
    {
        if (Fault is RdataFault.Name && !IsMissing)
            return Name.Describe(found);
        if (Sentence(Fault, Excerpt.Of(found)) is { } sentence)
            return sentence;
        var (what, write) = Expect(Fault);
        return IsMissing ? $"{what} is missing; {write}" : $"'{Excerpt.Of(found)}' is not {what}; {write}";
    }

    /// <summary>Faults that say more than "this is not that".</summary>
    private static string? Sentence(RdataFault fault, string found) => fault switch
    {
        RdataFault.TextTooLong => "the text string is longer than 255 octets; split it into several",
        RdataFault.BadEscape => $"'{found}' has a backslash without a character or three digits up to 255 behind it; write \\\\ for a backslash",
        RdataFault.OddHex => "the number of hexadecimal digits is odd; write two for each octet",
        RdataFault.DigestLength => "the digest is not as long as its type says; write 40 digits for SHA-1, 64 for SHA-256, 96 for SHA-384, 128 for SHA-512",
        RdataFault.ParameterTwice => $"'{found}' names a parameter that stands there already; write each once",
        RdataFault.ParameterWithValue => $"'{found}' has a value, and this parameter takes none; write the key alone",
        RdataFault.ParameterOfAlias => $"'{found}' is a parameter, and priority 0 (alias mode) takes none; write a priority of 1 or more, or leave it out",
        RdataFault.MandatoryAbsent => $"'{found}' lists a key that is not there; add that parameter, or take it off the list",
        RdataFault.AlpnAbsent => "no-default-alpn needs alpn beside it; add alpn=...",
        RdataFault.GenericOnly => $"'{found}' cannot be read, because the type has no text form; write \\# LENGTH HEX (RFC 3597 §5)",
        RdataFault.GenericCount => "the octets are not as many as the length behind \\# says; correct one of the two",
        RdataFault.GenericMalformed => "the octets behind \\# are not data of this type; write the type's own form",
        RdataFault.Extra => $"'{found}' stands after the end of the data; take it away, or quote text that has spaces",
        RdataFault.TooLong => "the data is longer than 65535 octets; shorten it",
        _ => null,
    };

    private static (string What, string Write) Expect(RdataFault fault) => fault switch
    {
        RdataFault.Number8 => ("a number of 0 to 255", "write a decimal number"),
        RdataFault.Number16 => ("a number of 0 to 65535", "write a decimal number"),
        RdataFault.Number32 => ("a number of 0 to 4294967295", "write a decimal number"),
        RdataFault.Period => ("a period", "write seconds, or numbers with units as in 1w2d3h4m5s"),
        RdataFault.IPv4 => ("an IPv4 address", "write four numbers of 0 to 255"),
        RdataFault.IPv6 => ("an IPv6 address", "write it as in 2001:db8::1"),
        RdataFault.Name => ("a domain name", "write . for the root or @ for the origin"),
        RdataFault.Text => ("a text string", "write it in double quotes"),
        RdataFault.Tag => ("a tag", "write letters and digits, as in issue or iodef"),
        RdataFault.Hex => ("hexadecimal", "write digits 0 to 9 and a to f, two for each octet"),
        RdataFault.Base64 => ("Base64", "write groups of four of A-Z a-z 0-9 + /, the last padded with ="),
        RdataFault.Salt => ("a salt", "write hexadecimal digits, two for each octet, or - for none"),
        RdataFault.Base32 => ("a hash in Base32", "write digits 0 to 9 and a to v, without padding"),
        RdataFault.TypeCode => ("a record type", "write TYPEnnn for an unlisted one (RFC 3597 §5)"),
        RdataFault.CertificateType => ("a certificate type", "write a number, or a mnemonic such as PKIX"),
        RdataFault.Algorithm => ("a DNSSEC algorithm", "write its number, as in 13"),
        RdataFault.Time => ("a time", "write YYYYMMDDHHmmSS in UTC"),
        RdataFault.Eui48 => ("an EUI-48 address", "write six octets with hyphens, as in 00-00-5e-00-53-2a"),
        RdataFault.Eui64 => ("an EUI-64 address", "write eight octets with hyphens, as in 00-00-5e-ef-10-00-00-2a"),
        RdataFault.Latitude => ("a latitude", "write degrees up to 90, minutes, seconds, and N or S, as in 52 22 23.000 N"),
        RdataFault.Longitude => ("a longitude", "write degrees up to 180, minutes, seconds, and E or W, as in 4 53 32.000 E"),
        RdataFault.Altitude => ("an altitude", "write metres of -100000.00 to 42849672.95, as in -2.00m"),
        RdataFault.Distance => ("a size or precision", "write metres of 0.00 to 90000000.00, as in 10m"),
        RdataFault.ParameterKey => ("a service parameter", "write a known key such as alpn=h2, or keyNNNNN of 0 to 65534 without leading zeros"),
        RdataFault.Mandatory => ("a list of mandatory keys", "write keys other than mandatory, each once, as in mandatory=alpn,port"),
        RdataFault.Alpn => ("a list of protocols", "write names of 1 to 255 octets with commas between, as in alpn=h2,h3"),
        RdataFault.Port => ("a port", "write a number of 0 to 65535, as in port=8443"),
        RdataFault.IPv4Hint => ("a list of IPv4 addresses", "write them with commas between, as in ipv4hint=192.0.2.1,192.0.2.2"),
        RdataFault.IPv6Hint => ("a list of IPv6 addresses", "write them with commas between, as in ipv6hint=2001:db8::1"),
        RdataFault.Ech => ("a configuration list in Base64", "write groups of four characters, the last padded with ="),
        RdataFault.DohPath => ("a path template", "write one that begins with / and has the variable dns, as in dohpath=/dns-query{?dns}"),
        RdataFault.GenericLength => ("a length", "write \\#, the number of octets, and the octets in hexadecimal"),
        _ => ("readable", "see the type's RFC"),
    };
}
