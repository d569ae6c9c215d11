using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class MasterFileReaderTests
{
    private const string Www = "www.example.org. 60 A 192.0.2.1";

    public static TheoryData<string, string, string> Records => new()
    {
        // why                                      text                                                        records, separated by |
        { "owner, TTL, class, type",                "www 60 IN A 192.0.2.1\n",                                  Www },
        { "class before TTL",                       "www IN 60 A 192.0.2.1\n",                                  Www },
        { "no class",                               "www 60 A 192.0.2.1\n",                                     Www },
        { "class by number",                        "www 60 CLASS1 A 192.0.2.1\n",                              Www },
        { "any case",                               "www 60 in a 192.0.2.1\n",                                  Www },
        { "no line end at the end",                 "www 60 A 192.0.2.1",                                       Www },
        { "CRLF",                                   "$TTL 60\r\nwww A 192.0.2.1\r\n",                           Www },
        { "byte order mark",                        "\ufeffwww 60 A 192.0.2.1\n",                               Www },
        { "tabs, blanks at the end",                "www\t60\t\tA  192.0.2.1 \t\n",                             Www },
        { "comments and empty lines",               "; c\n\n  ; ( \"\nwww 60 A 192.0.2.1;c\n",                  Www },
        { "absolute owner",                         "www.example.org. 60 A 192.0.2.1",                          Www },
        { "case is kept",                           "WWW 60 A 192.0.2.1",                                       "WWW.example.org. 60 A 192.0.2.1" },
        { "the origin itself",                      "@ 60 A 192.0.2.1",                                         "example.org. 60 A 192.0.2.1" },
        { "an escaped at sign is a label",          "\\@ 60 A 192.0.2.1",                                       "\\@.example.org. 60 A 192.0.2.1" },
        { "an escaped dollar sign is a label",      "\\$ 60 A 192.0.2.1",                                       "\\$.example.org. 60 A 192.0.2.1" },
        { "wildcard",                               "* 60 A 192.0.2.1",                                         "*.example.org. 60 A 192.0.2.1" },
        { "inherited owner and TTL",                "www 60 A 192.0.2.1\n A 192.0.2.2",                         Www + "|www.example.org. 60 A 192.0.2.2" },
        { "inherited behind a tab",                 "www 60 A 192.0.2.1\n\t\tA 192.0.2.2",                      Www + "|www.example.org. 60 A 192.0.2.2" },
        { "TTL of the record before",               "a 60 A 192.0.2.1\nb A 192.0.2.2",                          "a.example.org. 60 A 192.0.2.1|b.example.org. 60 A 192.0.2.2" },
        { "$TTL wins over the record before",       "$TTL 5\na 60 A 192.0.2.1\nb A 192.0.2.2",                  "a.example.org. 60 A 192.0.2.1|b.example.org. 5 A 192.0.2.2" },
        { "units",                                  "www 1w2d3h4m5s A 192.0.2.1",                               "www.example.org. 788645 A 192.0.2.1" },
        { "units in $TTL, any case",                "$ttl 1H\nwww A 192.0.2.1",                                 "www.example.org. 3600 A 192.0.2.1" },
        { "SOA's minimum where there is no TTL",    "@ SOA a b 1 2 3 4 99\n@ NS a",                             "example.org. 99 SOA a.example.org. b.example.org. 1 2 3 4 99|example.org. 99 NS a.example.org." },
        { "$ORIGIN, relative and absolute",         "$ORIGIN a\nx 60 A 192.0.2.1\n$ORIGIN b.\nx A 192.0.2.2",   "x.a.example.org. 60 A 192.0.2.1|x.b. 60 A 192.0.2.2" },
        { "$ORIGIN does not change the last owner", "x 60 A 192.0.2.1\n$ORIGIN b.\n A 192.0.2.2",               "x.example.org. 60 A 192.0.2.1|x.example.org. 60 A 192.0.2.2" },
        { "$ORIGIN completes names in data",        "$ORIGIN a\nx 60 MX 1 m\n",                                 "x.a.example.org. 60 MX 1 m.a.example.org." },
        { "parentheses",                            "@ 60 SOA a b ( 1 ; serial\n 2 3\n\n4 5 ) ; end\n",         "example.org. 60 SOA a.example.org. b.example.org. 1 2 3 4 5" },
        { "parentheses anywhere, and nested",       "www ( 60 (A\n)\n192.0.2.1 )",                              Www },
        { "parenthesis first",                      "( www 60 A\n 192.0.2.1 )",                                 Www },
        { "a line of parentheses alone is none",    "( )\nwww 60 A 192.0.2.1",                                  Www },
        { "quotes with ; and ( and \\\"",           "t 60 TXT \"a;(\\\"b\" c",                                  "t.example.org. 60 TXT \"a;(\\\"b\" \"c\"" },
        { "quotes next to a word",                  "t 60 TXT a\"b c\"d",                                       "t.example.org. 60 TXT \"a\" \"b c\" \"d\"" },
        { "quotes behind = end the word",           "t 60 TXT a=\"b c\"",                                       "t.example.org. 60 TXT \"a=\" \"b c\"" },
        { "empty quotes",                           "t 60 TXT \"\" \"\"",                                       "t.example.org. 60 TXT \"\" \"\"" },
        { "escaped blank and semicolon in a word",  "t 60 TXT a\\ b\\;c\\065",                                  "t.example.org. 60 TXT \"a b;cA\"" },
        { "quotes inside a service parameter",      "@ 60 HTTPS 1 . alpn=\"h2,h3\" port=1",                     "example.org. 60 HTTPS 1 . alpn=\"h2,h3\" port=1" },
        { "generic data of a listed type",          "www 60 A \\# 4 c0000201",                                  Www },
        { "listed type by number",                  "www 60 TYPE1 192.0.2.1",                                   Www },
        { "unlisted type",                          "www 60 TYPE65280 \\# 2 ABcd",                              "www.example.org. 60 TYPE65280 \\# 2 ABCD" },
        { "owner that reads like a class",          "in 60 IN A 192.0.2.1",                                     "in.example.org. 60 A 192.0.2.1" },
        { "owner that reads like a TTL",            "60 60 IN A 192.0.2.1",                                     "60.example.org. 60 A 192.0.2.1" },
        { "UTF-8 in a text string",                 "t 60 TXT \"é\"",                                           "t.example.org. 60 TXT \"\\195\\169\"" },
        { "nothing",                                "",                                                         "" },
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        // why                                      text                                        messages without the file's name, separated by |
        { "no such type",                           "www 60 AAAAA 192.0.2.1",                   "1:8: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one" },
        { "a type of questions",                    "www 60 TYPE255 \\# 0",                     "1:8: 'TYPE255' is a type for messages and cannot stand in a zone; take the record away" },
        { "type OPT",                               "www 60 TYPE41 \\# 0",                      "1:8: 'TYPE41' is a type for messages and cannot stand in a zone; take the record away" },
        { "no type",                                "www 60 IN",                                "1:10: the record type is missing; write it, such as A or MX, and the data behind it" },
        { "owner alone",                            "www\n",                                    "1:4: the record type is missing; write it, such as A or MX, and the data behind it" },
        { "class CH",                               "www 60 CH A 192.0.2.1",                    "1:8: 'CH' is not a class that is served; write IN, or leave the class out" },
        { "class 3",                                "www 60 CLASS3 A 192.0.2.1",                "1:8: 'CLASS3' is not a class that is served; write IN, or leave the class out" },
        { "no owner yet",                           " 60 A 192.0.2.1",                          "1:2: the line begins with a blank, and there is no record before it to take the owner from; write the owner, or @ for the origin" },
        { "no TTL at all, told once",               "a A 192.0.2.1\nb A 192.0.2.2",             "1:3: no TTL here, no $TTL above, and no record before to take it from; write $TTL 3600 at the top" },
        { "TTL with letters",                       "a 60x A 192.0.2.1",                        "1:3: '60x' is not a TTL; write seconds, or numbers with units as in 1h30m" },
        { "TTL too large",                          "a 2147483648 A 192.0.2.1",                 "1:3: '2147483648' is a TTL over 2147483647 seconds; write a smaller one (RFC 2181 §8)" },
        { "two dots in the owner",                  "a..b 60 A 192.0.2.1",                      "1:1: 'a..b' has an empty label; write one dot between labels and none in front" },
        { "quoted owner",                           "\"a\" 60 A 192.0.2.1",                     "1:2: 'a' stands in quotes; write it without" },
        { "quoted type",                            "a 60 \"A\" 192.0.2.1",                     "1:7: 'A' stands in quotes; write it without" },
        { "not ASCII",                              "bücher 60 A 192.0.2.1",                    "1:1: 'bücher' is not ASCII; write xn--bcher-kva" },
        { "not ASCII in the data",                  "a 60 NS bücher.example.",                  "1:9: 'bücher.example.' is not ASCII; write xn--bcher-kva.example." },
        { "data too short",                         "a 60 MX 10",                               "1:11: a domain name is missing; write . for the root or @ for the origin" },
        { "data too long",                          "a 60 A 192.0.2.1 x",                       "1:18: 'x' stands after the end of the data; take it away, or quote text that has spaces" },
        { "text of 256 octets",                     $"a 60 TXT {new string('x', 256)}",         "1:10: the text string is longer than 255 octets; split it into several" },
        { "quotes left open",                       "a 60 TXT \"x\nb 60 A 192.0.2.1x\n",        "1:10: the quotes are not closed on this line; close them, and write \\010 for a line break|2:8: '192.0.2.1x' is not an IPv4 address; write four numbers of 0 to 255" },
        { "parenthesis left open: on at the next owner", "@ 60 SOA a b (\n 1 2\n ; c\n3 A x",   "1:14: ')' is missing before the end of the file; write it behind the record's last word|4:5: 'x' is not an IPv4 address; write four numbers of 0 to 255" },
        { "parenthesis too many",                   "a 60 A 192.0.2.1 )",                       "1:18: ')' has no '(' before it; take it away, or write '(' where the record begins to span lines" },
        { "control character",                      "a\u0001 60 A 192.0.2.1",                   "1:2: a control character stands here; take it away, or write \\001 if it is meant" },
        { "escape sequences do not reach a terminal", "a 60 TYPE\\\u001b[2J x",                 "1:6: 'TYPE\\\\027[2J' is not a record type; write TYPEnnn for an unlisted one" },
        { "no such directive",                      "$FOO x",                                   "1:1: '$FOO' is not a directive; write $ORIGIN, $TTL, $INCLUDE or $GENERATE, or \\$ for a name that begins so" },
        { "indented directive",                     " $TTL 60",                                 "1:2: '$TTL' does not begin its line; take the blanks before it away" },
        { "$TTL alone",                             "$TTL",                                     "1:1: '$TTL' lacks a TTL; write $TTL 3600" },
        { "$TTL with more",                         "$TTL 60 x",                                "1:9: 'x' stands behind the end of the directive; take it away" },
        { "$TTL with a word",                       "$TTL x\na A 192.0.2.1",                    "1:6: 'x' is not a TTL; write seconds, or numbers with units as in 1h30m" },
        { "$ORIGIN alone",                          "$ORIGIN",                                  "1:1: '$ORIGIN' lacks a name; write $ORIGIN example.org." },
        { "$ORIGIN that is no name",                "$ORIGIN a..",                              "1:9: 'a..' has an empty label; write one dot between labels and none in front" },
        { "a bad owner does not lend itself",       "a 60 A 192.0.2.1\nb..c A 192.0.2.2\n A x", "2:1: 'b..c' has an empty label; write one dot between labels and none in front|3:4: 'x' is not an IPv4 address; write four numbers of 0 to 255" },
        { "column behind a byte order mark",        "\ufeffa 60 X",                             "1:6: 'X' is not a record type; write TYPEnnn for an unlisted one" },
        { "line and column in CRLF",                "; c\r\na 60 X\r\n",                        "2:6: 'X' is not a record type; write TYPEnnn for an unlisted one" },
    };

    [Theory, MemberData(nameof(Records))]
    public void A_file_gives_its_records(string why, string text, string expected)
    {
        var (records, faults) = PrintedRecords.Read(text);

        Assert.Empty(faults.Errors);
        Assert.True(expected == string.Join('|', records.Lines), $"{why}: {string.Join('|', records.Lines)}");
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_fault_says_where_it_is_and_what_to_write_instead(string why, string text, string expected)
    {
        var (_, faults) = PrintedRecords.Read(text);
        var told = string.Join('|', faults.Errors.Select(error => error.ToString()["example.org:".Length..]));

        Assert.True(expected == told, $"{why}: {told}");
    }

    [Fact]
    public void A_file_name_of_the_issue_reads_as_an_editor_wants_it()
    {
        var text = string.Concat(Enumerable.Repeat("\n", 11)) + "www  60 AAAAA 2001:db8::1\n";

        Assert.Equal("example.org:12:9: 'AAAAA' is not a record type; write TYPEnnn for an unlisted one", PrintedRecords.Read(text).Faults.Errors.Single().ToString());
    }

    [Fact]
    public void All_faults_are_told_at_once_but_at_most_20()
    {
        var text = string.Concat(Enumerable.Repeat("a 60 X\n", 30));

        Assert.Equal(Enumerable.Range(1, 20), PrintedRecords.Read(text).Faults.Errors.Select(error => error.At.Line));
    }

    [Fact]
    public void A_parenthesis_left_open_does_not_fill_the_memory()
    {
        var (_, faults) = PrintedRecords.Read("a 60 TXT (" + string.Concat(Enumerable.Repeat("x\n", 200_000)) + ")\n");

        Assert.Equal("example.org:131084:1: the record has more than 131086 words; close the parenthesis where it ends", faults.Errors[0].ToString());
    }

    [Fact]
    public void The_good_records_of_a_bad_file_are_read() =>
        Assert.Equal([Www, "www.example.org. 60 A 192.0.2.3"], PrintedRecords.Read("www 60 A 192.0.2.1\nx A y\nwww A 192.0.2.3\n").Records.Lines);

    [Fact]
    public void A_missing_TTL_of_the_SOA_is_a_warning() => Assert.Equal(
        "example.org:1:3: warning: no TTL here and no $TTL above, so the SOA's minimum is taken; write $TTL 99 at the top",
        PrintedRecords.Read("@ SOA a b 1 2 3 4 99").Faults.Warnings.Single().ToString());

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        var (_, faults) = PrintedRecords.Read(octets);
        return faults.Errors.All(error => error.At is { Line: > 0, Column: > 0 } && !error.Sentence.Any(char.IsControl));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_record_costs_no_memory()
    {
        var few = Measure(10);
        var many = Measure(10_000);

        Assert.True(many - few < 10_000, $"{many - few} octets for 9,990 records");
    }

    private static long Measure(int records)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, records).Select(i => $"h{i} 60 IN A 192.0.2.1\n TXT \"a b\"\n MX 10 mail\n")));
        return Allocated.EachTime(() => new MasterFileReader(NoIncludes.Instance, new RecordCounter(), new ZoneFaults()).Read("f", text, [0]));
    }
}
