using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class GenerateTests
{
    public static TheoryData<string, string, string> Lines => new()
    {
        // why                                  the words behind $GENERATE                  records, separated by |
        { "the number",                         "1-2 h$ 60 A 192.0.2.$",                    "h1.example.org. 60 A 192.0.2.1|h2.example.org. 60 A 192.0.2.2" },
        { "a step",                             "0-5/2 $ 60 IN NS a",                       "0.example.org. 60 NS a.example.org.|2.example.org. 60 NS a.example.org.|4.example.org. 60 NS a.example.org." },
        { "offset",                             "1-1 ${10} 60 A 192.0.2.${-1}",             "11.example.org. 60 A 192.0.2.0" },
        { "offset and width",                   "5-5 h${0,3} 60 A 192.0.2.1",               "h005.example.org. 60 A 192.0.2.1" },
        { "octal",                              "9-9 h${0,3,o} 60 A 192.0.2.1",             "h011.example.org. 60 A 192.0.2.1" },
        { "hexadecimal",                        "171-171 h${0,0,x}${0,4,X} 60 A 192.0.2.1", "hab00AB.example.org. 60 A 192.0.2.1" },
        { "nibbles with a width of dots and digits", "18-18 ${0,7,n} 60 A 192.0.2.1",       "2.1.0.0.example.org. 60 A 192.0.2.1" },
        { "nibbles, upper case, wider than the width", "171-171 ${0,1,N} 60 A 192.0.2.1",   "B.A.example.org. 60 A 192.0.2.1" },
        { "an escaped dollar sign",             "1-1 a\\$$ 60 A 192.0.2.1",                 "a\\$1.example.org. 60 A 192.0.2.1" },
        { "a doubled dollar sign",              "1-1 a$$ 60 A 192.0.2.1",                   "a\\$.example.org. 60 A 192.0.2.1" },
        { "data in quotes is several words",    "1-1 a 60 MX \"10 m$\"",                    "a.example.org. 60 MX 10 m1.example.org." },
        { "data as several words",              "1-1 a 60 MX 10 m$",                        "a.example.org. 60 MX 10 m1.example.org." },
        { "quotes inside the quotes",           "1-1 a 60 TXT \"\\\"a $\\\" b\"",           "a.example.org. 60 TXT \"a 1\" \"b\"" },
        { "two quoted strings",                 "1-1 a 60 TXT \"a $\" \"b\"",               "a.example.org. 60 TXT \"a 1\" \"b\"" },
        { "across lines",                       "1-1 (a 60 ; c\n MX 10 m$ )",               "a.example.org. 60 MX 10 m1.example.org." },
        { "RFC 2317 delegation",                "0-1 $ 60 CNAME $.0/25",                    "0.example.org. 60 CNAME 0.0/25.example.org.|1.example.org. 60 CNAME 1.0/25.example.org." },
        { "the largest number",                 "2147483647-2147483647 h$ 60 A 192.0.2.1",  "h2147483647.example.org. 60 A 192.0.2.1" },
    };

    public static TheoryData<string, string, ZoneFault> Refused => new()
    {
        { "no range",                           "h$ 60 A 192.0.2.1",                        ZoneFault.GenerateRange },
        { "backwards",                          "2-1 h$ 60 A 192.0.2.1",                    ZoneFault.GenerateRange },
        { "negative",                           "-1-1 h$ 60 A 192.0.2.1",                   ZoneFault.GenerateRange },
        { "step of nothing",                    "1-2/0 h$ 60 A 192.0.2.1",                  ZoneFault.GenerateRange },
        { "more behind the range",              "1-2x h$ 60 A 192.0.2.1",                   ZoneFault.GenerateRange },
        { "too large a number",                 "1-2147483648 h$ 60 A 192.0.2.1",           ZoneFault.GenerateRange },
        { "too many",                           "0-65536 h$ 60 A 192.0.2.1",                ZoneFault.GenerateTooMany },
        { "brace left open",                    "1-2 h${0 60 A 192.0.2.1",                  ZoneFault.GenerateTemplate },
        { "no such base",                       "1-2 h${0,0,q} 60 A 192.0.2.1",             ZoneFault.GenerateTemplate },
        { "width of a thousand",                "1-2 h${0,1000} 60 A 192.0.2.1",            ZoneFault.GenerateTemplate },
        { "negative in hexadecimal",            "1-2 h${-9,0,x} 60 A 192.0.2.1",            ZoneFault.GenerateTemplate },
        { "a record that is wrong, told once",  "1-9 h$ 60 A 192.0.2.x",                    ZoneFault.DataMalformed },
        { "nothing behind the owner",           "1-2 h$",                                   ZoneFault.DirectiveIncomplete },
    };

    [Theory, MemberData(nameof(Lines))]
    public void A_line_makes_its_records(string why, string line, string expected)
    {
        var (records, faults) = PrintedRecords.Read("$GENERATE " + line);

        Assert.Empty(faults.Errors);
        Assert.True(expected == string.Join('|', records.Lines), $"{why}: {string.Join('|', records.Lines)}");
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_bad_line_is_told_once(string why, string line, ZoneFault fault)
    {
        var (_, faults) = PrintedRecords.Read("\n$GENERATE " + line);

        Assert.True(fault == faults.Errors.Single().Fault, $"{why}: {faults.Errors[0]}");
        Assert.Equal(2, faults.Errors.Single().At.Line);
    }

    [Fact]
    public void All_lines_of_a_zone_together_are_bounded()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("$GENERATE 0-65535 h 60 A 192.0.2.1\n", 17)));
        var (counter, faults) = (new RecordCounter(), new ZoneFaults());
        new MasterFileReader(NoIncludes.Instance, counter, faults).Read("f", text, [0]);

        Assert.Equal(1 << 20, counter.Count);
        Assert.Equal("f:17:11", faults.Errors.Single().At.ToString());
    }

    [Fact]
    public void The_owner_is_as_before() => Assert.Equal(
        "w.example.org. 60 TXT \"x\"",
        PrintedRecords.Read("w 60 A 192.0.2.1\n$GENERATE 1-2 h$ A 192.0.2.$\n TXT x\n").Records.Lines[^1]);

    [Fact]
    public void Expansion_never_throws_whatever_the_template() => Prop.ForAll<byte[], int>((template, number) =>
    {
        var line = new List<byte>();
        _ = GenerateTemplate.TryExpand(template, number, line);
        return line.Count <= (template.Length * 255) + 20;
    }).QuickCheckThrowOnFailure();
}
