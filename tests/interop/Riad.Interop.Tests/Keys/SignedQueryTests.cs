using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tsig;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.PrimaryGit;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Keys;

/// <summary>dig and kdig ask with a signature, and verify ours, with every algorithm.</summary>
public sealed class SignedQueryTests : IDisposable
{
    private const string Secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static readonly string[] Algorithms = ["hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-dig-");
    private readonly Workplace work;

    public SignedQueryTests()
    {
        var keys = Path.Combine(folder.FullName, "keys");
        File.WriteAllLines(keys, Algorithms.Select(algorithm => $"{algorithm}.key:{algorithm}:{Secret}"));
        work = new("--example", "--keys", keys, "--allow-sha1");
    }

    [Fact]
    public void Signed_query_gets_a_signed_answer_with_every_algorithm()
    {
        foreach (var algorithm in Algorithms)
        {
            foreach (var transport in (string[])["+notcp", "+tcp"])
            {
                var answer = work.Dig("-y", $"{algorithm}:{algorithm}.key:{Secret}", "example.org", "SOA", transport);
                Assert.Contains("status: NOERROR", answer, StringComparison.Ordinal);
                Assert.Contains($"{algorithm}.key.", answer, StringComparison.Ordinal);
                Assert.Contains("TSIG PSEUDOSECTION", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("could not be validated", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("Couldn't verify", answer, StringComparison.Ordinal);
            }
            var seen = Tool.Run("kdig", ["@127.0.0.1", "-p", $"{work.Appliance.Dns.Port}", "+time=60", "+retry=0", "-y", $"{algorithm}:{algorithm}.key:{Secret}", "example.org", "SOA"], folder.FullName).MustSucceed();
            Assert.Contains("NOERROR", seen.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("TSIG", seen.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Signature_that_is_cut_as_far_as_the_RFC_allows_is_taken()
    {
        foreach (var (algorithm, bits) in new[] { ("hmac-sha1", 80), ("hmac-sha224", 112), ("hmac-sha256", 128), ("hmac-sha384", 192), ("hmac-sha512", 256), ("hmac-sha512", 504) })
        {
            foreach (var transport in (string[])["+notcp", "+tcp"])
            {
                var answer = work.Dig("-y", $"{algorithm}-{bits}:{algorithm}.key:{Secret}", "example.org", "SOA", transport);
                Assert.True(answer.Contains("status: NOERROR", StringComparison.Ordinal) && !answer.Contains("verify", StringComparison.Ordinal), $"{algorithm}, {bits} bits: {answer}");
            }
        }
    }

    [Fact]
    public void Signature_that_is_cut_further_or_too_long_is_malformed()
    {
        var whole = Sign(id: 7);
        foreach (var (length, code) in new[] { (16, 0), (32, 0), (15, 1), (10, 1), (0, 1), (33, 1) })
        {
            var answer = DnsExchange.OverTcp(work.Appliance.Dns, WithMac(whole, length));
            Assert.True(code == (answer[3] & 15), $"{length} octets: {Convert.ToHexString(answer)}");
        }
    }

    [Fact]
    public void Query_whose_id_a_forwarder_changed_is_taken_and_its_answer_is_good_for_both()
    {
        var query = Sign(id: 7, out var mac);
        query[1] = 9;

        var answer = DnsExchange.OverTcp(work.Appliance.Dns, query);

        Assert.Equal(9, answer[1]);
        foreach (var id in (byte[])[9, 7])
        {
            answer[1] = id;
            using var verifier = new TsigAnswerVerifier(Key, mac);
            Assert.IsType<TsigAnswerVerdict.Good>(verifier.Verify(answer, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        }
    }

    [Theory]
    [InlineData("hmac-sha256:hmac-sha256.key:eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=", "BADSIG")]
    [InlineData("hmac-sha512:hmac-sha256.key:" + Secret, "BADKEY")]
    [InlineData("hmac-sha256:nobody.key:" + Secret, "BADKEY")]
    public void Wrong_signature_is_refused_with_its_reason(string key, string reason)
    {
        var answer = work.Dig("-y", key, "example.org", "SOA");
        Assert.Contains("status: NOTAUTH", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
    }

    private static TsigKey Key => DomainName.TryParseAbsolute("hmac-sha256.key", out var name) && TsigSecret.TryParse(Encoding.ASCII.GetBytes(Secret), out var secret)
        ? new(name, TsigAlgorithm.HmacSha256, secret)
        : throw new InvalidOperationException();

    private static byte[] Sign(byte id) => Sign(id, out _);

    private static byte[] Sign(byte id, out Octets mac)
    {
        var (buffer, query) = (new byte[512], DnsExchange.Query("example.org", RrTypes.Soa.Code, size: 0));
        (query[0], query[1]) = (0, id);
        query.CopyTo(buffer, 0);
        var length = query.Length;
        return TsigSigner.TrySignRequest(Key, buffer, ref length, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out mac) ? buffer[..length] : throw new InvalidOperationException();
    }

    /// <summary>The message with so many octets of its MAC, which is followed by the original id, the error and no other data.</summary>
    private static byte[] WithMac(byte[] signed, int octets)
    {
        const int Whole = 32;
        const int Tail = 6;
        var (macAt, keyLength) = (signed.Length - Tail - Whole, Key.Name.Wire.Length);
        byte[] mac = [.. signed.AsSpan(macAt, Whole), 0];
        byte[] cut = [.. signed.AsSpan(0, macAt), .. mac.AsSpan(0, octets), .. signed.AsSpan(signed.Length - Tail)];
        cut[macAt - 1] = (byte)octets;
        const int TypeClassTtl = 8;
        var lengthAt = DnsExchange.Query("example.org", RrTypes.Soa.Code, size: 0).Length + keyLength + TypeClassTtl;
        cut[lengthAt + 1] = (byte)(cut[lengthAt + 1] - Whole + octets);
        return cut;
    }

    public void Dispose()
    {
        work.Dispose();
        folder.Delete(recursive: true);
    }
}
