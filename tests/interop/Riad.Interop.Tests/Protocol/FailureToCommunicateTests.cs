using System.Globalization;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Protocol;

/// <summary>The tests that RFC 8906 §8 gives to operators, asked by BIND's dig as they stand there.</summary>
public sealed class FailureToCommunicateTests(ServedZones served) : IClassFixture<ServedZones>
{
    private const string Zone = "awkward.test";
    private const string Soa = "ns1.awkward.test. hostmaster.awkward.test.";
    private const string Opt = "OPT PSEUDOSECTION";
    private const string Aa = "flag aa";
    private const string Ad = "flag ad";
    private const string Ra = "flag ra";
    private const string Rd = "flag rd";

    /// <summary>What dig is told, what its output must hold, and what it must not; a flag stands between blanks or before ";".</summary>
    public static TheoryData<string, string, string[], string[]> Table => new()
    {
        { "8.1.1 the zone is configured", $"+noedns +noad +norec soa {Zone}", ["status: NOERROR", Soa, Aa], [Rd, Ad, Opt] },
        { "8.1.2 unknown types", $"+noedns +noad +norec type1000 {Zone}", ["status: NOERROR", "ANSWER: 0", Aa], [Rd, Ad, Opt] },
        { "8.1.3.1 CD=1", $"+noedns +noad +norec +cd soa {Zone}", ["status: NOERROR", Soa, Aa], [Rd, Ad] },
        { "8.1.3.2 AD=1", $"+noedns +norec +ad soa {Zone}", ["status: NOERROR", Soa, Aa], [Rd, Ad] },
        { "8.1.3.3 the reserved bit", $"+noedns +noad +norec +zflag soa {Zone}", ["status: NOERROR", Soa, Aa], [Rd, Ad, "MBZ"] },
        { "8.1.3.4 RD=1", $"+noedns +noad +rec soa {Zone}", ["status: NOERROR", Soa, Aa, Rd], [Ad, Ra] },
        { "8.1.4 unknown opcodes", "+noedns +noad +opcode=15 +norec +header-only", ["status: NOTIMP", "opcode: RESERVED15", "QUERY: 0, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0"], [Aa, Rd, Ad] },
        { "8.1.5 TCP", $"+noedns +noad +norec +tcp soa {Zone}", ["status: NOERROR", Soa, Aa, "(TCP)"], [Rd, Ad] },
        { "8.2.1 minimal EDNS", $"+nocookie +edns=0 +noad +norec soa {Zone}", ["status: NOERROR", Soa, Opt, "version: 0", Aa], [Ad] },
        { "8.2.2 version negotiation", $"+nocookie +edns=1 +noednsneg +noad +norec soa {Zone}", ["status: BADVERS", "ANSWER: 0", Opt, "version: 0"], [Soa, Aa, Ad] },
        { "8.2.3 unknown options", $"+nocookie +edns=0 +noad +norec +ednsopt=100 soa {Zone}", ["status: NOERROR", Soa, Opt, "version: 0", Aa], ["OPT=100", Ad] },
        { "8.2.4 unknown flags", $"+nocookie +edns=0 +noad +norec +ednsflags=0x40 soa {Zone}", ["status: NOERROR", Soa, Opt, "version: 0", Aa], ["MBZ", Ad] },
        { "8.2.5 version negotiation with unknown flags", $"+nocookie +edns=1 +noednsneg +noad +norec +ednsflags=0x40 soa {Zone}", ["status: BADVERS", Opt, "version: 0"], [Soa, "MBZ", Aa, Ad] },
        { "8.2.6 version negotiation with unknown options", $"+nocookie +edns=1 +noednsneg +noad +norec +ednsopt=100 soa {Zone}", ["status: BADVERS", Opt, "version: 0"], [Soa, "OPT=100", Aa, Ad] },
        { "8.2.7 truncated answers", $"+norec +dnssec +bufsize=512 +ignore txt big.{Zone}", ["status: NOERROR", Opt, "version: 0", " tc"], [] },
        { "8.2.8 DO=1", $"+nocookie +edns=0 +noad +norec +dnssec soa {Zone}", ["status: NOERROR", Soa, Opt, "flags: do;", "version: 0", Aa], [Ad] },
        { "8.2.9 version negotiation with DO=1", $"+nocookie +edns=1 +noednsneg +noad +norec +dnssec soa {Zone}", ["status: BADVERS", Opt, "flags: do;", "version: 0"], [Soa, Aa, Ad] },
        { "8.2.10 several defined options", $"+edns=0 +noad +norec +cookie +nsid +expire +subnet=0.0.0.0/0 soa {Zone}", ["status: NOERROR", Soa, Opt, "version: 0", Aa, "(good)"], [Ad] },
        { "every opcode without a meaning here: IQUERY", "+noedns +noad +opcode=1 +norec +header-only", ["status: NOTIMP"], [Aa] },
        { "STATUS", "+noedns +noad +opcode=2 +norec +header-only", ["status: NOTIMP"], [Aa] },
        { "DSO (RFC 8490)", "+noedns +noad +opcode=6 +norec +header-only", ["status: NOTIMP"], [Aa] },
        { "an unknown opcode with a question and EDNS", $"+edns=0 +noad +opcode=15 +norec soa {Zone}", ["status: NOTIMP"], [Aa, Soa] },
        { "an empty query", "+noedns +noad +norec +header-only", ["status: FORMERR"], [Aa] },
        { "a cookie alone may be asked for without a question (RFC 7873 §5.4)", "+cookie +noad +norec +header-only", ["status: NOERROR", "(good)", "QUERY: 0"], [Aa] },
        { "class CH", "+noedns +norec ch txt version.bind", ["status: REFUSED"], [Aa] },
        { "an unknown class", $"+noedns +norec class5 soa {Zone}", ["status: REFUSED"], [Aa, Soa] },
        { "an unknown meta type (RFC 6895 §3.1)", $"+noedns +norec type128 {Zone}", ["status: NOERROR", "ANSWER: 0", Aa], [] },
    };

    [Theory, MemberData(nameof(Table))]
    public void Dig_is_answered_as_the_rfc_expects(string why, string arguments, string[] expected, string[] unexpected)
    {
        var output = Ask(arguments);
        Assert.All(expected, text => Assert.True(Says(output, text), $"{why}: no '{text}' in\n{output}"));
        Assert.All(unexpected, text => Assert.False(Says(output, text), $"{why}: '{text}' in\n{output}"));
    }

    private string Ask(string arguments) => Tool.Run(
        "dig",
        ["-r", "@127.0.0.1", "-p", served.Dns.Port.ToString(CultureInfo.InvariantCulture), "+tries=1", "+time=60", .. arguments.Split(' ')],
        ".").MustSucceed().Output;

    /// <summary>Header flags are told from words elsewhere: they stand on the line ";; flags: qr aa rd; QUERY: 1".</summary>
    private static bool Says(string output, string text)
    {
        if (!text.StartsWith("flag ", StringComparison.Ordinal))
            return output.Contains(text, StringComparison.Ordinal);
        var line = output.Split('\n').First(line => line.StartsWith(";; flags:", StringComparison.Ordinal));
        return line[..line.IndexOf("QUERY", StringComparison.Ordinal)].Split(' ', ';').Contains(text[5..], StringComparer.Ordinal);
    }
}
