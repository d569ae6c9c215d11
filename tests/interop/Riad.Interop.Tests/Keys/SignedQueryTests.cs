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

    public void Dispose()
    {
        work.Dispose();
        folder.Delete(recursive: true);
    }
}
