using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

public sealed class RdataWireTests
{
    public static TheoryData<string, string, string, string> Faults => new()
    {
        // why                              type        octets                      error
        { "three octets",                   "A",        "c00002",                   "offset 0: Truncated" },
        { "five octets",                    "A",        "c000020100",               "offset 4: TrailingOctets" },
        { "compression pointer",            "MX",       "000ac00c",                 "offset 2: Malformed" },
        { "no string",                      "TXT",      "",                         "offset 0: Truncated" },
        { "string past the end",            "TXT",      "0161 0261",                "offset 3: Truncated" },
        { "empty key",                      "DNSKEY",   "0100030d",                 "offset 4: Truncated" },
        { "bitmap of no octets",            "NSEC",     "000000",                   "offset 3: Malformed" },
        { "bitmap that ends in zero",       "NSEC",     "0000024000",               "offset 5: Malformed" },
        { "windows that descend",           "NSEC",     "00010140000140",           "offset 6: Malformed" },
        { "no types",                       "NSEC",     "00",                       "offset 1: Truncated" },
        { "empty hash",                     "NSEC3",    "010000000000",             "offset 6: Malformed" },
        { "digest of SHA-256 too short",    "DS",       "00010d0200",               "offset 4: Malformed" },
        { "tag with a space",               "CAA",      "00026120",                 "offset 4: Malformed" },
        { "LOC version 1",                  "LOC",      "01121613800000008000000000989680", "offset 1: Malformed" },
        { "size digit over 9",              "LOC",      "00a21613800000008000000000989680", "offset 4: Malformed" },
        { "size 0 times a power",           "LOC",      "00011613800000008000000000989680", "offset 4: Malformed" },
        { "latitude over 90 degrees",       "LOC",      "00121613ffffffff8000000000989680", "offset 8: Malformed" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Fault_is_named_with_its_offset(string why, string type, string octets, string error)
    {
        Assert.False(RdataWire.TryValidate(RecordText.Type(type), Hex(octets), out var found), why);
        Assert.Equal(error, found.ToString());
    }

    [Fact]
    public void Validation_never_throws_whatever_the_octets() => Prop.ForAll<byte[], int>((octets, choice) =>
    {
        foreach (var type in RrTypes.Known)
        {
            if (!RdataWire.TryValidate(type, octets, out var error) && error.Offset > octets.Length)
                return false;
            if (!RdataWire.TryValidate(type, RecordVectors.Mutate(type, octets, choice), out error) && error.Fault is WireFault.None)
                return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    public static TheoryData<string, string, string, string> Compressed => new()
    {
        // why                                      type        data behind "a.example." at offset 0        octets, or the error
        { "MX, as RFC 1035 allows",                 "MX",       "000a 016d c002",                           "000a016d076578616d706c6500" },
        { "SOA with two pointers",                  "SOA",      "c000 c002 00000001 00000002 00000003 00000004 00000005", "0161076578616d706c6500076578616d706c6500000000010000000200000003000000040000000 5" },
        { "SRV, which RFC 3597 asks to understand", "SRV",      "0001 0002 0003 c000",                      "0001000200030161076578616d706c6500" },
        { "RP likewise",                            "RP",       "c000 c002",                                "0161076578616d706c6500076578616d706c6500" },
        { "DNAME never",                            "DNAME",    "c000",                                     "offset 11: Malformed" },
        { "RRSIG never",                            "RRSIG",    "0001 0d 01 00000000 00000000 00000000 0001 c000 01", "offset 29: Malformed" },
        { "unknown types never",                    "TYPE731",  "c000",                                     "c000" },
        { "TXT",                                    "TXT",      "0161",                                     "0161" },
        { "octets left over",                       "NS",       "c000 00",                                  "offset 13: TrailingOctets" },
    };

    [Theory, MemberData(nameof(Compressed))]
    public void Names_are_expanded_where_a_type_may_hold_pointers(string why, string type, string data, string expected)
    {
        var rdata = Hex(data);
        var reader = new WireReader([.. Convert.FromHexString("0161076578616d706c6500"), .. rdata]);
        reader.MoveTo(11);
        reader.Narrow(rdata.Length);
        var output = new byte[1024];
        var good = RdataWire.TryDecompress(RecordText.Type(type), ref reader, output, out var length);
        var found = good ? Convert.ToHexStringLower(output.AsSpan(0, length)) : reader.Error.ToString();
        Assert.True((good ? expected.Replace(" ", "", StringComparison.Ordinal) : expected) == found, $"{why}: {found}");
    }

    [Fact]
    public void Decompression_never_writes_past_its_output_and_gives_valid_data() => Prop.ForAll<byte[], byte, int>((octets, room, choice) =>
    {
        var type = RrTypes.Known[(int)((uint)choice % RrTypes.Known.Count)];
        var message = (byte[])[.. Convert.FromHexString("0161076578616d706c6500"), .. RecordVectors.Mutate(type, octets, choice)];
        var reader = new WireReader(message);
        reader.MoveTo(11);
        var output = new byte[512];
        output.AsSpan().Fill(0xee);
        var good = RdataWire.TryDecompress(type, ref reader, output.AsSpan(0, room), out var length);
        return output.AsSpan(room).IndexOfAnyExcept((byte)0xee) < 0 && length <= room && (!good || RdataWire.TryValidate(type, output.AsSpan(0, length), out _));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    public static TheoryData<string, string, string, string> Canonical => new()
    {
        // why                                      type        text                                octets in canonical form
        { "MX",                                     "MX",       "1 A.b.",                           "000101610162 00" },
        { "SOA, both names",                        "SOA",      "A. B. 1 2 3 4 5",                  "01610001620000000001000000020000000300000004000000 05" },
        { "NSEC keeps its case (RFC 6840 §5.1)",    "NSEC",     "A. A",                             "0141000001 40" },
        { "RRSIG's signer",                         "RRSIG",    "A 13 1 1 1 1 1 A. QUFB",           "00010d01000000010000000100000001000101610041 4141" },
        { "SVCB keeps its case",                    "SVCB",     "1 A.",                             "0001014100" },
        { "TXT keeps its case",                     "TXT",      "A",                                "0141" },
    };

    [Theory, MemberData(nameof(Canonical))]
    public void Canonical_form_folds_the_names_of_older_types(string why, string type, string text, string octets)
    {
        Assert.True(RecordText.TryParse(RecordText.Type(type), text, null, out var rdata, out _), why);
        RdataWire.Canonicalize(RecordText.Type(type), rdata);
        Assert.Equal(octets.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(rdata));
    }

    [Theory]
    [InlineData("MX", "1 A.", "1 a.", 0)]
    [InlineData("MX", "1 a.", "1 B.", -1)]
    [InlineData("MX", "2 a.", "1 b.", 1)]
    [InlineData("NSEC", "A. A", "a. A", -1)]
    [InlineData("TXT", "a", "a b", -1)]
    [InlineData("NS", "a.", "a.b.", -1)] // the data is compared as octets, not as names (RFC 4034 §6.3)
    public void Canonical_order_compares_folded_octets(string type, string left, string right, int order)
    {
        Assert.True(RecordText.TryParse(RecordText.Type(type), left, null, out var first, out _));
        Assert.True(RecordText.TryParse(RecordText.Type(type), right, null, out var second, out _));
        Assert.Equal(order, Math.Sign(RdataWire.CompareCanonical(RecordText.Type(type), first, second)));
    }

    [Fact]
    public void Names_are_found_with_their_places()
    {
        Assert.True(RecordText.TryParse(RrTypes.Naptr, "1 2 \"s\" \"x+y\" \"\" a.b.", null, out var rdata, out _));
        var places = new NamePlace[RdataWire.MaxNames];
        Assert.Equal(1, RdataWire.FindNames(RrTypes.Naptr, rdata, places));
        Assert.Equal(new NamePlace(11, 5, RdataField.ExpandedName), places[0]);
    }

    private static byte[] Hex(string octets) => Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));
}
