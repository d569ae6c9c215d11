using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.Dns.Catalogs;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.DnsSecondary.Keeping;
using Riad.DnsSecondary.Serving;
using Riad.Git.Io;
using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Net;
using Riad.ZoneRepository.Copies;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>A secondary with a state directory is ended and started again, with and without its primary; the clock is virtual, the disk is not.</summary>
public sealed class KeptStateTests : IDisposable
{
    private static readonly DomainName Apex = Name("example.org");
    private static readonly DomainName Catalog = Name("catalog.test");
    private static readonly IpAddress PrimaryAddress = Address("192.0.2.1");
    private static readonly IpAddress OwnAddress = Address("192.0.2.2");
    private static readonly TsigKey Key = new(Name("k._transfer.example.org"), TsigAlgorithm.HmacSha256, TsigSecret.TryCreate("an octet string"u8, out var secret) ? secret : throw new ArgumentException("secret"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-kept-");
    private readonly Simulation simulation = new(seed: 7);
    private readonly StepMemory steps = new();
    private readonly List<string> told = [];
    private readonly Lines lines = new();
    private ServerDriver? primary;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_was_kept_is_served_after_a_restart_without_the_primary_before_anybody_is_asked() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);
        Publish(2);
        await RunSecondaryAsync(host, TimeSpan.FromHours(2), []);
        Cut();

        await RunSecondaryAsync(host, TimeSpan.Zero, ["Recalled"], server =>
        {
            Assert.Equal("192.0.2.102", server.Authority.Zones.Find(Apex)!.Zone!.Find(Name("www.example.org"), RrTypes.A)!.Values[0].ToString());
            Assert.True(server.Views().Single().IsUnconfirmed);
            Assert.StartsWith("1 zone is served from the state, since no primary was reached yet, such as example.org", new ZoneHealth(mayBeEmpty: false).Of(server.Survey()).Reason, StringComparison.Ordinal);
        });
    });

    [Fact]
    public void After_a_restart_only_what_is_newer_is_transferred() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["whole"]);
        Publish(2);
        told.Clear();
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["Recalled", "by differences"]);
        told.Clear();
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["Recalled"], server => Assert.Equal((2u, false), (SerialOf(server), server.Views().Single().IsUnconfirmed)));
    });

    [Fact]
    public void A_zone_expires_as_long_after_the_last_contact_as_without_a_restart() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(5), []);
        Cut();
        await Task.Delay(TimeSpan.FromHours(23), simulation.Clock);
        await RunSecondaryAsync(host, TimeSpan.Zero, [], server => Assert.Equal(1u, SerialOf(server)));

        await Task.Delay(TimeSpan.FromHours(2), simulation.Clock);
        await RunSecondaryAsync(host, TimeSpan.Zero, [], server => Assert.Equal(ZoneAbsence.Expired, AbsenceOf(server)));
        simulation.Network.SetLink(PrimaryAddress, OwnAddress, MemoryLink.Delayed(TimeSpan.FromMilliseconds(1)));
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(5), ["Restored"], server => Assert.Equal(1u, SerialOf(server)));
    });

    [Fact]
    public void Contacts_that_brought_nothing_new_count_too() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromHours(20), []);
        Cut();
        await Task.Delay(TimeSpan.FromHours(20), simulation.Clock);

        await RunSecondaryAsync(host, TimeSpan.Zero, [], server => Assert.Equal(1u, SerialOf(server)));
    });

    [Fact]
    public void Without_the_file_of_contacts_a_zone_counts_from_its_last_version() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromHours(20), []);
        Cut();
        File.WriteAllText(Path.Combine(folder.FullName, "contacts"), "riad contacts 1\nexample.org.");
        await Task.Delay(TimeSpan.FromHours(5), simulation.Clock);

        await RunSecondaryAsync(host, TimeSpan.Zero, [], server => Assert.Equal(ZoneAbsence.Expired, AbsenceOf(server)));
        Assert.Contains(lines.Written, line => line.Contains("contacts", StringComparison.Ordinal) && line.Contains("line=1", StringComparison.Ordinal));
    });

    [Fact]
    public void A_damaged_repository_is_set_aside_and_everything_is_transferred_anew() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);
        var main = Path.Combine(folder.FullName, "zones.git", "refs", "heads", "main");
        File.WriteAllText(main, "1f0c4d6a7b8e9f00112233445566778899aabbcc\n");
        told.Clear();

        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["whole"], server => Assert.Equal(1u, SerialOf(server)));
        Assert.Contains(lines.Written, line => line.Contains("state damaged", StringComparison.Ordinal) && line.Contains("commit 1f0c4d6a7b8e9f00112233445566778899aabbcc is missing", StringComparison.Ordinal));
        Assert.True(Directory.Exists(Path.Combine(folder.FullName, "zones.git.damaged")));
        await RunSecondaryAsync(host, TimeSpan.Zero, ["Recalled"], server => Assert.Equal(1u, SerialOf(server)));
    });

    [Fact]
    public void A_full_disk_is_no_damage_and_nothing_is_set_aside() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);

        var refused = Assert.Throws<Host.OperatorException>(() => CopyOpening.Open(folder.FullName, lines, static _ => throw new DiskFullException(new IOException("no space left on device")), out _));

        Assert.Contains("the disk is full", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "zones.git.damaged")));
        await RunSecondaryAsync(host, TimeSpan.Zero, ["Recalled"], server => Assert.Equal(1u, SerialOf(server)));
    });

    [Fact]
    public void A_zone_that_is_no_longer_followed_goes_from_the_state() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), [], follow: []);

        _ = CopyOpening.Open(folder.FullName, NullLogger.Instance, out var contents);
        Assert.Empty(contents.Copies);
    });

    [Fact]
    public void The_zones_of_a_catalog_stay_after_a_restart_while_its_newest_version_is_broken() => Run(async host =>
    {
        PublishCatalog(1, isBroken: false);
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), [], IsServed, catalog: Catalog);
        PublishCatalog(2, isBroken: true);
        await RunSecondaryAsync(host, TimeSpan.FromHours(2), ["CatalogRefused"], IsServed, catalog: Catalog);
        told.Clear();

        await RunSecondaryAsync(host, TimeSpan.Zero, ["Recalled"], IsServed, catalog: Catalog);
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["CatalogRefused"], IsServed, catalog: Catalog);
        PublishCatalog(3, isBroken: false);
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), [], IsServed, catalog: Catalog);
        _ = CopyOpening.Open(folder.FullName, NullLogger.Instance, out var contents);
        Assert.Equal([(Apex, 1u), (Catalog, 3u)], contents.Copies.Select(copy => (copy.Account.Apex, copy.Account.Serial.Value)).Order());
        static void IsServed(SecondaryServer server) => Assert.Equal(1u, SerialOf(server));
    });

    [Fact]
    public void A_catalog_that_was_never_understood_is_not_kept_and_the_copies_of_zones_stay() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);
        PublishCatalog(1, isBroken: true);
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), ["CatalogRefused"], catalog: Catalog);

        _ = CopyOpening.Open(folder.FullName, NullLogger.Instance, out var contents);
        Assert.Equal(Apex, Assert.Single(contents.Copies).Account.Apex);
    });

    [Fact]
    public void Differences_that_do_not_begin_where_others_end_are_not_kept_as_one()
    {
        var pending = new PendingCopies();
        pending.Add(Change(1, 2));
        pending.Add(Change(3, 4));

        Assert.Empty(Assert.IsType<CopyChange.Version>(Assert.Single(pending.Take())).Steps);
        static CopyChange.Version Change(uint from, uint to) =>
            new(new(Apex, new ZoneOrigin.Given(), new(to), "192.0.2.1:53", default, default), Version(to), [new(Soa(from), Soa(to), [Www(from)], [Www(to)])]);
    }

    [Fact]
    public void A_state_directory_of_another_program_is_not_touched()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "format"), "dns-primary-git 1\n");
        Assert.Contains("dns-primary-git 1", Assert.Throws<Host.OperatorException>(() => CopyOpening.Open(folder.FullName, NullLogger.Instance, out _)).Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder.FullName, "format"));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "zones.git"));
        Assert.Contains("not of dns-secondary", Assert.Throws<Host.OperatorException>(() => CopyOpening.Open(folder.FullName, NullLogger.Instance, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_that_the_power_left_empty_counts_as_missing()
    {
        var format = Path.Combine(folder.FullName, "format");
        File.WriteAllText(format, "");
        _ = CopyOpening.Open(folder.FullName, NullLogger.Instance, out _);
        Assert.Equal("dns-secondary 1\n", File.ReadAllText(format));
        // The repository has nothing yet.
        File.WriteAllText(format, "");
        _ = CopyOpening.Open(folder.FullName, NullLogger.Instance, out _);
        Assert.Equal("dns-secondary 1\n", File.ReadAllText(format));
    }

    [Fact]
    public void A_format_that_the_power_left_empty_beside_copies_is_written_again() => Run(async host =>
    {
        await RunSecondaryAsync(host, TimeSpan.FromMinutes(1), []);
        var format = Path.Combine(folder.FullName, "format");
        File.WriteAllText(format, "");

        await RunSecondaryAsync(host, TimeSpan.Zero, ["Recalled"], server => Assert.Equal(1u, SerialOf(server)));
        Assert.Equal("dns-secondary 1\n", File.ReadAllText(format));
    });

    [Theory, InlineData("refs/heads/main"), InlineData("refs/heads/other")]
    public void A_format_that_the_power_left_empty_gives_nobody_the_zones_of_another_program(string branch)
    {
        var format = Path.Combine(folder.FullName, "format");
        File.WriteAllText(format, "");
        var repository = Repository.Create(Path.Combine(folder.FullName, "zones.git"), "main");
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var zone = GitObject.Create(ObjectKind.Blob, "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n"u8.ToArray());
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", zone.Id)], out var tree, out _));
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(root.Id, [], ada, ada, "A zone\n").Octets);
        Assert.True(repository.TryStore(new([zone, root, commit], []), [new(branch, ObjectId.Zero, commit.Id)], out var error), error.Message);

        Assert.Contains("not of dns-secondary", Assert.Throws<Host.OperatorException>(() => CopyOpening.Open(folder.FullName, NullLogger.Instance, out _)).Message, StringComparison.Ordinal);

        Assert.Equal("", File.ReadAllText(format));
        Assert.True(repository.TryReadRef(branch, out var tip) && tip == commit.Id && Repository.Open(repository.Path).Contains(tip));
    }

    private void Run(Func<INetwork, Task> conversation) => simulation.Run(async () =>
    {
        var (primaryHost, host) = (simulation.Network.AddHost(PrimaryAddress), simulation.Network.AddHost(OwnAddress));
        await using var running = primary = ServerDriver.Open(
            primaryHost, new() { Listen = [At(PrimaryAddress)] }, new(ZoneSet.Empty.With(Version(1)), new()), static () => null, simulation.Clock, static _ => { },
            new RequestServer(
                new()
                {
                    Authority = () => primary!.Authority,
                    Keys = static () => TsigKeys.Create([Key]),
                    MayTransfer = static (key, _, _) => key is not null,
                    History = steps.Find,
                },
                simulation.Clock));
        await conversation(host);
    });

    /// <summary>Starts a secondary on what the folder holds, looks at it after a time, and ends it as SIGTERM does.</summary>
    private async Task RunSecondaryAsync(INetwork host, TimeSpan time, string[] expected, Action<SecondaryServer>? look = null, DomainName[]? follow = null, DomainName? catalog = null)
    {
        StateKeeper? keeper = null;
        SecondaryServer? server = null;
        var store = CopyOpening.Open(folder.FullName, lines, out var contents);
        keeper = new(store, contents, new(Path.Combine(folder.FullName, "contacts")), simulation.Clock, lines);
        await using var opened = server = new(
            host,
            new()
            {
                Listen = new() { Listen = [At(OwnAddress)] },
                Primaries = new([At(PrimaryAddress)], keyName: null, tlsName: null),
                Keys = static () => TsigKeys.Create([Key]),
                Tell = output =>
                {
                    told.Add(Text(output));
                    keeper.Take(output, server!);
                },
                Report = exception => throw new InvalidOperationException("a fault of ours", exception),
            },
            simulation.Clock,
            new CountingRandom());
        keeper.Recall(server, () =>
        {
            foreach (var zone in follow ?? (catalog is null ? [Apex] : []))
                server.Follow(zone, new ZoneOrigin.Given());
            if (catalog is not null)
                server.Follow(catalog, new ZoneOrigin.Catalog());
        });
        server.Listen();
        using var stop = new CancellationTokenSource();
        if (time == TimeSpan.Zero)
            look?.Invoke(server); // nothing was asked yet
        var running = server.RunAsync(stop.Token);
        await Task.Delay(time, simulation.Clock);
        if (time > TimeSpan.Zero)
            look?.Invoke(server);
        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Task.WhenAny(running);
        keeper.Write(server);
        Assert.All(expected, what => Assert.Contains(told, line => line.Contains(what, StringComparison.Ordinal)));
        Assert.Null(keeper.Failure);
    }

    private void Cut() => simulation.Network.SetLink(PrimaryAddress, OwnAddress, MemoryLink.Cut);

    private void Publish(uint serial)
    {
        steps.Take(Version(serial), [new(Soa(serial - 1), Soa(serial), [Www(serial - 1)], [Www(serial)])]);
        primary!.Authority = new(ZoneSet.Empty.With(Version(serial)), new());
    }

    private void PublishCatalog(uint serial, bool isBroken)
    {
        var broken = new ZoneBuilder(Catalog); // it holds nothing but its SOA
        broken.Add(Catalog.Wire, RrTypes.Soa, 300, RrTypes.Soa.Codec.ToOctets(new(Catalog, Catalog, new(serial), Refresh: 3600, Retry: 600, Expire: 86400, NegativeTtl: 300)).Span);
        var catalog = isBroken ? broken.Build() : CatalogZone.Make(Catalog, new(serial), [new(Apex, Group: null)]);
        primary!.Authority = new(ZoneSet.Empty.With(Version(1)).With(catalog), new());
    }

    private static string Text(SecondaryOutput output) => output switch
    {
        SecondaryOutput.Changed { Steps.IsEmpty: false } => "by differences",
        SecondaryOutput.Changed => "whole",
        _ => output.GetType().Name,
    };

    private static uint? SerialOf(SecondaryServer server) => server.Authority.Zones.Find(Apex)?.Zone?.Serial.Value;

    private static ZoneAbsence? AbsenceOf(SecondaryServer server) => server.Authority.Zones.Find(Apex) is { Zone: null } served ? served.Absence : null;

    private static Zone Version(uint serial)
    {
        var builder = new ZoneBuilder(Apex);
        foreach (var record in (ResourceRecord[])[Soa(serial), Www(serial), .. Enumerable.Range(0, 50).Select(Host)])
            builder.Add(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Ttl.Seconds, record.Rdata.Span);
        return builder.Build();
    }

    private static ResourceRecord Soa(uint serial) => ResourceRecord.Create(Apex, RrTypes.Soa, new(300), new Soa(Apex, Apex, new(serial), Refresh: 3600, Retry: 600, Expire: 86400, NegativeTtl: 300));

    private static ResourceRecord Www(uint serial) => ResourceRecord.Create(Name("www.example.org"), RrTypes.A, new(300), new IPv4Address(0xc000_0264 + serial));

    private static ResourceRecord Host(int number) =>
        ResourceRecord.Create(Name(string.Create(CultureInfo.InvariantCulture, $"host{number}.example.org")), RrTypes.A, new(300), new IPv4Address(0xc633_6400 + (uint)number));

    private static IpEndpoint At(IpAddress address) => new(address, 53);

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text);

    /// <summary>Different octets each time, the same in each run.</summary>
    private sealed class CountingRandom : IRandom
    {
        private byte next;

        public void Fill(Span<byte> octets)
        {
            foreach (ref var octet in octets)
                octet = unchecked(next += 41);
        }
    }

    /// <summary>The lines of a log.</summary>
    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
