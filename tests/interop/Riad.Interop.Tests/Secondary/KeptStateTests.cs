using System.Globalization;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Secondary;

/// <summary>What --state keeps, with a real primary, a real end, and the real git looking at it.</summary>
public sealed class KeptStateTests : IDisposable
{
    private const string Zone = "example.org";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-kept-");

    private string Repository => Path.Combine(folder.FullName, "state", "zones.git");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // SIGKILL
    public void After_a_restart_without_the_primary_dig_is_answered_and_git_shows_the_history(bool isAskedToEnd)
    {
        var port = NameServerPeer.FreePort();
        var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, port, [Write(1, expire: 86400, "www A 192.0.2.1")]), Zone);
        string[] options = ["--primary", primary.Endpoint.ToString(), "--zone", Zone];
        using (var secondary = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, port, options))
        {
            secondary.Until("with serial 1 in its state", () => Subjects().Length == 1);
            Write(2, expire: 86400, "www A 192.0.2.2");
            primary.Reload();
            secondary.Until("with serial 2 in its state", () => Subjects().Length == 2);
            primary.Dispose();
            if (isAskedToEnd)
                secondary.Stop();
        }

        using var again = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options);
        Assert.Equal("192.0.2.2", Dig(again, "www.example.org", "A")); // the first question after "ready:"
        again.Until("degraded, since no primary was reached", () => again.Get("/health").Contains("no primary was reached yet", StringComparison.Ordinal));
        Assert.Equal(
            [$"{Zone}: serial 2, IXFR from {primary.Endpoint}, 1 record added, 1 removed", $"{Zone}: serial 1, AXFR from {primary.Endpoint}, 4 records"],
            Subjects());
        Git("fsck", "--strict", "--full");
        Assert.Contains("+www.example.org. 300 IN A 192.0.2.2", Git("log", "-p", "-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_restart_the_primary_is_asked_for_what_is_newer()
    {
        var port = NameServerPeer.FreePort();
        using var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, port, [Write(1, expire: 86400, "www A 192.0.2.1")]), Zone);
        string[] options = ["--primary", primary.Endpoint.ToString(), "--zone", Zone];
        using (var secondary = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, port, options))
            secondary.Until("with serial 1 in its state", () => Subjects().Length == 1);
        Write(2, expire: 86400, "www A 192.0.2.2");
        primary.Reload();

        using var again = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options);
        again.Until("at serial 2", () => again.SerialOf(Zone) == 2);
        again.UntilLogged("how=\"by differences\"");
        again.Until("well", () => again.Get("/health").StartsWith("ok", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_expired_meanwhile_is_not_served()
    {
        var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, 9, [Write(1, expire: 4)]), Zone);
        string[] options = ["--primary", primary.Endpoint.ToString(), "--zone", Zone];
        using (var secondary = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options))
        {
            secondary.Until("with serial 1 in its state", () => Subjects().Length == 1);
            primary.Dispose();
            secondary.Until("expired", () => ZoneAnswers.Ask(secondary.Dns, Zone, RrTypes.Soa.Code)?.ResponseCode is ResponseCode.ServerFailure);
        }

        using var again = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options);
        Assert.Equal(ResponseCode.ServerFailure, ZoneAnswers.Ask(again.Dns, Zone, RrTypes.Soa.Code)?.ResponseCode);
        again.UntilLogged("served=\"no, it has expired\"");
    }

    [Fact]
    public void A_damaged_pack_is_named_and_the_zone_transferred_anew()
    {
        using var primary = NameServerPeer.Start(PeerKind.Knot, PrimaryConfiguration.Of(PeerKind.Knot, 9, [Write(1, expire: 86400, "www A 192.0.2.1")]), Zone);
        string[] options = ["--primary", primary.Endpoint.ToString(), "--zone", Zone];
        using (var secondary = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options))
            secondary.Until("with serial 1 in its state", () => Subjects().Length == 1);
        foreach (var pack in Directory.EnumerateFiles(Path.Combine(Repository, "objects", "pack"), "*.pack"))
        {
            var octets = File.ReadAllBytes(pack);
            Array.Fill(octets, (byte)0xff, 12, octets.Length - 32); // all but header and checksum: in which order objects lie there depends on their ids
            File.SetAttributes(pack, FileAttributes.Normal);
            File.WriteAllBytes(pack, octets);
        }

        using var again = RunningSecondary.StartIn(folder, PrimaryConfiguration.Keys, 0, options);
        again.Until("at serial 1", () => again.SerialOf(Zone) == 1);
        again.UntilLogged("state damaged");
        again.Until("with serial 1 in its state", () => Subjects().Length == 1);
        Git("fsck", "--strict", "--full");
    }

    private string[] Subjects()
    {
        var log = Tool.Run("git", ["--git-dir", Repository, "log", "--format=%s"], folder.FullName);
        return log.ExitCode == 0 ? log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private string Git(params string[] arguments) => Tool.Run("git", ["--git-dir", Repository, .. arguments], folder.FullName).MustSucceed().Output;

    private static string Dig(RunningSecondary server, string name, string type) => Tool.Run(
        "dig", ["@127.0.0.1", "-p", server.Dns.Port.ToString(CultureInfo.InvariantCulture), "+short", "+norecurse", "+tries=1", "+timeout=60", name, type], ".").MustSucceed().Output.Trim();

    private PeerZone Write(uint serial, int expire, params string[] lines)
    {
        var file = Path.Combine(folder.FullName, Zone);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"$ORIGIN {Zone}.\n$TTL 300\n@ SOA ns admin {serial} 2 2 {expire} 300\n@ NS ns\nns A 127.0.0.1\n{string.Join('\n', lines)}\n"));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-100 + serial)); // servers tell versions apart by whole seconds
        return new(Zone, file);
    }
}
