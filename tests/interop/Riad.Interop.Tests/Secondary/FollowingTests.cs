using System.Globalization;
using System.Net;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Secondary;

/// <summary>dns-secondary behind NSD, Knot and BIND.</summary>
public sealed class FollowingTests : IDisposable
{
    private const string Zone = "example.org";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-following-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void A_signed_zone_transfer_is_served_and_a_NOTIFY_brings_the_next_version(PeerKind kind)
    {
        var port = NameServerPeer.FreePort();
        using var primary = NameServerPeer.Start(kind, PrimaryConfiguration.Of(kind, port, [Write(Zone, 1, "www A 192.0.2.1")]), Zone);
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, port, "--primary", primary.Endpoint.ToString(), "--zone", Zone);
        secondary.Until("at serial 1", () => secondary.SerialOf(Zone) == 1);
        Assert.Equal("192.0.2.1", AddressOf(secondary.Dns, "www.example.org"));

        Write(Zone, 2, "www A 192.0.2.2", "mail A 192.0.2.3");
        primary.Reload();
        secondary.Until("at serial 2", () => secondary.SerialOf(Zone) == 2);

        Assert.Equal("192.0.2.2", AddressOf(secondary.Dns, "www.example.org"));
        Assert.Equal("192.0.2.3", AddressOf(secondary.Dns, "mail.example.org"));
        secondary.UntilLogged("how=\"by differences\"");
    }

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void With_another_secret_nothing_is_transferred_and_health_says_why(PeerKind kind)
    {
        using var primary = NameServerPeer.Start(kind, PrimaryConfiguration.Of(kind, 9, [Write(Zone, 1)]), Zone);
        using var secondary = RunningSecondary.Start("xfr.test:hmac-sha256:YW5vdGhlciBzZWNyZXQ=\n", 0, "--primary", primary.Endpoint.ToString(), "--zone", Zone);

        secondary.Until("degraded by the signature", () => secondary.Get("/health").Contains("BADSIG", StringComparison.Ordinal));
        Assert.Equal(ResponseCode.ServerFailure, ZoneAnswers.Ask(secondary.Dns, Zone, RrTypes.Soa.Code)?.ResponseCode);
    }

    [Theory]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    [InlineData(PeerKind.Nsd)]
    public void A_catalog_brings_its_zones(PeerKind kind)
    {
        const string Catalog = "catalog.test";
        var port = NameServerPeer.FreePort();
        List<PeerZone> zones = [Write("one.test", 1), Write("two.test", 1)];
        if (kind is not PeerKind.Knot)
            zones.Add(Write(Catalog, 1, "version TXT \"2\"", "a.zones PTR one.test.", "b.zones PTR two.test.", "group.b.zones TXT fast"));
        using var primary = NameServerPeer.Start(kind, PrimaryConfiguration.Of(kind, port, zones, kind is PeerKind.Knot ? Catalog : null), "one.test");
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, port, "--primary", primary.Endpoint.ToString(), "--catalog", Catalog);
        secondary.Until("serving both zones", () => secondary.SerialOf("one.test") == 1 && secondary.SerialOf("two.test") == 1);
        Assert.Equal(ResponseCode.Refused, ZoneAnswers.Ask(secondary.Dns, Catalog, RrTypes.Soa.Code)?.ResponseCode);
        if (kind is PeerKind.Knot)
            return;

        Write(Catalog, 2, "version TXT \"2\"", "a.zones PTR one.test.");
        primary.Reload();
        secondary.Until("without the second zone", () => ZoneAnswers.Ask(secondary.Dns, "two.test", RrTypes.Soa.Code)?.ResponseCode is ResponseCode.Refused);
        Assert.Equal(1u, secondary.SerialOf("one.test"));
    }

    [Fact]
    public void Another_primary_is_asked_when_one_is_dead()
    {
        var zone = Write(Zone, 1);
        using var first = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, 9, [zone]), Zone);
        using var second = NameServerPeer.Start(PeerKind.Nsd, PrimaryConfiguration.Of(PeerKind.Nsd, 9, [zone]), Zone);
        var dead = first.Endpoint.ToString();
        first.Dispose();
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", dead, "--primary", second.Endpoint.ToString(), "--zone", Zone);

        secondary.Until("at serial 1", () => secondary.SerialOf(Zone) == 1);
        secondary.UntilLogged($"primary={second.Endpoint}");
    }

    [Fact]
    public void A_zone_whose_primary_dies_is_served_until_it_expires_and_then_it_is_a_server_failure_with_its_reason()
    {
        using var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, 9, [Write(Zone, 1, refresh: 2, retry: 2, expire: 4)]), Zone);
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", primary.Endpoint.ToString(), "--zone", Zone);
        secondary.Until("at serial 1", () => secondary.SerialOf(Zone) == 1);
        primary.Dispose();

        secondary.Until("expired", () => ZoneAnswers.Ask(secondary.Dns, Zone, RrTypes.Soa.Code)?.ResponseCode is ResponseCode.ServerFailure);
        var edns = ZoneAnswers.Ask(secondary.Dns, Zone, RrTypes.Soa.Code)?.Edns;
        Assert.Contains(edns!.Options, option => option is EdnsOption.ExtendedError { Code: ExtendedErrorCode.InvalidData });
        secondary.Until("degraded", () => secondary.Get("/health").Contains("expired", StringComparison.Ordinal));
        Assert.Contains("riad_zones_expired 1", secondary.Get("/metrics"), StringComparison.Ordinal);
        Assert.Contains("expired", secondary.Get("/"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dig_gets_signed_answers_to_signed_queries()
    {
        using var primary = NameServerPeer.Start(PeerKind.Bind, PrimaryConfiguration.Of(PeerKind.Bind, 9, [Write(Zone, 1)]), Zone);
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", primary.Endpoint.ToString(), "--zone", Zone);
        secondary.Until("at serial 1", () => secondary.SerialOf(Zone) == 1);

        var answer = Tool.Run("dig", ["@127.0.0.1", "-p", secondary.Dns.Port.ToString(CultureInfo.InvariantCulture), "-y", $"hmac-sha256:xfr.test:{PrimaryConfiguration.Secret}", "+norecurse", "+tries=1", "+timeout=60", Zone, "SOA"], ".").MustSucceed().Output;
        Assert.Contains("TSIG", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Dig_is_told_how_long_the_zone_still_lives_which_is_never_longer_than_at_the_primary()
    {
        using var primary = NameServerPeer.Start(PeerKind.Bind, PrimaryConfiguration.Of(PeerKind.Bind, 9, [Write(Zone, 1)]), Zone);
        using var secondary = RunningSecondary.Start(PrimaryConfiguration.Keys, 0, "--primary", primary.Endpoint.ToString(), "--zone", Zone);
        secondary.Until("at serial 1", () => secondary.SerialOf(Zone) == 1);

        var answer = Tool.Run("dig", ["@127.0.0.1", "-p", secondary.Dns.Port.ToString(CultureInfo.InvariantCulture), "+expire", "+norecurse", "+tries=1", "+timeout=60", Zone, "SOA"], ".").MustSucceed().Output;
        var told = answer.Split('\n').Single(line => line.StartsWith("; EXPIRE: ", StringComparison.Ordinal)).Split(' ')[2];
        Assert.InRange(int.Parse(told, CultureInfo.InvariantCulture), 1, 86400);
    }

    [Fact]
    public void A_zone_goes_on_to_a_further_secondary_by_differences_and_to_nobody_else()
    {
        var (port, further) = (NameServerPeer.FreePort(), NameServerPeer.FreePort());
        var policy = Path.Combine(folder.FullName, "policy");
        File.WriteAllText(policy, "key xfr.test may transfer every zone\n");
        using var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, port, [Write(Zone, 1)]), Zone);
        using var first = RunningSecondary.Start(PrimaryConfiguration.Keys, port, "--primary", primary.Endpoint.ToString(), "--zone", Zone, "--policy", policy, "--notify", $"127.0.0.1:{further}");
        first.Until("at serial 1", () => first.SerialOf(Zone) == 1);
        using var second = RunningSecondary.Start(PrimaryConfiguration.Keys, further, "--primary", first.Dns.ToString(), "--zone", Zone);
        second.Until("at serial 1", () => second.SerialOf(Zone) == 1);

        Write(Zone, 2, "www A 192.0.2.2");
        primary.Reload();
        second.Until("at serial 2", () => second.SerialOf(Zone) == 2);

        Assert.Equal("192.0.2.2", AddressOf(second.Dns, "www.example.org"));
        second.UntilLogged("how=\"by differences\"");
        var refused = Tool.Run("dig", ["@127.0.0.1", "-p", first.Dns.Port.ToString(CultureInfo.InvariantCulture), "+tries=1", "+timeout=60", Zone, "AXFR"], ".").Output;
        Assert.Contains("Transfer failed", refused, StringComparison.Ordinal);
    }

    private PeerZone Write(string name, uint serial, params string[] lines) => Write(name, serial, 3600, 600, 86400, lines);

    private PeerZone Write(string name, uint serial, int refresh, int retry, int expire, params string[] lines)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"$ORIGIN {name}.\n$TTL 300\n@ SOA ns admin {serial} {refresh} {retry} {expire} 300\n@ NS ns\nns A 127.0.0.1\n{string.Join('\n', lines)}\n"));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-100 + serial)); // servers tell versions apart by whole seconds
        return new(name, file);
    }

    private static string? AddressOf(IPEndPoint server, string name) =>
        ZoneAnswers.Ask(server, name, RrTypes.A.Code)?.Answers.Select(record => record.TryGet(RrTypes.A, out var address) ? address.ToString() : null).FirstOrDefault();
}
