using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.MasterFiles;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Dns.Tests.Checks;

public sealed class ZoneReaderTests
{
    private const string Base = "$TTL 60\n@ SOA ns h 7 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n"; // the lines of a case begin with line 5

    /// <summary>A fault, and the nearest text that has none.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        // fault                        lines behind the base                   messages, separated by |                                                nearest good lines
        { "CnameAndOther",              "www CNAME a.\nwww A 192.0.2.2",        "6:1: www is a CNAME and has an A record too",                          "www CNAME a.\nw A 192.0.2.2" },
        { "CnameAndOther, other first", "www MX 1 a.\n CNAME a.",               "6:2: www is a CNAME and has an MX record too",                         "www MX 1 a." },
        { "CnameAndOther at the apex",  "@ CNAME a.",                           "5:1: example.org is a CNAME and has an NS record too",                 "a CNAME a." },
        { "CNAME beside its signature", "www CNAME a.\nwww RRSIG CNAME 13 3 60 20300101000000 20200101000000 1 @ AAAA\nwww TXT x", "7:1: www is a CNAME and has a TXT record too", "www CNAME a.\nwww RRSIG CNAME 13 3 60 20300101000000 20200101000000 1 @ AAAA" },
        { "SeveralCnames",              "w CNAME a.\nw CNAME b.",               "6:1: w has several CNAME records; write one",                          "w CNAME a.\nv CNAME b." },
        { "SeveralDnames",              "w DNAME a.\nw DNAME b.",               "6:1: w has several DNAME records; write one",                          "w DNAME a.\nv DNAME b." },
        { "BelowDname",                 "w DNAME a.\nx.w A 192.0.2.2",          "6:1: x.w lies below the DNAME of w, which takes all names there; take one of the two away (RFC 6672 §2.4)", "w DNAME a.\nw A 192.0.2.2" },
        { "BelowDelegation",            "d NS a.\nx.d TXT x",                   "6:1: warning: x.d lies below the delegation of d, so its TXT record is never answered; put it into that zone", "d NS a.\nx.d A 192.0.2.2" },
        { "OutOfZone",                  "www.example.com. TXT x",               "5:1: www.example.com is not in example.org; take the record away, or correct the name", "www.example.com TXT x" },
        { "OutOfZone, an address",      "www.example.com. A 192.0.2.2",         "5:1: www.example.com is not in example.org; take the record away, or correct the name", "@ NS www.example.com.\nwww.example.com. A 192.0.2.2" },
        { "GlueMissing",                "d NS ns.d",                            "5:1: ns.d is a name server of d and lies below it, but has no address here; write an A or AAAA record for it (glue)", "d NS ns.d\nns.d AAAA 2001:db8::1" },
        { "GlueMissing, of the cut itself", "d NS d",                           "5:1: d is a name server of d and lies below it, but has no address here; write an A or AAAA record for it (glue)", "d NS d\nd A 192.0.2.2" },
        { "sibling glue may be missing", "d NS ns.d\nns.d A 192.0.2.2\ne NS x.d\ne NS x", "8:1: x is a name server, but has no address; write an A or AAAA record for it, or correct the name", "d NS ns.d\nns.d A 192.0.2.2\ne NS x.d" },
        { "NsTargetMissing",            "@ NS x",                               "5:1: x is a name server, but has no address; write an A or AAAA record for it, or correct the name", "@ NS x\nx AAAA 2001:db8::1" },
        { "NsTargetMissing, other data", "@ NS x\nx TXT x",                     "5:1: x is a name server, but has no address; write an A or AAAA record for it, or correct the name", "@ NS x.example.com." },
        { "NsTargetIsAlias",            "@ NS x\nx CNAME ns",                   "5:1: x is a name server, but is a CNAME; write the name that it is an alias of (RFC 2181 §10.3)", "@ NS x.example.com." },
        { "MxTargetMissing",            "@ MX 1 x",                             "5:1: warning: x is a mail exchange, but has no address; write an A or AAAA record for it, or correct the name", "@ MX 0 ." },
        { "MxTargetMissing and a wildcard", "@ MX 1 x.y\n*.z A 192.0.2.2",      "5:1: warning: x.y is a mail exchange, but has no address; write an A or AAAA record for it, or correct the name", "@ MX 1 x.z\n*.z A 192.0.2.2" },
        { "a wildcard stops at an existing name", "@ MX 1 x.y.z\n*.z A 192.0.2.2\ny.z TXT x", "5:1: warning: x.y.z is a mail exchange, but has no address; write an A or AAAA record for it, or correct the name", "@ MX 1 x.y.z\n*.z A 192.0.2.2" },
        { "MxTargetIsAlias",            "@ MX 1 x\nx CNAME ns",                 "5:1: warning: x is a mail exchange, but is a CNAME; write the name that it is an alias of (RFC 2181 §10.3)", "@ MX 1 x.d\nd NS a." },
        { "MxTargetIsAlias by a DNAME", "@ MX 1 x.d\nd DNAME a.",               "5:1: warning: x.d is a mail exchange, but is a CNAME; write the name that it is an alias of (RFC 2181 §10.3)", "@ MX 1 ns" },
        { "SrvTargetMissing",           "_a._tcp SRV 1 2 3 x",                  "5:1: warning: x is the target of an SRV record, but has no address; write an A or AAAA record for it, or correct the name", "_a._tcp SRV 0 0 0 ." },
        { "SrvTargetIsAlias",           "_a._tcp SRV 1 2 3 x\nx CNAME ns",      "5:1: warning: x is the target of an SRV record, but is a CNAME; write the name that it is an alias of (RFC 2782)", "_a._tcp SRV 1 2 3 ns" },
        { "TtlsDiffer",                 "w 60 A 192.0.2.2\nw 61 A 192.0.2.3",   "6:1: warning: the A records of w have different TTLs, and the lowest, 60, is served for all; write the same one (RFC 2181 §5.2)", "w 60 A 192.0.2.2\nw 61 AAAA 2001:db8::1" },
        { "TtlsDiffer, the higher first", "w 61 A 192.0.2.2\nw 60 A 192.0.2.3", "5:1: warning: the A records of w have different TTLs, and the lowest, 60, is served for all; write the same one (RFC 2181 §5.2)", "w 60 A 192.0.2.2\nv 61 A 192.0.2.3" },
        { "DsWithoutNs",                "d DS 1 13 2 " + new string('0', 64),   "5:1: warning: d has a DS record but no NS; write the NS records of the delegation, or take the DS away", "d NS a.\nd DS 1 13 2 " + new string('0', 64) },
        { "DsAtApex",                   "@ DS 1 13 2 " + new string('0', 64),   "5:1: warning: example.org has a DS record, which belongs into the zone above; take it away", "@ CDS 1 13 2 " + new string('0', 64) },
        { "Duplicate",                  "w A 192.0.2.2\nw A 192.0.2.2",         "6:1: warning: w has this A record already; take one away",             "w A 192.0.2.2\nw A 192.0.2.3" },
        { "Duplicate but for case",     "w NS A.\nW NS a.",                     "6:1: warning: W has this NS record already; take one away",            "w TXT A\nw TXT a" },
        { "ProofsMissing, NSEC",        "@ RRSIG SOA 13 2 60 20300101000000 20200101000000 1 @ AAAA", "2:1: warning: example.org is signed and has neither NSEC nor NSEC3PARAM, so resolvers that validate take no answer for a name that is not there; sign the zone again", "@ RRSIG SOA 13 2 60 20300101000000 20200101000000 1 @ AAAA\n@ NSEC @ NS SOA RRSIG NSEC" },
        { "ProofsMissing, NSEC3PARAM",  "35mthgpgcu1qg68fab165klnsnk3dpvl NSEC3 1 0 0 - 35mthgpgcu1qg68fab165klnsnk3dpvl NS", "2:1: warning: example.org has NSEC3 records but no NSEC3PARAM, so nothing can be proved with them; sign the zone again (RFC 5155 §4)", "@ NSEC3PARAM 1 0 0 -\n35mthgpgcu1qg68fab165klnsnk3dpvl NSEC3 1 0 0 - 35mthgpgcu1qg68fab165klnsnk3dpvl NS" },
        { "Nsec3Unusable",              "@ NSEC3PARAM 1 0 501 -",               "5:1: NSEC3's iterations (501) are too many to be made for each question; sign the zone with 0, or at most 500 (RFC 9276 §3.1)", "@ NSEC3PARAM 1 0 0 -" },
        { "Nsec3Unusable, its hash",    "@ NSEC3PARAM 2 0 0 -",                 "5:1: NSEC3's hash algorithm 2 is not known; sign the zone with 1, SHA-1 (RFC 5155 §11)", "@ NSEC3PARAM 1 0 0 -" },
        { "Nsec3Iterations",            "@ NSEC3PARAM 1 0 500 -",               "5:1: warning: NSEC3's iterations (500) hide nothing and cost time, and with many of them resolvers take the zone for unsigned; sign it with 0 (RFC 9276 §3.1)", "@ NSEC3PARAM 1 0 0 -" },
        { "signatures have the TTLs of what they sign", "w A 192.0.2.2\nw 60 RRSIG A 13 3 60 20300101000000 20200101000000 1 @ AAAA\nw 61 RRSIG MX 13 3 61 20300101000000 20200101000000 1 @ AAAA\nw CNAME w\n@ NSEC w NS", "8:1: w is a CNAME and has an A record too", "w A 192.0.2.2\nw 60 RRSIG A 13 3 60 20300101000000 20200101000000 1 @ AAAA\nw 61 RRSIG MX 13 3 61 20300101000000 20200101000000 1 @ AAAA" },
        { "SeveralSoa",                 "@ SOA ns h 8 2 3 4 5",                 "5:1: example.org has an SOA record already, and this one (serial 8) differs; take one away", "" },
        { "the same SOA twice",         "@ SOA NS h 7 2 3 4 5",                 "5:1: warning: example.org has this SOA record already; take one away", "" },
        { "SoaBelowApex",               "w SOA ns h 7 2 3 4 5",                 "5:1: w has an SOA record, and only example.org can have one; put that zone into a file of its own", "w NS a." },
        { "FinalDotMissing",            "www.example.org A 192.0.2.2",          "5:1: warning: www.example.org.example.org ends in the zone's name twice; write a final dot behind the name", "www.example.org. A 192.0.2.2" },
        { "a fault of a line hides what seems to be missing", "@ MX 1 x\nx AAAAA 1\nw CNAME a.\nw A 192.0.2.2", "6:3: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one|8:1: w is a CNAME and has an A record too", "@ MX 1 x\nx A 192.0.2.2" },
        { "a fault in an included file", "w CNAME a.\n$INCLUDE part",           "part:1:1: w is a CNAME and has an A record too",                       "$INCLUDE part" },
        { "a fault that $GENERATE makes", "h2 CNAME a.\n$GENERATE 1-3 h$ A 192.0.2.$", "6:1: h2 is a CNAME and has an A record too",                  "$GENERATE 1-3 h$ A 192.0.2.$" },
    };

    public static TheoryData<string, string, string> WholeFiles => new()
    {
        // why                          text                                    messages
        { "empty",                      "",                                     "1:1: the zone is empty; write an SOA and an NS record of example.org, or delete the file to remove the zone" },
        { "a comment alone",            "; x\n",                                "1:1: the zone is empty; write an SOA and an NS record of example.org, or delete the file to remove the zone" },
        { "no SOA",                     "@ 60 NS a.\n",                         "1:1: example.org has no SOA record; write one (RFC 1035 §3.3.13)" },
        { "no SOA, and other faults",   "@ 60 NS a.\nw CNAME a.\nw A 192.0.2.1\n", "1:1: example.org has no SOA record; write one (RFC 1035 §3.3.13)|3:1: w is a CNAME and has an A record too" },
        { "no NS",                      "@ 60 SOA a. b. 1 2 3 4 5\n",           "1:1: example.org has no NS record; write one for each server of the zone" },
    };

    public static TheoryData<string, uint, uint, ZoneReadOptions, string> Serials => new()
    {
        // why                          serial          before      options                                             messages
        { "newer",                      8,              7,          new(),                                              "" },
        { "the same",                   7,              7,          new(StrictSerial: true),                            "" },
        { "around the circle",          3,              4294967290, new(),                                              "" },
        { "older",                      6,              7,          new(),                                              "1:1: warning: serial 6 is older than 7, the one before, and secondaries would not take it, so a later one is served; write 8 or later (RFC 1982)" },
        { "older, strict",              6,              7,          new(StrictSerial: true),                            "1:1: serial 6 is older than 7, the one before; write 8 or a later one (RFC 1982)" },
        { "opposite on the circle",     2147483655,     7,          new(StrictSerial: true),                            "1:1: serial 2147483655 is older than 7, the one before; write 8 or a later one (RFC 1982)" },
        { "2^30 ahead",                 1073741831,     7,          new(),                                              "" },
        { "further ahead",              1073741832,     7,          new(),                                              "1:1: serial 1073741832 is more than 2^30 ahead of 7, the one before; write 8, or allow the jump if it is meant" },
        { "further ahead, allowed",     1073741832,     7,          new(AllowSerialJump: true),                         "" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_told_at_its_place_and_the_nearest_good_zone_has_none(string fault, string lines, string expected, string good)
    {
        Assert.True(expected == Read(Base + lines), $"{fault}: {Read(Base + lines)}");
        Assert.True("" == Read(Base + good), $"{fault}, good: {Read(Base + good)}");
    }

    [Theory, MemberData(nameof(WholeFiles))]
    public void A_zone_has_an_SOA_and_an_NS_at_its_apex(string why, string text, string expected) => Assert.True(expected == Read(text), $"{why}: {Read(text)}");

    [Theory, MemberData(nameof(Serials))]
    public void The_serial_is_compared_with_the_one_before(string why, uint serial, uint before, ZoneReadOptions options, string expected)
    {
        var told = Read($"@ 60 SOA a. b. {serial} 2 3 4 5\n@ NS a.\n", options with { Previous = new Serial(before) });

        Assert.True(expected == told, $"{why}: {told}");
    }

    [Fact]
    public void Two_faults_of_a_push_read_as_the_manual_shows_them()
    {
        var text = Base + "\n\n\n\n\n\n\nwww  60 AAAAA 2001:db8::1\nwww A 192.0.2.2\nwww CNAME ns\n";

        Assert.Equal(
            "example.org:12:9: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one\nexample.org:14:1: www is a CNAME and has an A record too",
            string.Join('\n', Tell(text, ZoneReadOptions.Default)));
    }

    [Fact]
    public void A_pointer_without_its_final_dot_is_told() => Assert.Equal(
        "5:1: warning: host.example.com.2.0.192.in-addr.arpa lies in a reverse zone; write a final dot behind the host's name",
        Read("$TTL 60\n@ SOA a. b. 7 2 3 4 5\n@ NS a.\n2 PTR host.example.com.\n3 PTR host.example.com\n", zone: "2.0.192.in-addr.arpa"));

    [Fact]
    public void Addresses_of_name_servers_outside_of_the_zone_are_hints_and_not_served()
    {
        Assert.True(TryRead(Base + "@ NS s.example.com.\ns.example.com. A 192.0.2.9\n AAAA 2001:db8::9\n", ZoneReadOptions.Default, "example.org", out var zone, out _));

        Assert.Equal("s.example.com. 192.0.2.9|s.example.com. 2001:db8::9", string.Join('|', zone!.Hints.Select(hint => $"{hint.Server} {hint.Address}")));
        Assert.Equal(4, zone.Zone.RecordCount);
    }

    [Fact]
    public void A_good_zone_says_what_it_included_and_where_its_SOA_stands()
    {
        Assert.True(TryRead("; c\n" + Base + "$INCLUDE part\n", ZoneReadOptions.Default, "example.org", out var zone, out _));

        Assert.Equal(["part"], zone!.Includes);
        Assert.Equal("example.org:3:1", zone.SoaAt.ToString());
        Assert.Equal(new Serial(7), zone.Zone.Serial);
    }

    [Fact]
    public void At_most_20_errors_are_told()
    {
        var text = Base + string.Concat(Enumerable.Range(0, 30).Select(i => $"w{i} CNAME a.\nw{i} A 192.0.2.2\n"));

        Assert.Equal(20, Tell(text, ZoneReadOptions.Default).Count);
    }

    [Fact]
    public void The_root_can_be_read() => Assert.Equal("", Read("$TTL 60\n. SOA a. b. 7 2 3 4 5\n. NS a.root-servers.net.\na.root-servers.net. A 192.0.2.1\nnet. NS x.\nx. A 192.0.2.1", zone: "."));

    [Fact]
    public void Reading_never_throws_whatever_the_lines() => Prop.ForAll<byte[]>(octets =>
        Tell([.. Encoding.ASCII.GetBytes(Base), .. octets], ZoneReadOptions.Default).Count <= 40).QuickCheckThrowOnFailure();

    private static string Read(string text, ZoneReadOptions? options = null, string zone = "example.org") =>
        string.Join('|', Tell(text, options ?? ZoneReadOptions.Default, zone).Select(error => error.ToString()).Select(told => told.StartsWith(zone + ":", StringComparison.Ordinal) ? told[(zone.Length + 1)..] : told));

    private static Seq<ZoneError> Tell(string text, ZoneReadOptions options, string zone = "example.org") => Tell(Encoding.UTF8.GetBytes(text), options, zone);

    private static Seq<ZoneError> Tell(byte[] text, ZoneReadOptions options, string zone = "example.org") =>
        TryRead(text, options, zone, out var good, out var errors) ? good!.Warnings : errors;

    private static bool TryRead(string text, ZoneReadOptions options, string zone, out CheckedZone? good, out Seq<ZoneError> errors) =>
        TryRead(Encoding.UTF8.GetBytes(text), options, zone, out good, out errors);

    private static bool TryRead(byte[] text, ZoneReadOptions options, string zone, out CheckedZone? good, out Seq<ZoneError> errors)
    {
        Assert.True(DomainName.TryParseAbsolute(zone, out var apex));
        return ZoneReader.TryRead(zone, text, apex, new FakeIncludes(("part", "w A 192.0.2.7\n")), options, out good, out errors);
    }
}
