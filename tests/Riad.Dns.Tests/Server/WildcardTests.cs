using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>RFC 4592.</summary>
public sealed class WildcardTests
{
    private const string NoData = "NoError aa\nns example. 300 SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300";
    private const string NameError = "NameError aa\nns example. 300 SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300";

    private static readonly TestServer Server = new(("example.", """
        @ NS ns.example.com.
        @ NS ns.example.net.
        *.example. TXT "this is a wildcard"
        *.example. MX 10 host1.example.
        sub.*.example. TXT "this is not a wildcard"
        host1.example. A 192.0.2.1
        _ssh._tcp.host1.example. SRV 0 0 22 host1.example.
        _ssh._tcp.host2.example. SRV 0 0 22 host2.example.
        subdel.example. NS ns.example.com.
        subdel.example. NS ns.example.net.
        *.alias.example. CNAME host1.example.
        *.ns.example. NS ns.example.com.
        Big.*.example. A 192.0.2.2
        *.ptr.example. PTR a.ptr.example.
        """));

    public static TheoryData<string, string, string> Section221 => new()
    {
        // why                                            question                           answer
        { "the name does not exist, the wildcard has MX", "host3.example. MX",               "NoError aa\nan host3.example. 3600 MX 10 host1.example.\nar host1.example. 3600 A 192.0.2.1" },
        { "the wildcard has no A",                        "host3.example. A",                NoData },
        { "any number of labels",                         "foo.bar.example. TXT",            "NoError aa\nan foo.bar.example. 3600 TXT \"this is a wildcard\"" },
        { "the name exists",                              "host1.example. MX",               NoData },
        { "the name exists, although below an asterisk",  "sub.*.example. MX",               NoData },
        { "_tcp.host1 exists, and is the encloser",       "_telnet._tcp.host1.example. SRV", NameError },
        { "a delegation hides the wildcard",              "host.subdel.example. A",          "NoError\nns subdel.example. 3600 NS ns.example.com.\nns subdel.example. 3600 NS ns.example.net." },
        { "* is the encloser, and *.* does not exist",    "ghost.*.example. MX",             NameError },
    };

    public static TheoryData<string, string, string> More => new()
    {
        { "an asterisk that is asked for is a name",      "*.example. TXT",                  "NoError aa\nan *.example. 3600 TXT \"this is a wildcard\"" },
        { "an empty non-terminal exists",                 "_tcp.host1.example. A",           NoData },
        { "and one that only the other made",             "host2.example. MX",               NoData },
        { "a wildcard alias",                             "x.alias.example. A",              "NoError aa\nan x.alias.example. 3600 CNAME host1.example.\nan host1.example. 3600 A 192.0.2.1" },
        { "a wildcard alias asked for",                   "x.alias.example. CNAME",          "NoError aa\nan x.alias.example. 3600 CNAME host1.example." },
        { "above the wildcard alias",                     "alias.example. A",                NoData },
        { "NS at a wildcard is no cut for others (4.2)",  "x.ns.example. A",                 NoData },
        { "but data like any other",                      "x.ns.example. NS",                "NoError aa\nan x.ns.example. 3600 NS ns.example.com." },
        { "the case of the question is kept",             "HoSt3.eXample. TXT",              "NoError aa\nan HoSt3.eXample. 3600 TXT \"this is a wildcard\"" },
        { "no wildcard below a wildcard",                 "x.big.*.example. A",              NameError },
        { "a name in the data, compressed",               "x.ptr.example. PTR",              "NoError aa\nan x.ptr.example. 3600 PTR a.ptr.example." },
        { "compressed against a longer question",         "x.y.z.ptr.example. PTR",          "NoError aa\nan x.y.z.ptr.example. 3600 PTR a.ptr.example." },
        { "any type of a wildcard",                       "x.ptr.example. ANY",              "NoError aa\nan x.ptr.example. 3600 PTR a.ptr.example." },
    };

    [Theory, MemberData(nameof(Section221)), MemberData(nameof(More))]
    public void The_closest_encloser_decides(string why, string question, string answer) => Assert.True(answer == Server.Ask(question), $"{why}: {Server.Ask(question)}");
}
