using System.Text;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Tests.Files;

public sealed class SoaScanTests
{
    public static TheoryData<string, string, int, int> Texts => new()
    {
        // why                                text                                                         line, column of the serial; 0 for none
        { "one line",                         "@ IN SOA ns1 hostmaster 7 1 1 1 1\n",                       1, 25 },
        { "after directives and comments",    "; zone\n$TTL 1h\n@ SOA ns1 hostmaster 7 1 1 1 1",           3, 22 },
        { "TTL and class in either order",    "example.org. IN 3600 soa a b 5 1 1 1 1\n",                  1, 30 },
        { "inherited owner",                  "\tIN SOA a b 5 1 1 1 1\n",                                  1, 13 },
        { "in parentheses with comments",     "@ SOA a b ( ; (\n  2026112001 ; serial\n 1 1 1 1 )\n",      2, 3 },
        { "not the first record",             "@ NS a\n@ SOA a b 5 1 1 1 1\n",                             2, 11 },
        { "other lines are wrong",            "what is this\n@ AAAAA ::\n@ SOA a b 5 1 1 1 1\n",           3, 11 },
        { "carriage returns",                 "$TTL 60\r\n@ SOA a b 5 1 1 1 1\r\n",                        2, 11 },
        { "an owner called soa",              "soa A 192.0.2.1\n",                                         0, 0 },
        { "prose about SOA records",          "The SOA record must be first\n",                            0, 0 },
        { "in a comment",                     "; @ SOA a b 5 1 1 1 1\n",                                   0, 0 },
        { "in quotes",                        "@ TXT \"\n@ \"SOA\" a b 5 1 1 1 1\n",                       0, 0 },
        { "data that says SOA",               "@ TXT SOA a b 5\n",                                         0, 0 },
        { "no serial",                        "@ SOA a b\n",                                               0, 0 },
        { "the serial is not a number",       "@ SOA a b c\n",                                             0, 0 },
        { "empty",                            "",                                                          0, 0 },
    };

    [Theory, MemberData(nameof(Texts))]
    public void The_serial_of_the_first_SOA_record_is_found(string why, string text, int line, int column)
    {
        Assert.True(SoaScan.TryFind(Encoding.UTF8.GetBytes(text), out var foundLine, out var foundColumn) == line > 0, why);
        Assert.Equal((line, column), (foundLine, foundColumn));
    }
}
