using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>RFC 5155 appendix A is the zone, appendix B are the first answers, without the NS set that we do not add.</summary>
public sealed class Nsec3AnswerTests
{
    private const string Soa = "\nns example. SOA\nns example. RRSIG(SOA)";
    private const string HashOfApex = "\nns 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3\nns 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. RRSIG(NSEC3)";
    private const string HashOfNs1 = "\nns 2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. NSEC3\nns 2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. RRSIG(NSEC3)";
    private const string HashOfA = "\nns 35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3\nns 35mthgpgcu1qg68fab165klnsnk3dpvl.example. RRSIG(NSEC3)";
    private const string HashOfXW = "\nns b4um86eghhds6nea196smvmlo4ors995.example. NSEC3\nns b4um86eghhds6nea196smvmlo4ors995.example. RRSIG(NSEC3)";
    private const string HashOfYW = "\nns ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. NSEC3\nns ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. RRSIG(NSEC3)";
    private const string HashOfW = "\nns k8udemvp1j2f7eg6jebps17vp3n8i58h.example. NSEC3\nns k8udemvp1j2f7eg6jebps17vp3n8i58h.example. RRSIG(NSEC3)";
    private const string HashOfNs2 = "\nns q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3\nns q04jkcevqvmu85r014c7dkba38o0ji5r.example. RRSIG(NSEC3)";
    private const string HashOfWildcard = "\nns r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. NSEC3\nns r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. RRSIG(NSEC3)";

    internal static readonly Zone Zone = SignedServer.Sign("example.", """
        example. SOA ns1.example. bugs.x.w.example. 1 3600 300 3600000 3600
        example. NS ns1.example.
        example. NS ns2.example.
        example. MX 1 xx.example.
        example. DNSKEY 256 3 7 a2V5
        example. NSEC3PARAM 1 0 12 aabbccdd
        0p9mhaveqvm6t7vbl5lop2u3t2rp3tom NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG
        2t7b4g4vsa5smi47k61mv5bv1a22bojr A 192.0.2.127
        2t7b4g4vsa5smi47k61mv5bv1a22bojr NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
        2vptu5timamqttgl4luu9kg21e0aor3s NSEC3 1 1 12 aabbccdd 35mthgpgcu1qg68fab165klnsnk3dpvl MX RRSIG
        35mthgpgcu1qg68fab165klnsnk3dpvl NSEC3 1 1 12 aabbccdd b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG
        a.example. NS ns1.a.example.
        a.example. NS ns2.a.example.
        a.example. DS 58470 5 1 3079F1593EBAD6DC121E202A8B766A6A4837206C
        ns1.a.example. A 192.0.2.5
        ns2.a.example. A 192.0.2.6
        ai.example. A 192.0.2.9
        ai.example. HINFO "KLH-10" "ITS"
        ai.example. AAAA 2001:db8::f00:baa9
        b4um86eghhds6nea196smvmlo4ors995 NSEC3 1 1 12 aabbccdd gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG
        c.example. NS ns1.c.example.
        c.example. NS ns2.c.example.
        ns1.c.example. A 192.0.2.7
        ns2.c.example. A 192.0.2.8
        gjeqe526plbf1g8mklp59enfd789njgi NSEC3 1 1 12 aabbccdd ji6neoaepv8b5o6k4ev33abha8ht9fgc HINFO A AAAA RRSIG
        ji6neoaepv8b5o6k4ev33abha8ht9fgc NSEC3 1 1 12 aabbccdd k8udemvp1j2f7eg6jebps17vp3n8i58h
        k8udemvp1j2f7eg6jebps17vp3n8i58h NSEC3 1 1 12 aabbccdd kohar7mbb8dc2ce8a9qvl8hon4k53uhi
        kohar7mbb8dc2ce8a9qvl8hon4k53uhi NSEC3 1 1 12 aabbccdd q04jkcevqvmu85r014c7dkba38o0ji5r A RRSIG
        ns1.example. A 192.0.2.1
        ns2.example. A 192.0.2.2
        q04jkcevqvmu85r014c7dkba38o0ji5r NSEC3 1 1 12 aabbccdd r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG
        r53bq7cc2uvmubfu5ocmm6pers9tk9en NSEC3 1 1 12 aabbccdd t644ebqk9bibcna874givr6joj62mlhv MX RRSIG
        t644ebqk9bibcna874givr6joj62mlhv NSEC3 1 1 12 aabbccdd 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom HINFO A AAAA RRSIG
        *.w.example. MX 1 ai.example.
        x.w.example. MX 1 xx.example.
        x.y.w.example. MX 1 xx.example.
        xx.example. A 192.0.2.10
        xx.example. HINFO "KLH-10" "TOPS-20"
        xx.example. AAAA 2001:db8::f00:baaa
        """);

    private static readonly SignedServer Server = new(Zone);

    public static TheoryData<string, string, string> Answers => new()
    {
        { "B.1 name error", "a.c.x.w.example. A", $"NameError aa{Soa}{HashOfXW}{HashOfApex}{HashOfA}" },
        { "B.2 no data", "ns1.example. MX", $"NoError aa{Soa}{HashOfNs1}" },
        { "B.2.1 no data at an empty non-terminal", "y.w.example. A", $"NoError aa{Soa}{HashOfYW}" },
        { "B.3 referral to a zone that was opted out", "mc.c.example. MX", $"NoError\nns c.example. NS\nns c.example. NS{HashOfApex}{HashOfA}\nar ns1.c.example. A\nar ns2.c.example. A" },
        {
            "B.4 a wildcard answers", "a.z.w.example. MX",
            $"NoError aa\nan a.z.w.example. MX\nan a.z.w.example. RRSIG(MX){HashOfNs2}\nar ai.example. A\nar ai.example. RRSIG(A)\nar ai.example. AAAA\nar ai.example. RRSIG(AAAA)"
        },
        { "B.5 the wildcard has no such type", "a.z.w.example. AAAA", $"NoError aa{Soa}{HashOfW}{HashOfNs2}{HashOfWildcard}" },
        { "B.6 DS asked of the zone itself", "example. DS", $"NoError aa{Soa}{HashOfApex}" },
        {
            "referral to a signed zone", "mc.a.example. MX",
            "NoError\nns a.example. NS\nns a.example. NS\nns a.example. DS\nns a.example. RRSIG(DS)\nar ns1.a.example. A\nar ns2.a.example. A"
        },
        { "no DS where it was opted out", "c.example. DS", $"NoError aa{Soa}{HashOfApex}{HashOfA}" },
        { "a hash is no name", "35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3", null! },
        { "nor is one asked for in capitals", "35MTHGPGCU1QG68FAB165KLNSNK3DPVL.example. ANY", null! },
        { "a hash that is a name too", "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. A", "NoError aa\nan 2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. A\nan 2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. RRSIG(A)" },
        { "the parameters", "example. NSEC3PARAM", "NoError aa\nan example. NSEC3PARAM\nan example. RRSIG(NSEC3PARAM)" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Answers_carry_signatures_and_proofs(string why, string question, string? answer)
    {
        if (answer is null)
            Assert.StartsWith($"NameError aa{Soa}{HashOfApex}", Server.Ask(question), StringComparison.Ordinal);
        else
            Assert.True(answer == Server.Ask(question), $"{why}: {Server.Ask(question)}");
    }

    [Fact]
    public void Without_DO_a_hash_is_no_name_either() =>
        Assert.Equal("NameError aa\nns example. SOA", Server.Ask("35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3", isDnssecOk: false));
}
