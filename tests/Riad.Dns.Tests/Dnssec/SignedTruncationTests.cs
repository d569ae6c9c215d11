using Riad.Dns.Server;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>RFC 4035 §3.1.1: signatures of what was asked for are there, or TC is; those of additional addresses may be left out.</summary>
public sealed class SignedTruncationTests
{
    private static readonly SignedServer Server = new(SignedServer.Sign("example.", string.Concat(
        "@ SOA ns hostmaster 1 2 3 4 5\n@ NS ns\n@ NSEC big SOA NS RRSIG NSEC\nmx MX 1 mail\nmx NSEC ns MX RRSIG NSEC\nns A 192.0.2.1\nns NSEC sub A RRSIG NSEC\n",
        "sub NS ns.sub\nsub NSEC text NS RRSIG NSEC\ntext NSEC @ TXT RRSIG NSEC\nmail NSEC mx A RRSIG NSEC\n",
        string.Concat(Enumerable.Range(0, 69).Select(i => $"mail A 192.0.2.{i}\nns.sub A 192.0.2.{i}\n")),
        string.Concat(Enumerable.Range(0, 5).Select(i => $"text TXT \"{i}{new string('x', 220)}\"\n")))));

    public static TheoryData<string, string, string> Answers => new()
    {
        // why                                               question             answer, records of a set counted
        { "the signature of the answer does not fit",        "text.example. TXT", "NoError aa tc" },
        { "that of an additional set is left out",           "mx.example. MX",    "NoError aa\nan mx.example. MX\nan mx.example. RRSIG(MX)\nar mail.example. A * 69" },
        { "glue does not fit: the proof stays",              "a.sub.example. A",  "NoError tc\nns sub.example. NS\nns sub.example. NSEC\nns sub.example. RRSIG(NSEC)" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void What_must_be_there_is_there_or_TC_is_set(string why, string question, string answer)
    {
        var lines = Server.Ask(question, DnsTransport.Udp).Split('\n').GroupBy(line => line).Select(set => set.Count() == 1 ? set.Key : $"{set.Key} * {set.Count()}");
        Assert.True(answer == string.Join('\n', lines), $"{why}: {string.Join('\n', lines)}");
    }
}
