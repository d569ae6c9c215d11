using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Protocol;

/// <summary>What BIND's dig and Knot's kdig make of our answers.</summary>
public sealed class ToolsTests(ServedOverTls served) : IClassFixture<ServedOverTls>
{
    /// <summary>The program, what it is told, and what it must say.</summary>
    public static TheoryData<string, string, string, string[]> Questions => new()
    {
        { "a cookie", "dig", "+cookie soa awkward.test", ["COOKIE: ", "(good)"] },
        { "an identifier (RFC 5001)", "dig", "+nsid soa awkward.test", ["(\"riad-7\")"] },
        { "and as a question (RFC 4892)", "dig", "ch txt id.server", ["\"riad-7\"", "status: NOERROR"] },
        { "the version, when the operator shows it", "dig", "ch txt version.bind", ["\"dns-primary-git "] },
        { "why a question is refused (RFC 8914)", "dig", "soa example.com", ["status: REFUSED", "EDE: 20 (Not Authoritative)"] },
        { "a zone transfer is refused", "dig", "axfr awkward.test", ["Transfer failed."] },
        { "a truncated answer is asked for again", "dig", "txt big.awkward.test +bufsize=512", ["Truncated, retrying in TCP mode", "ANSWER: 6"] },
        { "how long a connection may be idle (RFC 7828)", "dig", "+tcp +keepalive soa awkward.test", ["TCP KEEPALIVE: 10.0 secs"] },
        { "several questions over one connection", "kdig", "+tcp +keepopen soa awkward.test soa other.test soa chain.test", ["ns1.awkward.test.", "ns2.other.test.", "ns.chain.test.", "(TCP)"] },
        { "a name in any case comes back as it was asked", "dig", "a wWw.AwKwArD.tEsT", ["wWw.AwKwArD.tEsT.\t3600\tIN\tA\t192.0.2.80"] },
        { "a client's subnet is passed over (RFC 7871 §7.2.2)", "dig", "+subnet=192.0.2.0/24 soa awkward.test", ["status: NOERROR"] },
    };

    [Theory, MemberData(nameof(Questions))]
    public void A_tool_understands_the_answer(string why, string program, string arguments, string[] expected)
    {
        var output = Ask(program, served.Appliance.Dns.Port, arguments.Split(' '));
        Assert.All(expected, text => Assert.True(output.Contains(text, StringComparison.Ordinal), $"{why}: no '{text}' in\n{output}"));
    }

    [Fact]
    public void Kdig_trusts_our_certificate_and_gets_a_padded_answer()
    {
        var output = Ask("kdig", served.TlsPort, "+tls", $"+tls-ca={served.Certificate}", $"+tls-hostname={ServedOverTls.HostName}", "+padding", "soa", "awkward.test");

        Assert.Contains("The certificate is trusted.", output, StringComparison.Ordinal);
        Assert.Contains("ns1.awkward.test. hostmaster.awkward.test.", output, StringComparison.Ordinal);
        Assert.Contains("PADDING", output, StringComparison.Ordinal);
        Assert.Contains("Received 468 B", output, StringComparison.Ordinal); // RFC 8467 §4.1
    }

    [Fact]
    public void Kdig_does_not_trust_another_name() =>
        Assert.DoesNotContain(
            "hostmaster.awkward.test.",
            Ask("kdig", served.TlsPort, "+tls", $"+tls-ca={served.Certificate}", "+tls-hostname=ns.example.org", "soa", "awkward.test"),
            StringComparison.Ordinal);

    /// <summary>RFC 7766 §6.2.1.1: many queries before the first answer is read, and the segments end anywhere.</summary>
    [Fact]
    public void Queries_sent_at_once_are_all_answered()
    {
        const int Count = 200;
        using var client = new TcpClient("127.0.0.1", served.Appliance.Dns.Port) { NoDelay = true, ReceiveTimeout = 60_000 };
        var stream = client.GetStream();
        byte[] queries = [.. Enumerable.Range(0, Count).SelectMany(Framed)];
        foreach (var part in queries.Chunk(333))
            stream.Write(part);

        var ids = new HashSet<ushort>();
        for (var answer = 0; answer < Count; answer++)
            ids.Add(BinaryPrimitives.ReadUInt16BigEndian(ReadAnswer(stream)));
        Assert.Equal(Enumerable.Range(0, Count), ids.Select(id => (int)id).Order());
    }

    private static byte[] Framed(int id)
    {
        var query = DnsExchange.Query("www.awkward.test.", type: 1);
        BinaryPrimitives.WriteUInt16BigEndian(query, (ushort)id);
        return [(byte)(query.Length >> 8), (byte)query.Length, .. query];
    }

    private static byte[] ReadAnswer(NetworkStream stream)
    {
        var length = new byte[2];
        stream.ReadExactly(length);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        stream.ReadExactly(answer);
        return answer;
    }

    private static string Ask(string program, int port, params string[] arguments)
    {
        string[] usual = program is "dig" ? ["-r", "+tries=1"] : ["-d", "+retry=0"];
        return Tool.Run(program, ["@127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "+time=60", "+norec", .. usual, .. arguments], ".").Output;
    }
}
