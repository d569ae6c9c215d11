using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>RFC 4035 appendix A is the zone, appendix B are the first answers, without the NS set that we do not add.</summary>
public sealed class NsecAnswerTests
{
    private const string Soa = "\nns example. SOA\nns example. RRSIG(SOA)";

    internal static readonly Zone Zone = SignedServer.Sign("example.", """
        example. SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
        example. NS ns1.example.
        example. NS ns2.example.
        example. MX 1 xx.example.
        example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
        example. DNSKEY 256 3 5 a2V5
        a.example. NS ns1.a.example.
        a.example. NS ns2.a.example.
        a.example. DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
        a.example. NSEC ai.example. NS DS RRSIG NSEC
        ns1.a.example. A 192.0.2.5
        ns2.a.example. A 192.0.2.6
        ai.example. A 192.0.2.9
        ai.example. HINFO "KLH-10" "ITS"
        ai.example. AAAA 2001:db8::f00:baa9
        ai.example. NSEC b.example. A HINFO AAAA RRSIG NSEC
        b.example. NS ns1.b.example.
        b.example. NS ns2.b.example.
        b.example. NSEC ns1.example. NS RRSIG NSEC
        ns1.b.example. A 192.0.2.7
        ns2.b.example. A 192.0.2.8
        ns1.example. A 192.0.2.1
        ns1.example. NSEC ns2.example. A RRSIG NSEC
        ns2.example. A 192.0.2.2
        ns2.example. NSEC *.w.example. A RRSIG NSEC
        *.w.example. MX 1 ai.example.
        *.w.example. NSEC x.w.example. MX RRSIG NSEC
        x.w.example. MX 1 xx.example.
        x.w.example. NSEC x.y.w.example. MX RRSIG NSEC
        x.y.w.example. MX 1 xx.example.
        x.y.w.example. NSEC xx.example. MX RRSIG NSEC
        xx.example. A 192.0.2.10
        xx.example. HINFO "KLH-10" "TOPS-20"
        xx.example. AAAA 2001:db8::f00:baaa
        xx.example. NSEC example. A HINFO AAAA RRSIG NSEC
        """);

    private static readonly Zone Other = SignedServer.Sign("other.", """
        other. SOA ns.other. hostmaster.other. 1 3600 300 3600000 300
        other. NS ns.other.
        other. NSEC alias.other. NS SOA RRSIG NSEC
        alias.other. CNAME b.w.example.
        alias.other. NSEC *.any.other. CNAME RRSIG NSEC
        *.any.other. CNAME *.any.other.
        *.any.other. NSEC big.other. CNAME RRSIG NSEC
        big.other. TXT "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        big.other. NSEC ns.other. TXT RRSIG NSEC
        ns.other. A 192.0.2.1
        ns.other. NSEC old.other. A RRSIG NSEC
        old.other. DNAME w.example.
        old.other. NSEC *.wild.other. DNAME RRSIG NSEC
        *.wild.other. CNAME a.z.w.example.
        *.wild.other. NSEC other. CNAME RRSIG NSEC
        """);

    private static readonly SignedServer Server = new(Zone, Other);

    private const string XxAddresses = "\nar xx.example. A\nar xx.example. RRSIG(A)\nar xx.example. AAAA\nar xx.example. RRSIG(AAAA)";

    private const string AiAddresses = "\nar ai.example. A\nar ai.example. RRSIG(A)\nar ai.example. AAAA\nar ai.example. RRSIG(AAAA)";

    public static TheoryData<string, string, string> Answers => new()
    {
        { "B.1 answer", "x.w.example. MX", "NoError aa\nan x.w.example. MX\nan x.w.example. RRSIG(MX)" + XxAddresses },
        { "B.2 name error", "ml.example. A", $"NameError aa{Soa}\nns b.example. NSEC\nns b.example. RRSIG(NSEC)\nns example. NSEC\nns example. RRSIG(NSEC)" },
        { "B.3 no data", "ns1.example. MX", $"NoError aa{Soa}\nns ns1.example. NSEC\nns ns1.example. RRSIG(NSEC)" },
        {
            "B.4 referral to a signed zone", "mc.a.example. MX",
            "NoError\nns a.example. NS\nns a.example. NS\nns a.example. DS\nns a.example. RRSIG(DS)\nar ns1.a.example. A\nar ns2.a.example. A"
        },
        {
            "B.5 referral to an unsigned zone", "mc.b.example. MX",
            "NoError\nns b.example. NS\nns b.example. NS\nns b.example. NSEC\nns b.example. RRSIG(NSEC)\nar ns1.b.example. A\nar ns2.b.example. A"
        },
        {
            "B.6 a wildcard answers", "a.z.w.example. MX",
            "NoError aa\nan a.z.w.example. MX\nan a.z.w.example. RRSIG(MX)\nns x.y.w.example. NSEC\nns x.y.w.example. RRSIG(NSEC)" + AiAddresses
        },
        { "B.7 the wildcard has no such type", "a.z.w.example. AAAA", $"NoError aa{Soa}\nns x.y.w.example. NSEC\nns x.y.w.example. RRSIG(NSEC)\nns *.w.example. NSEC\nns *.w.example. RRSIG(NSEC)" },
        { "B.8 DS asked of the zone itself", "example. DS", $"NoError aa{Soa}\nns example. NSEC\nns example. RRSIG(NSEC)" },
        { "an empty non-terminal: the record before it", "w.example. MX", $"NoError aa{Soa}\nns ns2.example. NSEC\nns ns2.example. RRSIG(NSEC)" },
        { "no wildcard below an empty non-terminal", "a.y.w.example. MX", $"NameError aa{Soa}\nns x.w.example. NSEC\nns x.w.example. RRSIG(NSEC)" },
        { "one record proves both", "b.a.x.w.example. A", $"NameError aa{Soa}\nns x.w.example. NSEC\nns x.w.example. RRSIG(NSEC)" },
        { "the wildcard itself", "*.w.example. MX", "NoError aa\nan *.w.example. MX\nan *.w.example. RRSIG(MX)" + AiAddresses },
        { "DS at a cut", "a.example. DS", "NoError aa\nan a.example. DS\nan a.example. RRSIG(DS)" },
        { "no DS at a cut", "b.example. DS", $"NoError aa{Soa}\nns b.example. NSEC\nns b.example. RRSIG(NSEC)" },
        { "after the last name", "zz.example. A", $"NameError aa{Soa}\nns xx.example. NSEC\nns xx.example. RRSIG(NSEC)\nns example. NSEC\nns example. RRSIG(NSEC)" },
        { "the NSEC itself", "ns1.example. NSEC", "NoError aa\nan ns1.example. NSEC\nan ns1.example. RRSIG(NSEC)" },
        { "NSEC is asked of the alias itself", "alias.other. NSEC", "NoError aa\nan alias.other. NSEC\nan alias.other. RRSIG(NSEC)" },
        { "all signatures of a name; they have none themselves", "ns1.example. RRSIG", "NoError aa\nan ns1.example. RRSIG(A)\nan ns1.example. RRSIG(NSEC)" },
        { "ANY is one set", "ns1.example. ANY", "NoError aa\nan ns1.example. A\nan ns1.example. RRSIG(A)" },
        { "ANY that is not there", "w.example. ANY", $"NoError aa{Soa}\nns ns2.example. NSEC\nns ns2.example. RRSIG(NSEC)" },
        {
            "an alias into another zone, where a wildcard answers", "alias.other. MX",
            "NoError aa\nan alias.other. CNAME\nan alias.other. RRSIG(CNAME)\nan b.w.example. MX\nan b.w.example. RRSIG(MX)\nns *.w.example. NSEC\nns *.w.example. RRSIG(NSEC)" + AiAddresses
        },
        {
            "wildcards in both zones: both are proved", "b.wild.other. MX",
            "NoError aa\nan b.wild.other. CNAME\nan b.wild.other. RRSIG(CNAME)\nan a.z.w.example. MX\nan a.z.w.example. RRSIG(MX)\nns *.wild.other. NSEC\nns *.wild.other. RRSIG(NSEC)"
            + "\nns x.y.w.example. NSEC\nns x.y.w.example. RRSIG(NSEC)" + AiAddresses
        },
        {
            "the end of an alias is not there", "b.wild.other. A",
            $"NoError aa\nan b.wild.other. CNAME\nan b.wild.other. RRSIG(CNAME){Soa}\nns *.wild.other. NSEC\nns *.wild.other. RRSIG(NSEC)"
            + "\nns x.y.w.example. NSEC\nns x.y.w.example. RRSIG(NSEC)\nns *.w.example. NSEC\nns *.w.example. RRSIG(NSEC)"
        },
        { "a DNAME is signed, the alias made from it is not", "x.old.other. MX", "NoError aa\nan old.other. DNAME\nan old.other. RRSIG(DNAME)\nan x.old.other. CNAME\nan x.w.example. MX\nan x.w.example. RRSIG(MX)" + XxAddresses },
        { "a wildcard's loop is proved once", "b.any.other. A", "NoError aa\nan b.any.other. CNAME\nan b.any.other. RRSIG(CNAME)\nan *.any.other. CNAME\nan *.any.other. RRSIG(CNAME)\nns *.any.other. NSEC\nns *.any.other. RRSIG(NSEC)" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Answers_carry_signatures_and_proofs(string why, string question, string answer) => Assert.True(answer == Server.Ask(question), $"{why}: {Server.Ask(question)}");

    public static TheoryData<string, string, string> PlainAnswers => new()
    {
        { "an answer", "x.w.example. MX", "NoError aa\nan x.w.example. MX\nar xx.example. A\nar xx.example. AAAA" },
        { "no such name", "ml.example. A", "NameError aa\nns example. SOA" },
        { "a referral", "mc.a.example. MX", "NoError\nns a.example. NS\nns a.example. NS\nar ns1.a.example. A\nar ns2.a.example. A" },
        { "a wildcard", "a.z.w.example. MX", "NoError aa\nan a.z.w.example. MX\nar ai.example. A\nar ai.example. AAAA" },
        { "an alias", "b.wild.other. A", "NoError aa\nan b.wild.other. CNAME\nns example. SOA" },
        { "asked for by type", "ns1.example. NSEC", "NoError aa\nan ns1.example. NSEC" },
        { "signatures asked for by type", "ns1.example. RRSIG", "NoError aa\nan ns1.example. RRSIG(A)\nan ns1.example. RRSIG(NSEC)" },
    };

    [Theory, MemberData(nameof(PlainAnswers))]
    public void Without_DO_they_carry_neither(string why, string question, string answer) =>
        Assert.True(answer == Server.Ask(question, isDnssecOk: false), $"{why}: {Server.Ask(question, isDnssecOk: false)}");

    [Fact]
    public void A_signature_has_the_TTL_of_the_set_it_covers()
    {
        var zone = SignedServer.Sign("example.", "@ 100 SOA ns hostmaster 1 2 3 4 50\n@ 200 NS ns\n@ 50 NSEC ns SOA NS RRSIG NSEC\nns 300 A 192.0.2.1\nns 50 NSEC @ A RRSIG NSEC\n");
        var server = new SignedServer(zone);

        Assert.Equal([50u, 50, 50, 50], Ttls("ns.example. AAAA")); // RFC 2308 §3: the SOA with the lower of both
        Assert.Equal([300u, 300], Ttls("ns.example. A"));
        Assert.Equal([200u, 100, 50], Ttls("example. RRSIG")); // in the order of the types that they cover

        IEnumerable<uint> Ttls(string question)
        {
            var message = Riad.Dns.Tests.Server.TestServer.Read(server.Exchange(question));
            return message.Answers.Concat(message.Authorities).Select(record => record.Ttl.Seconds);
        }
    }
}
