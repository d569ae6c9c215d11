using Microsoft.Extensions.Logging.Abstractions;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Keys;
using Riad.Host;
using Riad.Host.Dns;
using Xunit;

namespace Riad.Appliances.Tests.Keys;

public sealed class ServedKeysTests : IDisposable
{
    private const string Secret = "MDEyMzQ1Njc4OWFiY2RlZg==";

    private readonly KeyRepository repository = new();

    [Fact]
    public async Task Keys_come_and_go_with_the_served_commit()
    {
        var keys = new ServedKeys(repository.Repository, given: null, policy: null, allowSha1: false);
        await repository.CommitAsync(("_keys", $"a._update. DNSKEY 0 3 163 {Secret}"), ("example.org._keys", $"b._update.example.org. DNSKEY 0 3 163 {Secret}\nc. DNSKEY 0 3 163 {Secret}"));
        Assert.True(keys.Follow(repository.State));
        Assert.Equal(["a._update.", "b._update.example.org."], Names(keys));
        Assert.StartsWith("example.org._keys:2:1: key c lies outside", Assert.Single(keys.Troubles), StringComparison.Ordinal);

        Assert.False(keys.Follow(repository.State));
        await repository.CommitAsync(("_keys", $"a._update. DNSKEY 0 3 163 {Secret}"));
        Assert.True(keys.Follow(repository.State));
        Assert.Equal(["a._update."], Names(keys));
        Assert.Empty(keys.Troubles);
    }

    [Fact]
    public async Task Given_file_counts_before_the_repository_and_a_bad_change_of_it_changes_nothing()
    {
        var file = new FileInfo(repository.PathOf("keys"));
        Write(file, "a._update:hmac-sha512:" + Secret);
        var given = KeyFiles.OpenKeys(file, allowSha1: false, NullLogger.Instance);
        var keys = new ServedKeys(repository.Repository, given, policy: null, allowSha1: false);
        given.OnChange(_ => keys.Reload());
        await repository.CommitAsync(("_keys", $"a._update. DNSKEY 0 3 163 {Secret}\nb._update. DNSKEY 0 3 163 {Secret}"));
        keys.Follow(repository.State);
        Assert.Equal(["a._update.", "b._update."], Names(keys));
        Assert.Equal(TsigAlgorithm.HmacSha512, keys.Current.First().Algorithm);
        Assert.StartsWith("_keys:1:1: key a._update is ignored here", Assert.Single(keys.Troubles), StringComparison.Ordinal);

        Write(file, "not a key at all");
        given.Check();
        Assert.Equal(2, keys.Current.Count);
        Write(file, "c._update:hmac-sha256:" + Secret + "\n");
        given.Check();
        Assert.Equal(["a._update.", "b._update.", "c._update."], Names(keys));
        Assert.Empty(keys.Troubles);
    }

    [Fact]
    public void File_with_a_mistake_is_refused_with_its_place_and_without_its_secret()
    {
        var file = new FileInfo(repository.PathOf("keys"));
        Write(file, $"# keys\na:hmac-md5:{Secret}\n");
        var refused = Assert.Throws<OperatorException>(() => KeyFiles.OpenKeys(file, allowSha1: false, NullLogger.Instance));
        Assert.Contains("keys:2:1: 'hmac-md5' is not an algorithm", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
        Assert.Throws<OperatorException>(() => KeyFiles.OpenPolicy(file, NullLogger.Instance));
        Assert.Throws<OperatorException>(() => KeyFiles.OpenPolicy(new(repository.PathOf("none")), NullLogger.Instance));
    }

    public void Dispose() => repository.Dispose();

    private static IEnumerable<string> Names(ServedKeys keys) => keys.Current.Select(key => key.Name.ToString());

    private static void Write(FileInfo file, string text) => File.WriteAllText(file.FullName, text);
}
