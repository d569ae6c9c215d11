using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class MasterFileEditorTests
{
    private const string Soa =
        """
        $TTL 3600
        ; the zone of the house
        @       IN SOA  ns1 hostmaster (
                        2026112001 ; serial
                        2h         ; refresh
                        1h 2w 300 )
                IN NS   ns1        ; ours
        ns1     IN A    192.0.2.1

        """;

    /// <summary>What is done: "- owner ttl type data" removes, "+ ..." adds, "= owner type data | new data" replaces, "t owner type ttl" sets the TTL.</summary>
    public static TheoryData<string, string, string, string> Edits => new()
    {
        // why                                  before                                              changes                             after
        { "a line goes",                        "$TTL 60\na A 192.0.2.1 ; one\nb A 192.0.2.2\n",    "- a A 192.0.2.1",                  "$TTL 60\nb A 192.0.2.2\n" },
        { "the case of names does not matter",  "$TTL 60\na NS X.\nb A 192.0.2.2\n",                "- A NS x.",                        "$TTL 60\nb A 192.0.2.2\n" },
        { "the owner moves down",               "$TTL 60\nwww     A  192.0.2.1\n        MX 1 a. ; c\n", "- www A 192.0.2.1",            "$TTL 60\nwww     MX 1 a. ; c\n" },
        { "the owner moves down over tabs",     "$TTL 60\nwww\tA\t192.0.2.1\n\tMX\t1 a.\n",         "- www A 192.0.2.1",                "$TTL 60\nwww\tMX\t1 a.\n" },
        { "the owner moves down over comments", "$TTL 60\nwww A 192.0.2.1\n; c\n\n MX 1 a.\n",      "- www A 192.0.2.1",                "$TTL 60\n; c\n\nwww MX 1 a.\n" },
        { "a long owner needs more room",       "$TTL 60\nwww-long A 192.0.2.1\n  MX 1 a.\n",       "- www-long A 192.0.2.1",           "$TTL 60\nwww-long MX 1 a.\n" },
        { "the second of three goes",           "$TTL 60\na A 192.0.2.1\n  A 192.0.2.2\n  A 192.0.2.3\n", "- a A 192.0.2.2",            "$TTL 60\na A 192.0.2.1\n  A 192.0.2.3\n" },
        { "the first two of three go",          "$TTL 60\na A 192.0.2.1\n  A 192.0.2.2\n  A 192.0.2.3\n", "- a A 192.0.2.1; - a A 192.0.2.2", "$TTL 60\na A 192.0.2.3\n" },
        { "the owner moves below an $ORIGIN",   "$TTL 60\na A 192.0.2.1\n$ORIGIN x\n A 192.0.2.2\n", "- a A 192.0.2.1",                 "$TTL 60\n$ORIGIN x\na.example.org. A 192.0.2.2\n" },
        { "the apex moves down",                "$TTL 60\n@ NS a.\n  NS b.\n",                      "- @ NS a.",                        "$TTL 60\n@ NS b.\n" },
        { "the owner as it was written",        "$TTL 60\nWWW.Example.Org. A 192.0.2.1\n                 A 192.0.2.2\n", "- www A 192.0.2.1", "$TTL 60\nWWW.Example.Org. A 192.0.2.2\n" },
        { "the TTL moves down",                 "a 60 A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n", "- a A 192.0.2.1",                  "b 60 A 192.0.2.2\nc A 192.0.2.3\n" },
        { "owner and TTL move down",            "a 60 A 192.0.2.1\n  A 192.0.2.2\n",                "- a A 192.0.2.1",                  "a 60 A 192.0.2.2\n" },
        { "the TTL of the record before stays", "x 60 A 192.0.2.9\na 60 A 192.0.2.1\nb A 192.0.2.2\n", "- a A 192.0.2.1",               "x 60 A 192.0.2.9\nb A 192.0.2.2\n" },
        { "a $TTL in between ends inheritance", "a 60 A 192.0.2.1\n$TTL 70\nb A 192.0.2.2\n",       "- a A 192.0.2.1",                  "$TTL 70\nb A 192.0.2.2\n" },
        { "several lines go",                   "$TTL 60\na TXT (x ; c\n y)\nb A 192.0.2.2\n",      "- a TXT x y",                      "$TTL 60\nb A 192.0.2.2\n" },
        { "the same record twice",              "$TTL 60\na A 192.0.2.1\na A 192.0.2.1\nb TXT x\n", "- a A 192.0.2.1",                  "$TTL 60\nb TXT x\n" },
        { "the last line goes, no line end",    "$TTL 60\na A 192.0.2.1\nb A 192.0.2.2",            "- b A 192.0.2.2",                  "$TTL 60\na A 192.0.2.1" },
        { "the last line goes, CRLF",           "$TTL 60\r\na A 192.0.2.1\r\nb A 192.0.2.2\r\n",    "- b A 192.0.2.2",                  "$TTL 60\r\na A 192.0.2.1\r\n" },
        { "a record comes",                     "$TTL 60\na A 192.0.2.1\n",                         "+ b 60 A 192.0.2.2",               "$TTL 60\na A 192.0.2.1\nb A 192.0.2.2\n" },
        { "with another TTL",                   "$TTL 60\na A 192.0.2.1\n",                         "+ b 61 A 192.0.2.2",               "$TTL 60\na A 192.0.2.1\nb 61 A 192.0.2.2\n" },
        { "where there is no $TTL",             "a 60 A 192.0.2.1\n",                               "+ b 60 A 192.0.2.2",               "a 60 A 192.0.2.1\nb 60 A 192.0.2.2\n" },
        { "in the style of the line before",    "$TTL 60\na\tIN\tA\t192.0.2.1\n",                   "+ b 60 MX 1 c.",                   "$TTL 60\na\tIN\tA\t192.0.2.1\nb\tIN\tMX\t1 c.\n" },
        { "at the apex",                        "$TTL 60\n",                                        "+ @ 60 A 192.0.2.2",               "$TTL 60\n@ A 192.0.2.2\n" },
        { "behind an $ORIGIN below",            "$TTL 60\n$ORIGIN x\na A 192.0.2.1\n",              "+ b.x 60 A 192.0.2.2; + c 60 A 192.0.2.3", "$TTL 60\n$ORIGIN x\na A 192.0.2.1\nb A 192.0.2.2\nc.example.org. A 192.0.2.3\n" },
        { "behind the root's $ORIGIN",          "$TTL 60\n$ORIGIN .\na.example.org A 192.0.2.1\n",  "+ b 60 A 192.0.2.2",               "$TTL 60\n$ORIGIN .\na.example.org A 192.0.2.1\nb.example.org. A 192.0.2.2\n" },
        { "behind a file without line end",     "$TTL 60\na A 192.0.2.1",                           "+ b 60 A 192.0.2.2",               "$TTL 60\na A 192.0.2.1\nb A 192.0.2.2" },
        { "behind a comment without line end",  "$TTL 60\n; c",                                     "+ b 60 A 192.0.2.2",               "$TTL 60\n; c\nb A 192.0.2.2" },
        { "in CRLF",                            "$TTL 60\r\na A 192.0.2.1\r\n",                     "+ b 60 A 192.0.2.2",               "$TTL 60\r\na A 192.0.2.1\r\nb A 192.0.2.2\r\n" },
        { "data changes in its place",          "$TTL 60\na  A  192.0.2.1 ; c\n",                   "= a A 192.0.2.1 | 192.0.2.2",      "$TTL 60\na  A  192.0.2.2 ; c\n" },
        { "only the word that differs",         "$TTL 60\na MX 10  m ; c\n",                        "= a MX 10 m | 20 m",               "$TTL 60\na MX 20  m ; c\n" },
        { "quotes stay quotes",                 "$TTL 60\na TXT \"x\"   \"y z\"\n",                 "= a TXT x \"y z\" | x \"y w\"",    "$TTL 60\na TXT \"x\"   \"y w\"\n" },
        { "other number of words",              "$TTL 60\na TXT x y ; c\n",                         "= a TXT x y | z",                  "$TTL 60\na TXT \"z\" ; c\n" },
        { "other number of words, in parentheses", "$TTL 60\na TXT ( x ; c\n y ) ; d\nb TXT (x) \n", "= a TXT x y | z",                 "$TTL 60\na TXT ( \"z\" ) ; d\nb TXT (x) \n" },
        { "parentheses that open in the data",  "$TTL 60\na TXT x ( y\n z ) ; d\n",                 "= a TXT x y z | w",                "$TTL 60\na TXT \"w\" ; d\n" },
        { "parentheses that close in the data", "$TTL 60\n(a TXT x ) y ; d\n",                      "= a TXT x y | w",                  "$TTL 60\n(a TXT \"w\") ; d\n" },
        { "a parenthesis in the last comment",  "$TTL 60\na TXT \"a\" ( \"b\" ) ; old (2019) value\n", "= a TXT a b | c",              "$TTL 60\na TXT \"c\" ; old (2019) value\n" },
        { "one in a comment before the end",    "$TTL 60\na TXT x ( y ; (1)\n z ; 2)\n ) ; d (3)\n", "= a TXT x y z | w",               "$TTL 60\na TXT \"w\" ; d (3)\n" },
        { "pairs that close behind the data",   "$TTL 60\na TXT x ( ( y ) ( ) ) ; (d)\n",          "= a TXT x y | w",                  "$TTL 60\na TXT \"w\" ; (d)\n" },
        { "no blank before a quote",            "$TTL 60\na MX 10\"m\" ; c\n",                     "= a MX 10 m | 10 n",               "$TTL 60\na MX 10 n.example.org. ; c\n" },
        { "nor behind the type",                "$TTL 60\na NS\"m\" ; c\n",                        "= a NS m | n",                     "$TTL 60\na NS n.example.org. ; c\n" },
        { "parameters in any order",            "$TTL 60\na SVCB 1 . port=8443 alpn=h2 ; c\n",     "= a SVCB 1 . alpn=h2 port=8443 | 1 . alpn=h2 port=9443", "$TTL 60\na SVCB 1 . alpn=\"h2\" port=9443 ; c\n" },
        { "parameters as they are printed",     "$TTL 60\na SVCB 1 . alpn=h2  port=8443 ; c\n",    "= a SVCB 1 . alpn=h2 port=8443 | 1 . alpn=h2 port=9443", "$TTL 60\na SVCB 1 . alpn=h2  port=9443 ; c\n" },
        { "types in any order",                 "$TTL 60\na CSYNC 66 3 AAAA A NS ; c\n",           "= a CSYNC 66 3 A NS AAAA | 66 3 A NS MX", "$TTL 60\na CSYNC 66 3 A NS MX ; c\n" },
        { "what stands before them alone",      "$TTL 60\na CSYNC 66 3 AAAA A NS ; c\n",           "= a CSYNC 66 3 A NS AAAA | 67 3 A NS AAAA", "$TTL 60\na CSYNC 67 3 AAAA A NS ; c\n" },
        { "generic data",                       "$TTL 60\na A \\# 4 c0000201 ; c\n",                "= a A 192.0.2.1 | 192.0.2.2",      "$TTL 60\na A 192.0.2.2 ; c\n" },
        { "a TTL changes where it stands",      "a  60  A 192.0.2.1\n",                             "t a A 70",                         "a  70  A 192.0.2.1\n" },
        { "and is kept from the next line",     "a 60 A 192.0.2.1\nb A 192.0.2.2\n",                "t a A 70",                         "a 70 A 192.0.2.1\nb 60 A 192.0.2.2\n" },
        { "a TTL that $TTL gave",               "$TTL 60\na IN A 192.0.2.1\n  A 192.0.2.2\n",       "t a A 70",                         "$TTL 60\na 70 IN A 192.0.2.1\n  70 A 192.0.2.2\n" },
        { "the serial alone",                   Soa,                                                "= @ SOA ns1 hostmaster 2026112001 7200 3600 1209600 300 | ns1 hostmaster 2026112002 7200 3600 1209600 300", Soa.Replace("2026112001", "2026112002", StringComparison.Ordinal) },
        { "an SOA's minimum that was the TTL",  "@ SOA a. b. 1 2 3 4 99\na A 192.0.2.1\n",          "= @ SOA a. b. 1 2 3 4 99 | a. b. 2 2 3 4 77", "$TTL 99\n@ SOA a. b. 2 2 3 4 77\na A 192.0.2.1\n" },
        { "all at once",                        Soa,                                                "- @ NS ns1; + @ 3600 NS ns2; = ns1 A 192.0.2.1 | 192.0.2.3", Soa.Replace("        IN NS   ns1        ; ours\n", "", StringComparison.Ordinal).Replace("192.0.2.1\n", "192.0.2.3\n@ IN NS ns2.example.org.\n", StringComparison.Ordinal) },
    };

    public static TheoryData<string, string, string, string> Refused => new()
    {
        // why                          before                                                      changes                 the error
        { "not there",                  "$TTL 60\na A 192.0.2.1\n",                                 "- a A 192.0.2.2",      "example.org:1:1: a.example.org. has no such A record; read the zone again, it may have changed" },
        { "made by $GENERATE",          "$TTL 60\n$GENERATE 1-3 h$ A 192.0.2.$\n",                  "- h2 A 192.0.2.2",     "example.org:2:1: the record is made by a $GENERATE; change it there by hand" },
        { "in an included file",        "$TTL 60\n$INCLUDE part\n",                                 "- p A 192.0.2.7",      "part:1:1: the record is in an included file; change it there by hand" },
        { "an include takes the TTL",   "a 60 A 192.0.2.1\n$INCLUDE part\n",                        "- a A 192.0.2.1",      "part:1:1: a record in an included file takes its TTL from a record that would change; write $TTL at the top" },
        { "an include takes the owner", "$TTL 60\na A 192.0.2.1\n$INCLUDE headless\n",              "- a A 192.0.2.1",      "headless:1:2: a record in an included file takes its owner from a record that would go; write its owner there" },
        { "a file with an error",       "a 60 X\n",                                                 "- a A 192.0.2.1",      "example.org:1:6: 'X' is not a record type; write TYPEnnn for an unlisted one" },
    };

    [Theory, MemberData(nameof(Edits))]
    public void Only_the_lines_that_must_are_changed(string why, string before, string changes, string after)
    {
        Assert.True(TryEdit(before, Parse(changes), out var edited, out var error), $"{why}: {error}");
        Assert.True(after == edited, $"{why}:\n{edited}");
    }

    [Theory, MemberData(nameof(Refused))]
    public void What_cannot_be_changed_is_named(string why, string before, string changes, string expected)
    {
        Assert.False(TryEdit(before, Parse(changes), out _, out var error), why);
        Assert.True(expected == error!.ToString(), $"{why}: {error}");
    }

    /// <summary>A file of random lines, of which some go, some change, and some come.</summary>
    [Fact]
    public void Reading_the_new_text_gives_the_old_records_with_exactly_the_changes() => Prop.ForAll<byte[]>(choices =>
    {
        var text = "first 60 A 192.0.2.1\n" + string.Concat(choices.Select(Line)); // so that the first line has an owner and a TTL to give
        var before = PrintedRecords.Read(text, includes: Includes);
        if (before.Faults.HasErrors)
            return true;
        var victims = before.Records.Lines.Where((line, i) => choices.Length > 0 && choices[i % choices.Length] % 3 == 0).Select(line => WithTtl(line, 0)).ToHashSet(StringComparer.Ordinal);
        var kept = before.Records.Lines.Where(line => !victims.Contains(WithTtl(line, 0))).ToList();
        var set = kept.FirstOrDefault(_ => choices.Length % 2 == 0);
        List<MasterChange> changes = [.. victims.Select(line => Remove(line)), new MasterChange.Add(Name("new"), RrTypes.A, new(60), Data(RrTypes.A, "192.0.2.99"))];
        if (set is not null)
            changes.Add(new MasterChange.SetTtl(Name(set.Split(' ')[0]), Type(set.Split(' ')[2]), new(88)));
        if (!TryEdit(text, changes, out var edited, out var error))
            return error!.Fault is not MasterEditFault.NotFound and not MasterEditFault.FileFaulty;
        var expected = kept.Select(line => IsOfSet(line, set) ? WithTtl(line, 88) : line).Append("new.example.org. 60 A 192.0.2.99");
        return PrintedRecords.Read(edited!, includes: Includes).Records.Lines.Distinct(StringComparer.Ordinal).SequenceEqual(expected.Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static readonly FakeIncludes Includes = new(("part", "p A 192.0.2.7\n"), ("headless", " A 192.0.2.8\n"));

    private static string Line(byte choice) => (choice % 26) switch
    {
        0 => "a 60 A 192.0.2.1\n",
        1 => "a A 192.0.2.2 ; c\n",
        2 => "b\t70\tIN\tTXT\t\"x y\" z\n",
        3 => "        A 192.0.2.3\n",
        4 => "\tMX 10 m\n",
        5 => "   80 A 192.0.2.4\n",
        6 => "$ORIGIN sub\n",
        7 => "$ORIGIN example.org.\n",
        8 => "$TTL 90\n",
        9 => "; comment\n",
        10 => "\n",
        11 => "@ IN NS ( ns1\n ; c\n ) \n",
        12 => "$INCLUDE part\n",
        13 => "$INCLUDE headless\n",
        14 => "$GENERATE 1-2 h$ A 192.0.2.$\n",
        15 => "c.example.org. 60 CNAME a\r\n",
        16 => "* TXT \"a;b\"",
        17 => " TXT (x\n y)\n",
        18 => "@ SOA ns1 h 1 2 3 4 50\n",
        19 => "d 60 AAAA 2001:db8::1\n",
        20 => "  AAAA 2001:db8::2\n",
        21 => "e A 192.0.2.5\n",
        22 => "f SVCB 1 . port=8443 alpn=h2\n",
        23 => " CSYNC 66 3 AAAA ( A NS ) ; (old) c)\n",
        24 => "g TXT \"a\" ( \"b\" ) ; old (2019) value\n",
        _ => " MX 20 m2 ;\n",
    };

    private static bool IsOfSet(string line, string? set) => set is not null && line.Split(' ')[0] == set.Split(' ')[0] && line.Split(' ')[2] == set.Split(' ')[2];

    private static string WithTtl(string line, int ttl) => string.Join(' ', line.Split(' ').Select((word, i) => i == 1 ? $"{ttl}" : word));

    internal static MasterChange.Remove Remove(string line)
    {
        var parts = line.Split(' ', 4);
        return new(Name(parts[0]), Type(parts[2]), Data(Type(parts[2]), parts[3]));
    }

    private static bool TryEdit(string text, IReadOnlyList<MasterChange> changes, out string? edited, out MasterEditError? error)
    {
        var good = MasterFileEditor.TryEdit("example.org", Encoding.UTF8.GetBytes(text), Name("@"), Includes, changes, out var octets, out error);
        edited = good ? Encoding.UTF8.GetString(octets!) : null;
        return good;
    }

    internal static List<MasterChange> Parse(string changes) => [.. changes.Split("; ").Select(ParseOne)];

    private static MasterChange ParseOne(string change)
    {
        var parts = change.Split(' ', change[0] is '+' ? 5 : 4);
        return change[0] switch
        {
            '-' => new MasterChange.Remove(Name(parts[1]), Type(parts[2]), Data(Type(parts[2]), parts[3])),
            '+' => new MasterChange.Add(Name(parts[1]), Type(parts[3]), new(uint.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)), Data(Type(parts[3]), parts[4])),
            '=' => new MasterChange.Replace(Name(parts[1]), Type(parts[2]), Data(Type(parts[2]), parts[3].Split(" | ")[0]), Data(Type(parts[2]), parts[3].Split(" | ")[1])),
            _ => new MasterChange.SetTtl(Name(parts[1]), Type(parts[2]), new(uint.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture))),
        };
    }

    internal static DomainName Name(string text)
    {
        Assert.True(DomainName.TryParseAbsolute("example.org", out var origin));
        if (text == "@")
            return origin;
        Assert.True(DomainName.TryParse(Encoding.ASCII.GetBytes(text), origin, out var name, out _));
        return name;
    }

    internal static RrType Type(string text)
    {
        Assert.True(RrTypes.TryParse(text, out var type));
        return type;
    }

    /// <summary>Data by the reader itself: the tests of the records see to it.</summary>
    internal static Octets Data(RrType type, string text)
    {
        var sink = new LastData();
        var faults = new ZoneFaults();
        new MasterFileReader(NoIncludes.Instance, sink, faults).Read("data", Encoding.UTF8.GetBytes($"@ 60 {type} {text}"), Name("@").Wire);
        Assert.Empty(faults.Errors);
        return sink.Data;
    }

    private sealed class LastData : IRecordSink
    {
        public Octets Data { get; private set; }

        public void Add(in MasterRecord record) => Data = new(record.Rdata);
    }
}
