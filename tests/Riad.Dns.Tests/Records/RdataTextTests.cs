using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

public sealed class RdataTextTests
{
    [Theory, MemberData(nameof(RecordVectors.All), MemberType = typeof(RecordVectors))]
    public void Text_is_read_into_the_octets_that_BIND_makes(string type, string text, string octets)
    {
        Assert.True(RecordText.TryParse(RecordText.Type(type), text, null, out var rdata, out var error), error.ToString());
        Assert.Equal(octets, Convert.ToHexStringLower(rdata));
    }

    [Theory, MemberData(nameof(RecordVectors.All), MemberType = typeof(RecordVectors))]
    public void Octets_are_printed_as_the_text(string type, string text, string octets) =>
        Assert.Equal(text, RecordText.Print(RecordText.Type(type), Convert.FromHexString(octets)), ignoreCase: type is "SVCB" or "HTTPS");

    [Theory, MemberData(nameof(RecordVectors.All), MemberType = typeof(RecordVectors))]
    public void Generic_form_is_read_for_every_type(string type, string text, string octets)
    {
        Assert.True(RecordText.TryParse(RecordText.Type(type), $"\\# {octets.Length / 2} {octets}", null, out var rdata, out var error), $"{text}: {error}");
        Assert.Equal(octets, Convert.ToHexStringLower(rdata));
    }

    [Fact]
    public void Every_known_type_has_a_vector() =>
        Assert.Empty(RrTypes.Known.Select(type => type.Mnemonic).Except(RecordVectors.All.Select(row => (string)row[0]), StringComparer.Ordinal));

    public static TheoryData<string, string, string, string> OtherForms => new()
    {
        // why                                  type        text                                            octets
        { "relative name",                      "NS",       "ns1",                                          "036e7331076578616d706c6500" },
        { "at sign is the origin",              "NS",       "@",                                            "076578616d706c6500" },
        { "escaped at sign is a label",         "NS",       "\\@",                                          "0140076578616d706c6500" },
        { "periods with units",                 "SOA",      "@ @ 1 1h 15m 1w2d3h4m5s 1M",                   "076578616d706c6500 076578616d706c6500 00000001 00000e10 00000384 000c08a5 0000003c" },
        { "unquoted text",                      "TXT",      "a b",                                          "01610162" },
        { "empty text",                         "TXT",      "\"\"",                                         "00" },
        { "UTF-8 in text",                      "TXT",      "\"é\"",                                        "02c3a9" },
        { "hexadecimal cut into words",         "DS",       "60485 RSASHA1 1 2BB183AF5 F22588179A53B0A9 8631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118" },
        { "Base64 cut into words",              "OPENPGPKEY", "AQ ID",                                      "010203" },
        { "delete form of RFC 8078",            "CDNSKEY",  "0 3 0 0",                                      "0000030000" },
        { "time as a number",                   "RRSIG",    "A 13 2 300 4294967295 0 1 . AQ==",             "00010d020000012cffffffff0000000000010001" },
        { "LOC with defaults",                  "LOC",      "52 22 23.000 N 4 53 32.000 E -2.00m",          "001216138b3cf018810cbce0009895b8" },
        { "LOC in degrees alone",               "LOC",      "0 N 0 E 0",                                    "00121613800000008000000000989680" },
        { "lower-case hemisphere",              "LOC",      "1 n 1 w 0m 1m",                                "001216138036ee807fc9118000989680" },
        { "types in any order, one twice",      "NSEC",     ". MX A MX",                                    "0000024001" },
        { "type whose data we do not know",     "NSEC",     ". APL",                                        "000006000000000020" },
        { "generic form of an empty one",       "NULL",     "\\# 0",                                        "" },
        { "generic form cut into words",        "TYPE731",  "\\# 3 01 0203",                                "010203" },
        { "lower-case Base32",                  "NSEC3",    "1 0 0 - 2vptu5timamqttgl4luu9kg21e0aor3s",     "01000000001417f3df17b2b2adaef615257de4d2020b80ac6c7c" },
        { "CAA value without quotes",           "CAA",      "0 issue ca.example",                           "000569737375 6563612e6578616d706c65" },
    };

    [Theory, MemberData(nameof(OtherForms))]
    public void Other_forms_are_read(string why, string type, string text, string octets)
    {
        Assert.True(RecordText.TryParse(RecordText.Type(type), text, "example.", out var rdata, out var error), $"{why}: {error}");
        Assert.Equal(octets.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(rdata));
    }

    public static TheoryData<string, string, string, int, string> Refused => new()
    {
        // why                      type        text                        word    sentence
        { "number over 255",        "A",        "300.1.2.3",                0, "'300.1.2.3' is not an IPv4 address; write four numbers of 0 to 255" },
        { "nothing",                "A",        "",                         0, "an IPv4 address is missing; write four numbers of 0 to 255" },
        { "too much",               "A",        "192.0.2.1 x",              1, "'x' stands after the end of the data; take it away, or quote text that has spaces" },
        { "IPv4 in AAAA",           "AAAA",     "192.0.2.1",                0, "'192.0.2.1' is not an IPv6 address; write it as in 2001:db8::1" },
        { "number too large",       "MX",       "65536 a.",                 0, "'65536' is not a number of 0 to 65535; write a decimal number" },
        { "one word short",         "MX",       "10",                       1, "a domain name is missing; write . for the root or @ for the origin" },
        { "bad name",               "MX",       "10 a..b.",                 1, "'a..b.' has an empty label; write one dot between labels and none in front" },
        { "U-label",                "NS",       "bücher.example.",          0, "'bücher.example.' is not ASCII; write xn--bcher-kva.example." },
        { "string of 256",          "TXT",      new string('x', 256),       0, "the text string is longer than 255 octets; split it into several" },
        { "backslash at the end",   "TXT",      "a\\",                      0, "'a\\' has a backslash without a character or three digits up to 255 behind it; write \\\\ for a backslash" },
        { "odd hexadecimal",        "TLSA",     "3 1 1 abc",                3, "the number of hexadecimal digits is odd; write two for each octet" },
        { "no hexadecimal",         "TLSA",     "3 1 1 xy",                 3, "'xy' is not hexadecimal; write digits 0 to 9 and a to f, two for each octet" },
        { "empty hexadecimal",      "TLSA",     "3 1 1 \"\"",               3, "'' is not hexadecimal; write digits 0 to 9 and a to f, two for each octet" },
        { "empty Base64",           "DNSKEY",   "256 3 13 \"\"",            3, "'' is not Base64; write groups of four of A-Z a-z 0-9 + /, the last padded with =" },
        { "short digest",           "DS",       "1 13 2 00",                3, "the digest is not as long as its type says; write 40 digits for SHA-1, 64 for SHA-256, 96 for SHA-384, 128 for SHA-512" },
        { "Base64 not padded",      "DNSKEY",   "256 3 13 AQ",              3, "'AQ' is not Base64; write groups of four of A-Z a-z 0-9 + /, the last padded with =" },
        { "unknown type covered",   "RRSIG",    "AAAAA 13 2 300 1 1 1 . AQ==", 0, "'AAAAA' is not a record type; write TYPEnnn for an unlisted one (RFC 3597 §5)" },
        { "month 13",               "RRSIG",    "A 13 2 300 20261301000000 1 1 . AQ==", 4, "'20261301000000' is not a time; write YYYYMMDDHHmmSS in UTC" },
        { "latitude over 90",       "LOC",      "90 0 0.001 N 0 E 0",       3, "'N' is not a latitude; write degrees up to 90, minutes, seconds, and N or S, as in 52 22 23.000 N" },
        { "unlisted type's words",  "TYPE731",  "abc",                      0, "'abc' cannot be read, because the type has no text form; write \\# LENGTH HEX (RFC 3597 §5)" },
        { "generic: wrong count",   "TYPE731",  "\\# 2 010203",             2, "the octets are not as many as the length behind \\# says; correct one of the two" },
        { "generic: not an A",      "A",        "\\# 3 010203",             2, "the octets behind \\# are not data of this type; write the type's own form" },
        { "NSEC without types",     "NSEC",     ".",                        1, "a record type is missing; write TYPEnnn for an unlisted one (RFC 3597 §5)" },
        { "URI without target",     "URI",      "1 1 \"\"",                 2, "'' is not a text string; write it in double quotes" },
        { "control octet",          "A",        "1\u001b[2J",               0, "'1\\027[2J' is not an IPv4 address; write four numbers of 0 to 255" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Refusal_names_the_word_and_what_to_write(string why, string type, string text, int word, string sentence)
    {
        Assert.False(RecordText.TryParse(RecordText.Type(type), text, null, out var rdata, out var error), why);
        var octets = Encoding.UTF8.GetBytes(text);
        var tokens = RecordText.Tokens(octets);
        var found = error.Token < tokens.Length ? octets.AsSpan(tokens[error.Token].Start, tokens[error.Token].Length) : default;
        Assert.Equal((word, sentence), (error.Token, error.Describe(found)));
        Assert.Empty(rdata);
    }

    [Fact]
    public void Text_undoes_print_whatever_valid_octets() => Prop.ForAll<byte[], int>((octets, choice) =>
    {
        var type = RrTypes.Known[(int)((uint)choice % RrTypes.Known.Count)];
        var rdata = RecordVectors.Mutate(type, octets, choice);
        if (!RdataWire.TryValidate(type, rdata, out _))
            return true;
        var text = RecordText.Print(type, rdata);
        return RecordText.TryParse(type, text, null, out var read, out _) && read.AsSpan().SequenceEqual(rdata);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Reading_never_throws_and_what_it_reads_is_valid() => Prop.ForAll<string, int>((line, choice) =>
    {
        var type = RrTypes.Known[(int)((uint)choice % RrTypes.Known.Count)];
        return !RecordText.TryParse(type, line ?? "", null, out var rdata, out _) || RdataWire.TryValidate(type, rdata, out _);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
