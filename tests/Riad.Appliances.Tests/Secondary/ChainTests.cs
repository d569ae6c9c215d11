using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Server;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.DnsSecondary.Following;
using Riad.DnsSecondary.Serving;
using Riad.Net;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>A primary, a secondary of it, and a secondary of that one, on a network that loses and reorders datagrams: days in milliseconds.</summary>
public sealed class ChainTests
{
    private static readonly DomainName Apex = Name("example.org");
    private static readonly IpAddress[] Hosts = [Address("192.0.2.1"), Address("192.0.2.2"), Address("192.0.2.3")];
    private static readonly TsigKey Key = NewKey("chain._transfer.example.org");
    private static readonly MemoryLink Bad = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), Loss: 0.3, Duplication: 0.1, DatagramOctets: 0);

    private readonly Simulation simulation = new(seed: 7);
    private readonly List<string> told = [];
    private TsigKeys keys = TsigKeys.Create([Key]);   // everyone's; the first signs what the primary tells

    [Fact]
    public void Every_version_arrives_at_the_end_of_the_chain_by_differences_however_many_datagrams_are_lost() => Run(async (primary, first, second) =>
    {
        for (uint serial = 2; serial <= 40; serial++)
        {
            primary.Publish(serial);
            await Task.Delay(TimeSpan.FromHours(2), simulation.Clock); // longer than two refresh times
            Assert.Equal((serial, serial), (SerialOf(first), SerialOf(second)));
        }

        Assert.Equal(39 * 2, told.Count(line => line.Contains("by differences", StringComparison.Ordinal)));
        Assert.DoesNotContain(told, line => line.Contains("expired", StringComparison.Ordinal));
        Assert.Equal("192.0.2.40", second.Authority.Zones.Find(Apex)!.Zone!.Find(Name("www.example.org"), RrTypes.A)!.Values[0].ToString());
    });

    [Fact]
    public void Most_changes_arrive_within_seconds_by_NOTIFY() => Run(async (primary, first, second) =>
    {
        var quick = 0;
        for (uint serial = 2; serial <= 21; serial++)
        {
            primary.Publish(serial);
            await Task.Delay(TimeSpan.FromSeconds(30), simulation.Clock);
            quick += SerialOf(second) == serial ? 1 : 0;
            await Task.Delay(TimeSpan.FromHours(2), simulation.Clock);
        }

        Assert.InRange(quick, 15, 20);
    });

    [Fact]
    public void A_chain_that_is_cut_expires_from_its_cut_on_and_comes_back() => Run(async (primary, first, second) =>
    {
        simulation.Network.SetLink(Hosts[0], Hosts[1], MemoryLink.Cut);
        await Task.Delay(TimeSpan.FromHours(23), simulation.Clock);
        Assert.Equal((1u, 1u), (SerialOf(first), SerialOf(second)));

        await Task.Delay(TimeSpan.FromHours(49), simulation.Clock);
        Assert.Equal((ZoneAbsence.Expired, ZoneAbsence.Expired), (AbsenceOf(first), AbsenceOf(second)));

        primary.Publish(2);
        simulation.Network.SetLink(Hosts[0], Hosts[1], Bad);
        await Task.Delay(TimeSpan.FromHours(3), simulation.Clock);
        Assert.Equal((2u, 2u), (SerialOf(first), SerialOf(second)));
    });

    [Fact]
    public void A_catalog_that_has_expired_is_not_passed_on_until_it_is_confirmed() => simulation.Run(async () =>
    {
        var hosts = Hosts.Select(address => simulation.Network.AddHost(address)).ToList();
        using var stop = new CancellationTokenSource();
        await using var primary = new Primary(hosts[0], simulation.Clock, () => keys);
        await using var first = Follow(hosts[1], Hosts[0], Hosts[1], notify: [], zones: []);
        first.Follow(Apex, new ZoneOrigin.Catalog());
        var running = Task.WhenAll(primary.RunAsync(stop.Token), first.RunAsync(stop.Token));
        await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);
        Assert.Equal("1", PassedOn());

        simulation.Network.SetLink(Hosts[0], Hosts[1], MemoryLink.Cut);
        await Task.Delay(TimeSpan.FromHours(25), simulation.Clock);
        Assert.Equal("Expired", PassedOn());

        simulation.Network.SetLink(Hosts[0], Hosts[1], MemoryLink.Delayed(TimeSpan.FromMilliseconds(20)));
        await Task.Delay(TimeSpan.FromHours(3), simulation.Clock);
        Assert.Equal("1", PassedOn());

        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Task.WhenAny(running);

        string? PassedOn() => first.Authority.ForPeers?.Zones.Find(Apex) is { } known ? known.Zone?.Serial.ToString() ?? known.Absence.ToString() : null;
    });

    [Fact]
    public void A_chain_does_not_make_a_zone_live_longer() => Run(async (primary, first, second) =>
    {
        simulation.Network.SetLink(Hosts[0], Hosts[1], MemoryLink.Cut); // the last contact was an hour ago at most
        await Task.Delay(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1), simulation.Clock);

        Assert.Equal((ZoneAbsence.Expired, ZoneAbsence.Expired), (AbsenceOf(first), AbsenceOf(second)));
    });

    [Fact]
    public void A_signed_NOTIFY_teaches_a_zone_and_an_unsigned_one_does_not() => simulation.Run(async () =>
    {
        var hosts = Hosts.Select(address => simulation.Network.AddHost(address)).ToList();
        using var stop = new CancellationTokenSource();
        await using var primary = new Primary(hosts[0], simulation.Clock, () => keys);
        await using var first = Follow(hosts[1], Hosts[0], Hosts[1], notify: [At(Hosts[2])], zones: []);
        await using var second = Follow(hosts[2], Hosts[1], Hosts[2], notify: [], zones: []);
        var running = Task.WhenAll(primary.RunAsync(stop.Token), first.RunAsync(stop.Token), second.RunAsync(stop.Token));
        primary.Publish(2);
        await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);

        Assert.Equal((2u, 0), (SerialOf(first), second.Views().Count));
        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Task.WhenAny(running);
    });

    [Fact]
    public void No_zone_is_learned_that_would_be_transferred_unsigned_though_there_are_keys() => simulation.Run(async () =>
    {
        keys = TsigKeys.Create([NewKey("a._notify.example.org"), NewKey("z")]);
        var hosts = Hosts.Select(address => simulation.Network.AddHost(address)).ToList();
        using var stop = new CancellationTokenSource();
        await using var primary = new Primary(hosts[0], simulation.Clock, () => keys);
        await using var first = Follow(hosts[1], Hosts[0], Hosts[1], notify: [], zones: []);
        var running = Task.WhenAll(primary.RunAsync(stop.Token), first.RunAsync(stop.Token));
        primary.Publish(2);
        await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);
        var refusal = "192.0.2.2 not example.org.: --keys holds several keys, and none is named for example.org; say which one signs with --key NAME";
        Assert.Equal([refusal], told);

        first.FollowLearned(Apex); // as an earlier run may have learned it
        await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);
        Assert.Equal([refusal, refusal], told);
        Assert.Empty(first.Views());

        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Task.WhenAny(running);
    });

    [Fact]
    public void A_key_of_another_name_takes_the_place_of_the_old_one_without_a_restart() => Run(async (primary, first, second) =>
    {
        keys = TsigKeys.Create([NewKey("next._transfer.example.org")]);
        first.ChooseAgain();
        second.ChooseAgain();
        primary.Publish(2);
        await Task.Delay(TimeSpan.FromHours(2), simulation.Clock);
        Assert.Equal((2u, 2u), (SerialOf(first), SerialOf(second)));

        keys = TsigKeys.Create([NewKey("a"), NewKey("b")]); // neither is for the zone: it waits for a key rather than be transferred unsigned
        first.ChooseAgain();
        primary.Publish(3);
        await Task.Delay(TimeSpan.FromHours(2), simulation.Clock);
        Assert.Equal((2u, "NotTrusted"), (SerialOf(first), first.Read(zones => zones.Find(Apex)!.Maintenance.LastFailure!.GetType().Name)));
    });

    private void Run(Func<Primary, SecondaryServer, SecondaryServer, Task> conversation) => simulation.Run(async () =>
    {
        simulation.Network.Link = Bad;
        var hosts = Hosts.Select(address => simulation.Network.AddHost(address)).ToList();
        using var stop = new CancellationTokenSource();
        await using var primary = new Primary(hosts[0], simulation.Clock, () => keys);
        await using var first = Follow(hosts[1], Hosts[0], Hosts[1], notify: [At(Hosts[2])], zones: [Apex]);
        await using var second = Follow(hosts[2], Hosts[1], Hosts[2], notify: [], zones: [Apex]);
        var running = Task.WhenAll(primary.RunAsync(stop.Token), first.RunAsync(stop.Token), second.RunAsync(stop.Token));
        await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);
        Assert.Equal((1u, 1u), (SerialOf(first), SerialOf(second)));

        await conversation(primary, first, second);

        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Task.WhenAny(running);
    });

    private SecondaryServer Follow(INetwork host, IpAddress primary, IpAddress own, ImmutableArray<IpEndpoint> notify, ImmutableArray<DomainName> zones)
    {
        var server = new SecondaryServer(
            host,
            new()
            {
                Listen = new() { Listen = [At(own)] },
                Primaries = new([At(primary)], keyName: null, tlsName: null),
                Keys = () => keys,
                Notify = notify,
                Tell = output => told.Add(Text(own, output)),
                TellUnlearned = (zone, reason) => told.Add($"{own} not {zone}: {reason}"),
                Report = exception => throw new InvalidOperationException("a fault of ours", exception),
            },
            simulation.Clock,
            new CountingRandom());
        server.Listen();
        foreach (var zone in zones)
            server.Follow(zone, new ZoneOrigin.Given());
        return server;
    }

    private static string Text(IpAddress own, SecondaryOutput output) => output switch
    {
        SecondaryOutput.Changed { Steps.IsEmpty: false } => $"{own} by differences",
        SecondaryOutput.Changed => $"{own} whole",
        SecondaryOutput.Expired => $"{own} expired",
        _ => $"{own} {output.GetType().Name}",
    };

    private static uint? SerialOf(SecondaryServer server) => server.Authority.Zones.Find(Apex)?.Zone?.Serial.Value;

    private static ZoneAbsence? AbsenceOf(SecondaryServer server) => server.Authority.Zones.Find(Apex) is { Zone: null } served ? served.Absence : null;

    private static TsigKey NewKey(string name) => new(Name(name), TsigAlgorithm.HmacSha256, TsigSecret.TryCreate("an octet string"u8, out var secret) ? secret : throw new ArgumentException("secret"));

    private static IpEndpoint At(IpAddress address) => new(address, 53);

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text);

    /// <summary>A primary whose only change is the address of www.</summary>
    private sealed class Primary : IAsyncDisposable
    {
        private readonly StepMemory steps = new();
        private readonly NotifyDriver notices;
        private readonly ServerDriver driver;
        private readonly Func<TsigKeys> keys;
        private Zone zone = Version(1);

        public Primary(INetwork host, TimeProvider clock, Func<TsigKeys> keys)
        {
            this.keys = keys;
            notices = new(host, new(), clock, new CountingRandom());
            driver = ServerDriver.Open(
                host, new() { Listen = [At(Hosts[0])] }, new(ZoneSet.Empty.With(zone), new()), static () => null, clock, static _ => { },
                new RequestServer(
                    new()
                    {
                        Authority = () => driver!.Authority,
                        Keys = keys,
                        MayTransfer = static (key, _, _) => key is not null,
                        History = steps.Find,
                    },
                    clock));
        }

        public Task RunAsync(CancellationToken stop) => notices.RunAsync(stop);

        public void Publish(uint serial)
        {
            var next = Version(serial);
            steps.Take(next, [new(Soa(zone.Serial.Value), Soa(serial), [Www(zone.Serial.Value)], [Www(serial)])]);
            zone = next;
            driver.Authority = new(ZoneSet.Empty.With(zone), new());
            notices.Take(new NotifyInput.Changed([new(Apex, zone.Soa, zone.SoaTtl, [new(At(Hosts[1]), keys().First())], [])]));
        }

        public async ValueTask DisposeAsync()
        {
            await driver.DisposeAsync();
            notices.Dispose();
        }

        private static Zone Version(uint serial)
        {
            var builder = new ZoneBuilder(Apex);
            foreach (var record in (ResourceRecord[])[Soa(serial), Www(serial), .. Enumerable.Range(0, 50).Select(Host)])
                builder.Add(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Ttl.Seconds, record.Rdata.Span);
            return builder.Build();
        }

        private static ResourceRecord Soa(uint serial) => ResourceRecord.Create(Apex, RrTypes.Soa, new(300), new Soa(Apex, Apex, new(serial), Refresh: 3600, Retry: 600, Expire: 86400, NegativeTtl: 300));

        private static ResourceRecord Www(uint serial) => ResourceRecord.Create(Name("www.example.org"), RrTypes.A, new(300), new IPv4Address(0xc000_0200 + serial));

        private static ResourceRecord Host(int number) =>
            ResourceRecord.Create(Name(string.Create(CultureInfo.InvariantCulture, $"host{number}.example.org")), RrTypes.A, new(300), new IPv4Address(0xc633_6400 + (uint)number));
    }

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
}
