using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Interop.Tests.Pages;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.PrimaryGit;
using Xunit;

namespace Riad.Interop.Tests.Keys;

/// <summary>Secondaries of other makes are told of changes, and take the signature of the message.</summary>
public sealed class NotifyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-notify-");
    private readonly HttpClient client = new();

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public async Task Secondary_is_told_of_a_push_and_answers(PeerKind kind)
    {
        var (keyFile, zoneFile) = (Path.Combine(folder.FullName, "keys"), Path.Combine(folder.FullName, "zone"));
        var key = Key();
        File.WriteAllText(keyFile, KeyText.Line(key));
        File.WriteAllText(zoneFile, "$TTL 60\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n");
        using var peer = NameServerPeer.Start(kind, [new("other.example", zoneFile)], TsigKeys.Create([key]), secondaryOf: "example.org");
        using var work = new Workplace("--keys", keyFile, "--notify", $"{peer.Endpoint}=secondary.key");
        for (var serial = 1; serial <= 2; serial++)
        {
            work.Write("example.org", $"@ 3600 SOA ns1 hostmaster {serial} 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n");
            work.Commit($"serial {serial}");
            work.Push().MustSucceed();
            var seen = await Until(work, metrics => metrics["riad_notify_acknowledged_total"] >= serial && metrics["riad_notify_waiting"] == 0);
            Assert.Equal((serial, 0, 0), (seen["riad_notify_acknowledged_total"], seen["riad_notify_given_up_total"], seen["riad_notify_waiting"]));
        }
        Assert.DoesNotContain("notified, and refused", work.Appliance.Log, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<MetricsText> Until(Workplace work, Predicate<MetricsText> isThere)
    {
        var until = Environment.TickCount64 + 60_000;
        while (true)
        {
            var seen = new MetricsText(await client.GetStringAsync(new Uri(work.Appliance.Http, "/metrics")));
            if (isThere(seen) || Environment.TickCount64 > until)
                return seen;
            await Task.Delay(50);
        }
    }

    private static TsigKey Key() =>
        DomainName.TryParseAbsolute("secondary.key", out var name) && TsigSecret.TryCreate("0123456789abcdef0123456789abcdef"u8, out var secret)
            ? new(name, TsigAlgorithm.HmacSha256, secret)
            : throw new InvalidOperationException();
}
