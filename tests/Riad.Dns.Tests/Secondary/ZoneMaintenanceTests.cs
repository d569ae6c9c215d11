using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Transfers.Incoming;
using Xunit;

namespace Riad.Dns.Tests.Secondary;

/// <summary>When a primary is asked, and for what. Times in seconds; refresh 3600, retry 600, expire 86400.</summary>
public sealed class ZoneMaintenanceTests
{
    private static readonly RefreshFailure Silent = new RefreshFailure.TimedOut();

    private ZoneMaintenance zone = new(1, new(), default);
    private Elapsed now;

    [Fact]
    public void A_zone_without_a_version_is_asked_for_whole_at_once()
    {
        Assert.Equal("ask 0 Whole", Do(new MaintenanceInput.Tick()));
        Assert.Null(zone.WakeAt);
        Assert.Equal("", Do(new MaintenanceInput.Loaded(Soa(7))));
        Assert.Equal((3600, 86400), (Seconds(zone.NextAt), Seconds(zone.ExpiresAt)));
    }

    [Fact]
    public void While_there_is_no_version_the_wait_doubles_up_to_a_minute()
    {
        var waits = new List<double>();
        for (var round = 0; round < 9; round++)
        {
            Assert.Equal("ask 0 Whole", Wake());
            Do(new MaintenanceInput.Failed(Silent));
            waits.Add(Seconds(zone.NextAt) - now.Value.TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void At_refresh_the_serial_is_asked_for_and_when_it_is_ours_nothing_else_happens()
    {
        Load(7);

        Assert.Equal("ask 0 Check", Wake());
        Assert.Equal("", Do(new MaintenanceInput.Answered(new(7))));
        Assert.Equal((7200, 3600 + 86400), (Seconds(zone.NextAt), Seconds(zone.ExpiresAt)));
    }

    [Fact]
    public void A_newer_serial_is_followed_by_differences_and_where_they_fail_by_the_whole_zone()
    {
        Load(7);
        Wake();

        Assert.Equal("ask 0 Incremental", Do(new MaintenanceInput.Answered(new(8))));
        Assert.Equal("ask 0 Whole", Do(Refused(TransferFault.RemovesMissing)));
        Assert.Equal("", Do(new MaintenanceInput.Loaded(Soa(8))));
        Assert.Equal(new Serial(8), zone.Soa!.Serial);
    }

    public static TheoryData<RefreshFailure, string> AfterDifferences => new()
    {
        { new RefreshFailure.Refused(new(TransferFault.ErrorCode, ResponseCode.NotImplemented)), "ask 0 Whole" },
        { new RefreshFailure.Refused(new(TransferFault.ErrorCode, ResponseCode.FormatError)), "ask 0 Whole" },
        { new RefreshFailure.Refused(new(TransferFault.WrongStart)), "ask 0 Whole" },
        { new RefreshFailure.ClosedEarly(), "ask 0 Whole" },
        { new RefreshFailure.Refused(new(TransferFault.SerialWentBack)), "give up" },
        { new RefreshFailure.TimedOut(), "give up" },
        { new RefreshFailure.Unreachable("refused"), "give up" },
        { new RefreshFailure.NotTrusted("wrong key"), "give up" },
    };

    [Theory, MemberData(nameof(AfterDifferences))]
    public void The_whole_zone_is_asked_for_where_the_primary_can_be_talked_to(RefreshFailure failure, string expected)
    {
        Load(7);
        Do(new MaintenanceInput.Notified(0, new(8)));

        Assert.Equal(expected, Do(new MaintenanceInput.Failed(failure)));
    }

    [Fact]
    public void After_rounds_in_vain_the_wait_grows_from_retry_to_refresh()
    {
        Load(7);
        var waits = new List<double>();
        for (var round = 0; round < 6; round++)
        {
            Assert.Equal("ask 0 Check", Wake());
            Assert.Equal("give up", Do(new MaintenanceInput.Failed(Silent)));
            waits.Add(Seconds(zone.NextAt) - now.Value.TotalSeconds);
        }

        Assert.Equal([600, 1200, 2400, 3600, 3600, 3600], waits);
    }

    [Fact]
    public void An_older_serial_is_no_contact()
    {
        Load(7);
        Wake();

        Assert.Equal("give up", Do(new MaintenanceInput.Answered(new(6))));
        Assert.Equal(new RefreshFailure.Behind(new(6)), zone.LastFailure);
        Assert.Equal(86400, Seconds(zone.ExpiresAt));
    }

    [Fact]
    public void A_zone_without_contact_expires_once_and_is_restored_by_the_same_serial()
    {
        Load(7);
        var outputs = new List<string>();
        while (now < Elapsed.FromSeconds(200_000))
        {
            outputs.Add(Wake());
            if (zone.NextAt is null)
                Do(new MaintenanceInput.Failed(Silent));
        }

        Assert.Single(outputs, output => output.Contains("expire", StringComparison.Ordinal));
        Assert.True(zone.IsExpired);
        Wake();
        Assert.Equal("restore", Do(new MaintenanceInput.Answered(new(7))));
        Assert.False(zone.IsExpired);
        Assert.Equal(now.Value.TotalSeconds + 86400, Seconds(zone.ExpiresAt));
    }

    [Theory]
    [InlineData(6u), InlineData(8u)]
    public void An_expired_zone_is_asked_for_whole_whatever_other_serial_the_primary_has(uint serial)
    {
        Load(7);
        while (!zone.IsExpired)
        {
            Wake();
            if (zone.NextAt is null)
                Do(new MaintenanceInput.Failed(Silent));
        }
        Assert.Equal("ask 0 Check", Do(new MaintenanceInput.Notified(0, new(serial))));

        Assert.Equal("ask 0 Whole", Do(new MaintenanceInput.Answered(new(serial))));
        Assert.Equal("", Do(new MaintenanceInput.Loaded(Soa(serial))));
        Assert.Equal((serial, false), (zone.Soa!.Serial.Value, zone.IsExpired));
    }

    [Fact]
    public void Several_primaries_are_asked_in_turn_and_the_one_that_answered_is_asked_first_next_time()
    {
        zone = new(3, new(), default);
        Assert.Equal("ask 0 Whole", Do(new MaintenanceInput.Tick()));
        Assert.Equal("ask 1 Whole", Do(new MaintenanceInput.Failed(Silent)));
        Do(new MaintenanceInput.Loaded(Soa(7)));

        Assert.Equal("ask 1 Check", Wake());
        Assert.Equal("ask 2 Check", Do(new MaintenanceInput.Failed(Silent)));
        Assert.Equal("ask 0 Check", Do(new MaintenanceInput.Answered(new(3))));
        Assert.Equal("give up", Do(new MaintenanceInput.Failed(Silent)));
    }

    [Fact]
    public void A_NOTIFY_with_a_newer_serial_begins_with_differences_from_who_sent_it()
    {
        zone = new(2, new(), default);
        Load(7);

        Assert.Equal("ask 1 Incremental", Do(new MaintenanceInput.Notified(1, new(8))));
    }

    [Fact]
    public void A_NOTIFY_with_a_serial_that_is_not_newer_does_nothing()
    {
        Load(7);

        Assert.Equal("", Do(new MaintenanceInput.Notified(0, new(7))));
        Assert.Equal("", Do(new MaintenanceInput.Notified(0, new(6))));
        Assert.Equal("ask 0 Check", Do(new MaintenanceInput.Notified(0, Hint: null)));
    }

    [Fact]
    public void A_NOTIFY_ahead_of_the_real_serial_makes_no_loop()
    {
        Load(7);
        Assert.Equal("ask 0 Incremental", Do(new MaintenanceInput.Notified(0, new(9))));
        Do(new MaintenanceInput.UpToDate());
        Assert.Equal(600, Seconds(zone.NextAt)); // once more after retry
        Assert.Equal("ask 0 Check", Wake());
        Do(new MaintenanceInput.Answered(new(7)));
        Assert.Equal(600 + 3600, Seconds(zone.NextAt));
    }

    [Fact]
    public void A_flood_of_NOTIFY_asks_no_more_often_than_every_two_seconds()
    {
        Load(7);
        var asked = 0;
        for (var tenth = 0; tenth < 600; tenth++)
        {
            now = Elapsed.FromSeconds(tenth / 10.0);
            Do(new MaintenanceInput.Notified(0, new(9)));
            Do(new MaintenanceInput.Tick());
            if (zone.NextAt is not null)
                continue;
            asked++;
            Do(new MaintenanceInput.UpToDate());
        }

        Assert.Equal(30, asked);
    }

    [Fact]
    public void A_NOTIFY_during_a_transfer_is_looked_at_afterwards()
    {
        Load(7);
        Do(new MaintenanceInput.Notified(0, new(8)));
        Assert.Equal("", Do(new MaintenanceInput.Notified(0, new(9))));
        Assert.Equal("", Do(new MaintenanceInput.Notified(0, new(8))));

        Assert.Equal("ask 0 Incremental", Do(new MaintenanceInput.Loaded(Soa(8))));
        Assert.Equal("", Do(new MaintenanceInput.Loaded(Soa(9))));
    }

    [Fact]
    public void A_NOTIFY_during_a_transfer_that_brings_its_serial_is_forgotten()
    {
        Load(7);
        Do(new MaintenanceInput.Notified(0, new(8)));
        Do(new MaintenanceInput.Notified(0, new(9)));

        Assert.Equal("", Do(new MaintenanceInput.Loaded(Soa(9))));
    }

    [Fact]
    public void Timers_of_a_zone_are_believed_within_bounds()
    {
        Do(new MaintenanceInput.Tick());
        Do(new MaintenanceInput.Loaded(Soa(7) with { Refresh = 0, Retry = 0, Expire = 0 }));
        Assert.Equal((2, 2), (Seconds(zone.NextAt), Seconds(zone.ExpiresAt)));

        Wake();
        Do(new MaintenanceInput.Answered(new(8)));
        Do(new MaintenanceInput.Loaded(Soa(8) with { Refresh = uint.MaxValue, Retry = uint.MaxValue, Expire = uint.MaxValue }));
        Assert.Equal((2 + (28 * 86400), 2 + (168 * 86400)), (Seconds(zone.NextAt), Seconds(zone.ExpiresAt)));
    }

    [Fact]
    public void Chance_brings_timers_forward_by_a_quarter_at_most()
    {
        Do(new MaintenanceInput.Tick());
        (zone, _) = zone.Step(new MaintenanceInput.Loaded(Soa(7)), now, 0.5);

        Assert.Equal(3600 * 0.875, Seconds(zone.NextAt));
    }

    public static TheoryData<string, int?, int?, int> Lives => new()
    {
        // why                                                     told at first    told an hour later     expires at
        { "what the SOA says, where nothing is told",              null,            null,                  3600 + 86400 },
        { "a new version lives as long as where it came from",     50_000,          0,                     50_000 },
        { "the later of the two, when nothing is new",             50_000,          40_000,                50_000 },
        { "and that may be later than before",                     50_000,          60_000,                3600 + 60_000 },
        { "never longer than the SOA says",                        500_000,         500_000,               3600 + 86400 },
    };

    [Theory, MemberData(nameof(Lives))]
    public void A_zone_lives_no_longer_than_where_it_came_from(string why, int? first, int? later, int expires)
    {
        Do(new MaintenanceInput.Tick());
        Do(new MaintenanceInput.Loaded(Soa(7), Span(first)));
        Wake();
        Do(new MaintenanceInput.Answered(new(7), Span(later)));

        Assert.Equal((why, expires), (why, Seconds(zone.ExpiresAt)));
        static TimeSpan? Span(int? seconds) => seconds is { } told ? TimeSpan.FromSeconds(told) : null;
    }

    private void Load(uint serial)
    {
        Do(new MaintenanceInput.Tick());
        Do(new MaintenanceInput.Loaded(Soa(serial)));
    }

    private string Wake()
    {
        now = zone.WakeAt!.Value;
        return Do(new MaintenanceInput.Tick());
    }

    private string Do(MaintenanceInput input)
    {
        (zone, ImmutableArray<MaintenanceOutput> outputs) = zone.Step(input, now, 0);
        return string.Join(", ", outputs.Select(output => output switch
        {
            MaintenanceOutput.Ask(var primary, var step) => $"ask {primary} {step}",
            MaintenanceOutput.Expire => "expire",
            MaintenanceOutput.Restore => "restore",
            MaintenanceOutput.GiveUp => "give up",
            _ => throw new System.Diagnostics.UnreachableException(),
        }));
    }

    private static MaintenanceInput.Failed Refused(TransferFault fault) => new(new RefreshFailure.Refused(new(fault)));

    private static Soa Soa(uint serial) => new(DomainName.Root, DomainName.Root, new(serial), 3600, 600, 86400, 300);

    private static double Seconds(Elapsed? point) => point!.Value.Value.TotalSeconds;
}
