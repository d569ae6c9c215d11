using Riad.Dns.Messages;
using Riad.Dns.Server;
using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>RFC 1034 §4.3.2, RFC 2308, RFC 6604, RFC 8482, RFC 9471.</summary>
public sealed class AnswerTests
{
    private const string Negative = "\nns example.test. 300 SOA ns.example.test. hostmaster.example.test. 1 7200 3600 1209600 300";

    private const string AtSub = "\nns sub.example.test. 3600 NS ns1.sub.example.test.\nns sub.example.test. 3600 NS ns.sib.example.test.\nns sub.example.test. 3600 NS ns.other.test."
        + "\nar ns1.sub.example.test. 3600 A 192.0.2.53\nar ns1.sub.example.test. 3600 AAAA 2001:db8::53\nar ns.sib.example.test. 3600 A 192.0.2.54";

    private static readonly TestServer Server = new(
        ("example.test.", """
            @ NS ns
            @ NS ns.other.test.
            @ MX 10 mail
            @ MX 20 mail.other.test.
            @ MX 30 unknown.elsewhere.
            @ MX 40 .
            ns A 192.0.2.1
            ns AAAA 2001:db8::1
            mail A 192.0.2.25
            www 60 A 192.0.2.80
            www 60 A 192.0.2.81
            www TXT "text"
            Alias CNAME www
            far CNAME www.other.test.
            away CNAME www.elsewhere.
            gone CNAME nothing
            intosub CNAME host.sub
            loop1 CNAME loop2
            loop2 CNAME loop1
            self CNAME self
            _s._tcp SRV 1 2 80 www
            svc HTTPS 1 . alpn=h2
            svc A 192.0.2.9
            svcalias HTTPS 0 www
            naptr NAPTR 1 1 "S" "x" "" mail
            sub NS ns1.sub
            sub NS ns.sib
            sub NS ns.other.test.
            sub DS 1 8 2 ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789
            ns1.sub A 192.0.2.53
            ns1.sub AAAA 2001:db8::53
            sib NS ns.sib
            ns.sib A 192.0.2.54
            child NS ns1.child
            ns1.child A 192.0.2.55
            a.b.c A 192.0.2.3
            unknown TYPE65280 \# 3 010203
            """),
        ("other.test.", """
            ns A 198.51.100.1
            mail A 198.51.100.25
            www A 198.51.100.80
            back CNAME alias.example.test.
            """),
        ("child.example.test.", """
            ns1 A 192.0.2.56
            www A 192.0.2.57
            """));

    public static TheoryData<string, string, string> Answers => new()
    {
        { "a set, whole, without NS", "www.example.test. A", "NoError aa\nan www.example.test. 60 A 192.0.2.80\nan www.example.test. 60 A 192.0.2.81" },
        { "owners repeat the question's case", "WwW.eXaMpLe.test. A", "NoError aa\nan WwW.eXaMpLe.test. 60 A 192.0.2.80\nan WwW.eXaMpLe.test. 60 A 192.0.2.81" },
        { "no such type", "www.example.test. AAAA", "NoError aa" + Negative },
        { "no such name", "nothing.example.test. A", "NameError aa" + Negative },
        { "no such name, deep", "x.y.z.example.test. A", "NameError aa" + Negative },
        { "an empty non-terminal", "b.c.example.test. A", "NoError aa" + Negative },
        { "below an empty non-terminal", "x.c.example.test. A", "NameError aa" + Negative },
        { "an unknown type", "unknown.example.test. TYPE65280", "NoError aa\nan unknown.example.test. 3600 TYPE65280 \\# 3 010203" },
        { "an unknown type that is not there", "www.example.test. TYPE1000", "NoError aa" + Negative },
        { "type 0 is no type", "www.example.test. TYPE0", "NoError aa" + Negative },
        { "type 0 at a cut", "sub.example.test. TYPE0", "NoError" + AtSub },
        { "the SOA", "example.test. SOA", "NoError aa\nan example.test. 3600 SOA ns.example.test. hostmaster.example.test. 1 7200 3600 1209600 300" },
        {
            "name servers, with addresses from both zones", "example.test. NS",
            "NoError aa\nan example.test. 3600 NS ns.example.test.\nan example.test. 3600 NS ns.other.test.\nar ns.example.test. 3600 A 192.0.2.1\nar ns.example.test. 3600 AAAA 2001:db8::1\nar ns.other.test. 3600 A 198.51.100.1"
        },
        {
            "mail exchanges", "example.test. MX",
            "NoError aa\nan example.test. 3600 MX 10 mail.example.test.\nan example.test. 3600 MX 20 mail.other.test.\nan example.test. 3600 MX 30 unknown.elsewhere.\nan example.test. 3600 MX 40 ."
            + "\nar mail.example.test. 3600 A 192.0.2.25\nar mail.other.test. 3600 A 198.51.100.25"
        },
        { "a service", "_s._tcp.example.test. SRV", "NoError aa\nan _s._tcp.example.test. 3600 SRV 1 2 80 www.example.test.\nar www.example.test. 60 A 192.0.2.80\nar www.example.test. 60 A 192.0.2.81" },
        { "a service binding for its own name", "svc.example.test. HTTPS", "NoError aa\nan svc.example.test. 3600 HTTPS 1 . alpn=\"h2\"\nar svc.example.test. 3600 A 192.0.2.9" },
        { "a service binding in alias form", "svcalias.example.test. HTTPS", "NoError aa\nan svcalias.example.test. 3600 HTTPS 0 www.example.test.\nar www.example.test. 60 A 192.0.2.80\nar www.example.test. 60 A 192.0.2.81" },
        { "a naming authority pointer", "naptr.example.test. NAPTR", "NoError aa\nan naptr.example.test. 3600 NAPTR 1 1 \"S\" \"x\" \"\" mail.example.test.\nar mail.example.test. 3600 A 192.0.2.25" },
        { "an alias", "alias.example.test. A", "NoError aa\nan alias.example.test. 3600 CNAME www.example.test.\nan www.example.test. 60 A 192.0.2.80\nan www.example.test. 60 A 192.0.2.81" },
        { "an alias without the type", "alias.example.test. AAAA", "NoError aa\nan alias.example.test. 3600 CNAME www.example.test." + Negative },
        { "what may stand beside an alias is asked of the alias", "alias.example.test. NSEC", "NoError aa" + Negative },
        { "the alias itself", "alias.example.test. CNAME", "NoError aa\nan alias.example.test. 3600 CNAME www.example.test." },
        { "an alias into another zone of ours", "far.example.test. A", "NoError aa\nan far.example.test. 3600 CNAME www.other.test.\nan www.other.test. 3600 A 198.51.100.80" },
        { "there and back", "back.other.test. TXT", "NoError aa\nan back.other.test. 3600 CNAME alias.example.test.\nan alias.example.test. 3600 CNAME www.example.test.\nan www.example.test. 3600 TXT \"text\"" },
        { "an alias to somebody else", "away.example.test. A", "NoError aa\nan away.example.test. 3600 CNAME www.elsewhere." },
        { "an alias to nothing: the code is the last name's", "gone.example.test. A", "NameError aa\nan gone.example.test. 3600 CNAME nothing.example.test." + Negative },
        { "an alias into a delegation", "intosub.example.test. A", "NoError aa\nan intosub.example.test. 3600 CNAME host.sub.example.test." + AtSub },
        { "a loop ends where it closes", "loop1.example.test. A", "NoError aa\nan loop1.example.test. 3600 CNAME loop2.example.test.\nan loop2.example.test. 3600 CNAME loop1.example.test." },
        { "the shortest loop", "self.example.test. A", "NoError aa\nan self.example.test. 3600 CNAME self.example.test." },
        { "a referral: glue below the cut, then the sibling's; other zones' names get none", "x.y.sub.example.test. A", "NoError" + AtSub },
        { "a referral at the cut", "sub.example.test. NS", "NoError" + AtSub },
        { "a referral for glue", "ns1.sub.example.test. A", "NoError" + AtSub },
        { "a prepared referral", "x.y.sib.example.test. A", "NoError\nns sib.example.test. 3600 NS ns.sib.example.test.\nar ns.sib.example.test. 3600 A 192.0.2.54" },
        { "DS comes from above the cut", "sub.example.test. DS", "NoError aa\nan sub.example.test. 3600 DS 1 8 2 ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789" },
        { "no DS there", "sib.example.test. DS", "NoError aa" + Negative },
        { "DS below the cut is the child's", "x.sub.example.test. DS", "NoError" + AtSub },
        { "DS from the parent, though the child is ours too", "child.example.test. DS", "NoError aa" + Negative },
        { "everything else from the child", "www.child.example.test. A", "NoError aa\nan www.child.example.test. 3600 A 192.0.2.57" },
        { "the child's glue is the child's data", "ns1.child.example.test. A", "NoError aa\nan ns1.child.example.test. 3600 A 192.0.2.56" },
        { "DS at an apex without a parent of ours", "example.test. DS", "NoError aa" + Negative },
        { "ANY is one set", "www.example.test. ANY", "NoError aa\nan www.example.test. 60 A 192.0.2.80\nan www.example.test. 60 A 192.0.2.81" },
        { "ANY at an alias is the alias", "alias.example.test. ANY", "NoError aa\nan alias.example.test. 3600 CNAME www.example.test." },
        { "ANY at an empty non-terminal", "c.example.test. ANY", "NoError aa" + Negative },
        { "ANY at a cut", "sub.example.test. ANY", "NoError" + AtSub },
        { "outside our zones", "www.elsewhere. A", "Refused" },
        { "above our zones", "test. NS", "Refused" },
        { "the root", ". NS", "Refused" },
        { "transfers are not there yet", "example.test. AXFR", "Refused" },
        { "nor differences", "example.test. IXFR", "Refused" },
        { "obsolete", "example.test. MAILB", "NotImplemented" },
        { "no question", "example.test. OPT", "FormatError" },
        { "no question either", "example.test. TSIG", "FormatError" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void A_question_is_answered(string why, string question, string answer) => Assert.True(answer == Server.Ask(question), $"{why}: {Server.Ask(question)}");

    [Theory, MemberData(nameof(Answers))]
    public void Over_a_stream_the_answer_is_the_same(string why, string question, string answer) =>
        Assert.True(answer == Server.Ask(question, DnsTransport.Tcp, Edns.Plain), why);

    [Fact]
    public void Class_ANY_is_answered_without_authority() =>
        Assert.Equal("NoError\nan www.example.test. 3600 TXT \"text\"", Server.Ask("www.example.test. TXT", recordClass: RecordClass.Any));

    [Fact]
    public void Other_classes_are_refused() => Assert.Equal("Refused", Server.Ask("www.example.test. A", recordClass: RecordClass.Hesiod));
}
