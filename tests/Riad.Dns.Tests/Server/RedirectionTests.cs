using Riad.Core;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>RFC 6672.</summary>
public sealed class RedirectionTests
{
    private static readonly string Long = $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.example.com.";

    private static readonly TestServer Server = new(
        ("example.com.", $"""
            old DNAME new.example.net.
            old A 192.0.2.1
            x.old A 192.0.2.66
            loop DNAME loop.example.com.
            grow DNAME a.grow
            long DNAME {Long}
            up CNAME www.old
            """),
        ("example.net.", """
            www.new A 192.0.2.7
            *.w.new A 192.0.2.8
            """));

    public static TheoryData<string, string, string, string?> Table1 => new()
    {
        // QNAME                owner             target            result; null: the DNAME does not apply
        { "com.",               "example.com.",   "example.net.",   null },
        { "example.com.",       "example.com.",   "example.net.",   null },
        { "a.example.com.",     "example.com.",   "example.net.",   "a.example.net." },
        { "a.b.example.com.",   "example.com.",   "example.net.",   "a.b.example.net." },
        { "ab.example.com.",    "b.example.com.", "example.net.",   null },
        { "foo.example.com.",   "example.com.",   "example.net.",   "foo.example.net." },
        { "a.x.example.com.",   "x.example.com.", "example.net.",   "a.example.net." },
        { "a.example.com.",     "example.com.",   "y.example.net.", "a.y.example.net." },
        { "cyc.example.com.",   "example.com.",   "example.com.",   "cyc.example.com." },
        { "cyc.example.com.",   "example.com.",   "c.example.com.", "cyc.c.example.com." },
        { "shortloop.x.x.",     "x.",             ".",              "shortloop.x." },
        { "shortloop.x.",       "x.",             ".",              "shortloop." },
    };

    public static TheoryData<string, string, string> Answers => new()
    {
        {
            "the DNAME, the CNAME that it means, and what that leads to", "wWw.old.example.com. A",
            "NoError aa\nan old.example.com. 3600 DNAME new.example.net.\nan wWw.old.example.com. 3600 CNAME wWw.new.example.net.\nan wWw.new.example.net. 3600 A 192.0.2.7"
        },
        {
            "what lies below a DNAME is never served", "x.old.example.com. A",
            "NameError aa\nan old.example.com. 3600 DNAME new.example.net.\nan x.old.example.com. 3600 CNAME x.new.example.net.\nns example.net. 300 SOA ns.example.net. hostmaster.example.net. 1 7200 3600 1209600 300"
        },
        { "the owner itself is not redirected", "old.example.com. A", "NoError aa\nan old.example.com. 3600 A 192.0.2.1" },
        { "and may be asked for", "old.example.com. DNAME", "NoError aa\nan old.example.com. 3600 DNAME new.example.net." },
        {
            "a question for CNAME is answered by the synthesised one", "www.old.example.com. CNAME",
            "NoError aa\nan old.example.com. 3600 DNAME new.example.net.\nan www.old.example.com. 3600 CNAME www.new.example.net."
        },
        {
            "an alias into it", "up.example.com. A",
            "NoError aa\nan up.example.com. 3600 CNAME www.old.example.com.\nan old.example.com. 3600 DNAME new.example.net.\nan www.old.example.com. 3600 CNAME www.new.example.net.\nan www.new.example.net. 3600 A 192.0.2.7"
        },
        {
            "a wildcard at its end", "a.w.old.example.com. A",
            "NoError aa\nan old.example.com. 3600 DNAME new.example.net.\nan a.w.old.example.com. 3600 CNAME a.w.new.example.net.\nan a.w.new.example.net. 3600 A 192.0.2.8"
        },
        { "too long: YXDOMAIN (section 2.2)", $"{new string('d', 60)}.long.example.com. A", $"NameExists aa\nan long.example.com. 3600 DNAME {Long}" },
        {
            "a redirection to itself ends", "x.loop.example.com. A",
            "NoError aa\nan loop.example.com. 3600 DNAME loop.example.com.\nan x.loop.example.com. 3600 CNAME x.loop.example.com."
        },
    };

    [Theory, MemberData(nameof(Table1))]
    public void Substitution_is_that_of_table_1(string name, string owner, string target, string? result)
    {
        var zone = ZoneText.Zone(".", TestServer.Soa + $"{owner} DNAME {target}");
        var answer = zone.Lookup(ZoneText.Name(name), RrTypes.A);
        Assert.Equal(result, answer is Lookup<RrSet<IPv4Address>>.Redirection redirection ? redirection.Name?.ToString() : null);
    }

    [Theory, MemberData(nameof(Answers))]
    public void A_name_below_a_DNAME_is_redirected(string why, string question, string answer) =>
        Assert.True(answer == Server.Ask(question, DnsTransport.Tcp), $"{why}: {Server.Ask(question, DnsTransport.Tcp)}");

    [Fact]
    public void A_redirection_that_grows_is_cut_after_16_steps()
    {
        var answer = TestServer.Read(Server.Exchange(TestServer.Query("x.grow.example.com. A"), DnsTransport.Tcp));
        Assert.Equal(17, answer.Answers.Count(record => record.Type == RrTypes.Cname.Code));
    }

    [Fact]
    public void A_DNAME_that_is_passed_twice_is_written_once()
    {
        var answer = TestServer.Read(Server.Exchange(TestServer.Query("x.grow.example.com. A"), DnsTransport.Tcp));
        Assert.Single(answer.Answers, record => record.Type == RrTypes.Dname.Code);
    }
}
