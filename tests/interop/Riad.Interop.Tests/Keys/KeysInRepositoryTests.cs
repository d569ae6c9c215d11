using Riad.Interop.Tests.PrimaryGit;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Keys;

/// <summary>Keys in files of the repository and outside of it, as a person meets them.</summary>
public sealed class KeysInRepositoryTests
{
    private const string Secret = "MDEyMzQ1Njc4OWFiY2RlZg==";

    [Fact]
    public void Fault_in_a_key_file_is_told_to_the_pusher_and_to_health_without_the_secret()
    {
        using var work = new Workplace("--example");
        work.Write("_keys", $"client._update. DNSKEY 0 3 163 {Secret}\nold._update. DNSKEY 0 3 157 {Secret}\n");
        work.Commit("keys");
        Assert.Contains("_keys:2:1: '157' is not an algorithm that is known here", work.Push("-o", "check").Error, StringComparison.Ordinal);
        var pushed = work.Push().MustSucceed();
        Assert.Contains("_keys:2:1: '157' is not an algorithm that is known here", pushed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, pushed.Error, StringComparison.Ordinal);
        Assert.Contains("degraded", work.Curl("/health"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, work.Curl("/health") + work.Curl("/") + work.Appliance.Log, StringComparison.Ordinal);

        work.Write("_keys", $"client._update. DNSKEY 0 3 163 {Secret}\n");
        work.Commit("keys mended");
        Assert.DoesNotContain("_keys", work.Push().MustSucceed().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("degraded", work.Curl("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_key_can_be_given_and_a_wrong_file_ends_the_start_with_its_place()
    {
        var folder = Directory.CreateTempSubdirectory("riad-keys-");
        var made = RunningAppliance.Command(folder.FullName, input: null, "key", "generate", "laptop._update.example.org", "--algorithm", "hmac-sha512").MustSucceed().Output;
        var line = made.Split('\n').Single(text => text.StartsWith("laptop._update.example.org:hmac-sha512:", StringComparison.Ordinal));
        var (keys, policy) = (Path.Combine(folder.FullName, "keys"), Path.Combine(folder.FullName, "policy"));
        File.WriteAllText(keys, line + "\n");
        File.WriteAllText(policy, "key laptop._update.example.org may update name host7.example.org types A AAAA\n");
        using (RunningAppliance.Start(Path.Combine(folder.FullName, "state"), "--keys", keys, "--policy", policy))
        {
        }

        File.WriteAllText(policy, "key laptop._update.example.org may write everything\n");
        using var refused = RunningAppliance.Launch(Path.Combine(folder.FullName, "state"), "--keys", keys, "--policy", policy);
        Assert.Equal(1, refused.WaitForEnd());
        Assert.Contains("policy:1:36: 'write' is not understood here", refused.Log, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
