using System.Globalization;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Secondary;

/// <summary>Many zones: what is served, how many are asked for at once, and what catalogs bring and take.</summary>
public sealed class SecondaryZonesTests
{
    private static readonly PrimaryServer Primary = new(At("192.0.2.1:53"));
    private static readonly ZoneOrigin Given = new ZoneOrigin.Given();

    private static readonly RefreshFailure Unreachable = new RefreshFailure.Unreachable("nobody is there");
    private static readonly RefreshFailure Disowned = new RefreshFailure.Refused(new(TransferFault.ErrorCode, ResponseCode.NotAuthoritative));
    private static readonly RefreshFailure Refusal = new RefreshFailure.Refused(new(TransferFault.ErrorCode, ResponseCode.Refused));

    private readonly List<SecondaryOutput> outputs = [];
    private SecondaryZones zones = new(new(), seed: 1);
    private ZoneSet served = ZoneSet.Empty;
    private Elapsed now;

    [Fact]
    public void A_zone_is_not_ready_then_served_then_expired_then_served_again()
    {
        Follow("one.test");
        Assert.Equal("one.test. NotReady", Served());
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Assert.Equal("one.test. 7", Served());

        while (!zones.Find(Name("one.test"))!.Maintenance.IsExpired)
        {
            Wake();
            Finish("one.test", new RefreshFailure.TimedOut());
        }
        Assert.Equal("one.test. Expired", Served());
        Wake();
        Finish("one.test", new Serial(7));
        Assert.Equal("one.test. 7", Served());
    }

    [Fact]
    public void A_zone_that_is_left_is_no_longer_served_and_its_attempt_is_called_off()
    {
        Follow("one.test");
        var attempt = Asked("one.test").Attempt;
        Do(new SecondaryInput.Leave(Name("one.test")));

        Assert.Contains(new SecondaryOutput.CallOff(attempt), outputs);
        Do(new SecondaryInput.Finished(attempt, new AttemptResult.Transferred(new TransferResult.Whole(Zone("one.test", 7), 0))));
        Assert.Equal("", Served());
        Assert.Equal(0, zones.Running);
    }

    [Fact]
    public void Only_so_many_attempts_run_at_once_and_a_primary_that_hangs_does_not_hold_up_the_others()
    {
        zones = new(new() { MaxAttempts = 5, MaxAttemptsPerPrimary = 3 }, seed: 1);
        for (var i = 0; i < 10; i++)
            Follow(string.Create(CultureInfo.InvariantCulture, $"hanging{i}.test"));
        Assert.Equal(3, zones.Running);
        for (var i = 0; i < 4; i++)
            Follow(string.Create(CultureInfo.InvariantCulture, $"quick{i}.test"), new PrimaryServer(At("192.0.2.2:53")));
        Assert.Equal(5, zones.Running);

        for (var i = 0; i < 4; i++)
            Finish($"quick{i}.test", new TransferResult.Whole(Zone($"quick{i}.test", 1), 0));
        Assert.Equal(3, zones.Running);
        for (var i = 0; i < 10; i++)
            Finish($"hanging{i}.test", new TransferResult.Whole(Zone($"hanging{i}.test", 1), 0));
        Assert.Equal((0, 14), (zones.Running, zones.Followed.Count(zone => zone.Zone is not null)));
    }

    [Fact]
    public void A_NOTIFY_asks_the_primary_that_sent_it()
    {
        Do(new SecondaryInput.Follow(Name("one.test"), [Primary, new(At("192.0.2.2:5353"))], Given));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Do(new SecondaryInput.Notified(Name("one.test"), At("192.0.2.2:4711").Address, new(8)));

        Assert.Equal((At("192.0.2.2:5353"), RefreshStep.Incremental), (Asked("one.test").Primary.Endpoint, Asked("one.test").Step));
    }

    [Fact]
    public void Other_primaries_are_asked_at_once_and_who_was_asked_before_is_called_off()
    {
        Do(new SecondaryInput.Follow(Name("one.test"), [Primary, new(At("192.0.2.2:53"))], Given));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Do(new SecondaryInput.Notified(Name("one.test"), At("192.0.2.2:4711").Address, new(8)));
        var before = Asked("one.test");
        Do(new SecondaryInput.SetPrimaries(Name("one.test"), [Primary with { Key = Name("new") }]));

        Assert.Contains(new SecondaryOutput.CallOff(before.Attempt), outputs);
        Assert.Equal((Primary with { Key = Name("new") }, RefreshStep.Incremental), (Asked("one.test").Primary, Asked("one.test").Step));
        Do(new SecondaryInput.Finished(before.Attempt, new AttemptResult.Failed(new RefreshFailure.TimedOut())));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 8), 0));
        Assert.Equal("one.test. 8", Served());
    }

    [Fact]
    public void A_zone_that_waits_after_a_failure_is_asked_for_at_once_when_its_primaries_change()
    {
        Follow("one.test");
        Finish("one.test", new RefreshFailure.TimedOut());
        Assert.Equal(0, zones.Running);
        Do(new SecondaryInput.SetPrimaries(Name("one.test"), [new(At("192.0.2.2:53")), new(At("192.0.2.3:53"))]));

        Assert.Equal(At("192.0.2.2:53"), Asked("one.test").Primary.Endpoint);
        Finish("one.test", new RefreshFailure.TimedOut());
        Assert.Equal(At("192.0.2.3:53"), Asked("one.test").Primary.Endpoint);
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Assert.Equal(("one.test. 7", 0), (Served(), zones.Running));
    }

    [Fact]
    public void The_same_primaries_again_change_nothing()
    {
        Follow("one.test");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Do(new SecondaryInput.SetPrimaries(Name("one.test"), [Primary]));

        Assert.Equal(0, zones.Running);
    }

    [Fact]
    public void The_zones_of_a_catalog_come_from_where_the_catalog_comes_from_whenever_that_changes()
    {
        PrimaryServer other = new(At("192.0.2.2:53"));
        Follow("given.test");
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.", "b.zones PTR two.test.");
        Do(new SecondaryInput.SetPrimaries(Name("one.test"), [other])); // the catalog's word counts
        Assert.Equal([Primary], zones.Find(Name("one.test"))!.Primaries);
        Do(new SecondaryInput.SetPrimaries(Name("cat.test"), [other]));

        Assert.Equal(
            "cat.test. 192.0.2.2:53, given.test. 192.0.2.1:53, one.test. 192.0.2.2:53, two.test. 192.0.2.2:53",
            string.Join(", ", zones.Followed.Select(zone => $"{zone.Apex} {zone.Primaries[0].Endpoint}")));
        Finish("two.test", new TransferResult.Whole(Zone("two.test", 7), 0));
        Assert.Equal("given.test. NotReady, one.test. NotReady, two.test. 7", Served());
    }

    [Fact]
    public void A_learned_zone_goes_when_its_primary_says_that_it_is_none_of_its_own()
    {
        Do(new SecondaryInput.Follow(Name("one.test"), [Primary], new ZoneOrigin.Learned()));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Wake();
        Finish("one.test", new RefreshFailure.TimedOut());
        Assert.Equal("one.test. 7", Served());
        Wake();
        Finish("one.test", Disowned);

        Assert.Equal("", Served());
        Assert.Null(zones.WakeAt);
    }

    [Fact]
    public void A_learned_zone_that_is_refused_stays_until_it_expires()
    {
        Do(new SecondaryInput.Follow(Name("one.test"), [Primary], new ZoneOrigin.Learned()));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Wake();
        Finish("one.test", Refusal);
        Assert.Equal("one.test. 7", Served());
        while (zones.WakeAt is not null)
        {
            Wake();
            Finish("one.test", Refusal);
        }

        Assert.InRange(now.Value.TotalHours, 24, 26);
        Assert.Equal("", Served());
    }

    public static TheoryData<string, RefreshFailure, RefreshFailure, bool> Rounds => new()
    {
        // why                                                        first          second         stays
        { "the first may have it, and cannot be reached",            Unreachable,   Disowned,      true },
        { "the second may have it, and cannot be reached",           Disowned,      Unreachable,   true },
        { "the first has it, and does not let us have it now",       Refusal,       Disowned,      true },
        { "neither has it",                                          Disowned,      Disowned,      false },
    };

    [Theory, MemberData(nameof(Rounds))]
    public void A_learned_zone_goes_only_when_all_of_its_primaries_disown_it(string why, RefreshFailure first, RefreshFailure second, bool stays)
    {
        Do(new SecondaryInput.Follow(Name("one.test"), [Primary, new(At("192.0.2.2:53"))], new ZoneOrigin.Learned()));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Wake();
        Finish("one.test", first);
        Finish("one.test", second);

        Assert.Equal((why, stays ? "one.test. 7" : ""), (why, Served()));
    }

    [Fact]
    public void A_zone_that_a_NOTIFY_told_of_before_the_catalog_did_is_the_catalogs_and_goes_with_its_entry()
    {
        zones = new(new() { MaxLearned = 1 }, seed: 1);
        FollowCatalog("cat.test", 1);
        Do(new SecondaryInput.Follow(Name("one.test"), [new(At("192.0.2.2:53"))], new ZoneOrigin.Learned()));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        NextCatalog("cat.test", 2, "a.zones PTR one.test.");
        Assert.Equal(("one.test. 7", Name("cat.test")), (Served(), Owner("one.test")));
        Assert.Equal(Primary, Asked("one.test").Primary);

        Do(new SecondaryInput.Follow(Name("two.test"), [Primary], new ZoneOrigin.Learned()));
        NextCatalog("cat.test", 3);
        Assert.Equal("two.test. NotReady", Served());
    }

    [Fact]
    public void Learned_zones_are_bounded()
    {
        zones = new(new() { MaxLearned = 2 }, seed: 1);
        for (var i = 0; i < 5; i++)
            Do(new SecondaryInput.Follow(Name(string.Create(CultureInfo.InvariantCulture, $"z{i}.test")), [Primary], new ZoneOrigin.Learned()));

        Assert.Equal(2, zones.Followed.Count);
    }

    [Fact]
    public void A_catalog_brings_zones_and_takes_them_away_and_is_not_served_itself()
    {
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.", "b.zones PTR two.test.", "group.b.zones TXT fast");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Assert.Equal("one.test. 7, two.test. NotReady", Served());
        Assert.Equal(new ZoneOrigin.Member(Name("cat.test"), new("b"u8), "fast"), zones.Find(Name("two.test"))!.Origin);

        NextCatalog("cat.test", 2, "a.zones PTR one.test.", "c.zones PTR three.test.");
        Assert.Equal("one.test. 7, three.test. NotReady", Served());
    }

    [Fact]
    public void A_zone_whose_id_changes_begins_anew()
    {
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        NextCatalog("cat.test", 2, "b.zones PTR one.test.");

        Assert.Equal("one.test. NotReady", Served());
        Assert.Equal(RefreshStep.Whole, Asked("one.test").Step);
        Assert.Null(Asked("one.test").Present);
    }

    [Fact]
    public void A_new_group_changes_nothing_else()
    {
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        NextCatalog("cat.test", 2, "a.zones PTR one.test.", "group.a.zones TXT slow");

        Assert.Equal("one.test. 7", Served());
        Assert.Equal("slow", Assert.IsType<ZoneOrigin.Member>(zones.Find(Name("one.test"))!.Origin).Group);
    }

    [Fact]
    public void A_broken_catalog_changes_nothing()
    {
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.");
        NextCatalog("cat.test", 2, "a.zones PTR one.test.", "a.zones PTR two.test.");

        Assert.Contains(new SecondaryOutput.CatalogRefused(Name("cat.test"), CatalogFault.EntryAmbiguous), outputs);
        Assert.Equal([null, CatalogFault.EntryAmbiguous], outputs.OfType<SecondaryOutput.Changed>().Select(changed => changed.Refused));
        Assert.Equal("one.test. NotReady", Served());
    }

    [Fact]
    public void A_zone_that_the_operator_named_belongs_to_no_catalog()
    {
        Follow("one.test");
        FollowCatalog("cat.test", 1, "a.zones PTR one.test.");
        NextCatalog("cat.test", 2);

        Assert.Equal(Given, zones.Find(Name("one.test"))!.Origin);
    }

    [Fact]
    public void A_zone_of_two_catalogs_belongs_to_the_first_until_that_one_lists_it_no_longer()
    {
        FollowCatalog("cat1.test", 1, "a.zones PTR one.test.");
        FollowCatalog("cat2.test", 1, "b.zones PTR one.test.");
        Assert.Equal(Name("cat1.test"), Owner("one.test"));
        NextCatalog("cat1.test", 2);

        Assert.Equal(Name("cat2.test"), Owner("one.test"));
    }

    [Fact]
    public void A_catalog_hands_a_zone_over_and_with_the_same_id_it_keeps_what_it_has()
    {
        FollowCatalog("cat1.test", 1, "a.zones PTR one.test.");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        FollowCatalog("cat2.test", 1, "a.zones PTR one.test.");
        NextCatalog("cat1.test", 2, "a.zones PTR one.test.", "coo.a.zones PTR cat2.test.");

        Assert.Equal(Name("cat2.test"), Owner("one.test"));
        Assert.Equal("one.test. 7", Served());
    }

    [Fact]
    public void A_zone_that_goes_to_another_catalog_comes_from_that_ones_primaries_and_keeps_what_it_has()
    {
        PrimaryServer other = new(At("192.0.2.2:53"));
        FollowCatalog("cat1.test", 1, "a.zones PTR one.test.");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        Do(new SecondaryInput.Follow(Name("cat2.test"), [other], new ZoneOrigin.Catalog()));
        Finish("cat2.test", new TransferResult.Whole(Catalog("cat2.test", 1, ["a.zones PTR one.test."]), 0));
        Assert.Equal([Primary], zones.Find(Name("one.test"))!.Primaries);

        NextCatalog("cat1.test", 2, "a.zones PTR one.test.", "coo.a.zones PTR cat2.test.");

        Assert.Equal([other], zones.Find(Name("one.test"))!.Primaries);
        Assert.Equal((other, RefreshStep.Check), (Asked("one.test").Primary, Asked("one.test").Step));
        Assert.Equal("one.test. 7", Served());
    }

    [Fact]
    public void A_version_of_an_earlier_run_is_served_at_once_and_only_the_serial_is_asked_for()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 20));
        Follow("one.test");

        Assert.Equal("one.test. 7", Served());
        Assert.Equal(RefreshStep.Check, Asked("one.test").Step);
        Assert.True(zones.Find(Name("one.test"))!.Maintenance.IsUnconfirmed);
        Finish("one.test", new Serial(8));
        Assert.Equal((RefreshStep.Incremental, 7u), (Asked("one.test").Step, Asked("one.test").Present!.Serial.Value));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 8), 0));
        Assert.Equal(("one.test. 8", false), (Served(), zones.Find(Name("one.test"))!.Maintenance.IsUnconfirmed));
    }

    [Fact]
    public void A_version_of_an_earlier_run_expires_as_long_after_its_last_contact_as_any_other()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 20));
        Follow("one.test");
        while (!zones.Find(Name("one.test"))!.Maintenance.IsExpired)
        {
            Finish("one.test", new RefreshFailure.TimedOut());
            Wake();
        }

        Assert.Equal(20, now.Value.TotalHours);
        Assert.Equal("one.test. Expired", Served());
    }

    [Fact]
    public void A_version_of_an_earlier_run_that_nobody_confirms_is_asked_for_after_one_second_then_two_up_to_its_retry_time()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 20));
        Follow("one.test");
        var waits = new List<double>();
        for (var round = 0; round < 12; round++)
        {
            Finish("one.test", new RefreshFailure.TimedOut());
            waits.Add((zones.WakeAt!.Value - now).TotalSeconds);
            Wake();
        }

        Assert.InRange(waits[0], 0.75, 1);
        Assert.InRange(waits[3], 6, 8);
        Assert.InRange(waits[11], 450, 600);
    }

    [Fact]
    public void A_version_of_an_earlier_run_that_has_expired_is_not_served_until_a_primary_confirms_it()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 0));
        Follow("one.test");
        Assert.Equal("one.test. Expired", Served());
        Assert.True(outputs.OfType<SecondaryOutput.Recalled>().Single().IsExpired);

        Finish("one.test", new Serial(7));
        Assert.Equal("one.test. 7", Served());
    }

    [Fact]
    public void A_version_that_has_expired_does_not_hold_off_an_older_serial()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 0));
        Follow("one.test");
        Finish("one.test", new Serial(3));

        Assert.Equal((RefreshStep.Whole, null), (Asked("one.test").Step, Asked("one.test").Present));
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 3), 0));
        Assert.Equal("one.test. 3", Served());
    }

    [Fact]
    public void No_version_is_believed_for_longer_than_its_SOA_says()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 1000));
        Follow("one.test");

        Assert.Equal(24, zones.Find(Name("one.test"))!.Maintenance.ExpiresAt!.Value.Value.TotalHours);
    }

    [Fact]
    public void A_catalog_of_an_earlier_run_brings_its_zones_at_once_and_those_with_another_label_begin_anew()
    {
        var member = new ZoneOrigin.Member(Name("cat.test"), new("a"u8), null);
        Recall(
            Recalled(Catalog("cat.test", 1, ["a.zones PTR one.test.", "b.zones PTR two.test."]), new ZoneOrigin.Catalog(), hoursLeft: 20),
            Recalled("one.test", 7, member, hoursLeft: 20),
            Recalled("two.test", 7, member, hoursLeft: 20));
        Do(new SecondaryInput.Follow(Name("cat.test"), [Primary], new ZoneOrigin.Catalog()));

        Assert.Equal("one.test. 7, two.test. NotReady", Served());
    }

    [Fact]
    public void Versions_of_an_earlier_run_that_nobody_follows_are_forgotten()
    {
        Recall(Recalled("one.test", 7, Given, hoursLeft: 20));
        Do(new SecondaryInput.RecallEnded());
        Follow("one.test");

        Assert.Equal("one.test. NotReady", Served());
    }

    [Fact]
    public void Versions_of_an_earlier_run_wait_for_a_catalog_that_is_still_to_come_and_no_longer()
    {
        Recall(Recalled("one.test", 7, new ZoneOrigin.Member(Name("cat.test"), new("a"u8), null), hoursLeft: 20), Recalled("two.test", 7, Given, hoursLeft: 20));
        Do(new SecondaryInput.Follow(Name("cat.test"), [Primary], new ZoneOrigin.Catalog()));
        Do(new SecondaryInput.RecallEnded());
        Finish("cat.test", new TransferResult.Whole(Catalog("cat.test", 1, ["a.zones PTR one.test.", "a.zones PTR three.test."]), 0)); // not understood
        NextCatalog("cat.test", 2, "a.zones PTR one.test.");
        Assert.Equal("one.test. 7", Served());

        Follow("two.test");
        Assert.Equal("one.test. 7, two.test. NotReady", Served());
    }

    [Fact]
    public void A_zone_that_is_asked_for_again_and_again_does_not_lengthen_the_schedule()
    {
        Follow("one.test");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        for (var round = 0; round < 5000; round++)
        {
            now += TimeSpan.FromSeconds(3);
            Do(new SecondaryInput.Notified(Name("one.test"), Primary.Endpoint.Address, Hint: null));
            Finish("one.test", new Serial(7));
            outputs.Clear();
        }

        Assert.InRange(zones.Scheduled, 1, 1002);
        Assert.Equal(zones.Find(Name("one.test"))!.Maintenance.WakeAt, zones.WakeAt);
    }

    [Fact]
    public void A_zone_that_was_left_is_not_kept_in_memory()
    {
        Follow("one.test");
        Finish("one.test", new TransferResult.Whole(Zone("one.test", 7), 0));
        var zone = zones.Find(Name("one.test"))!;
        Do(new SecondaryInput.Leave(zone.Apex));

        Assert.Null(zone.Zone);
    }

    private void Recall(params RecalledZone[] kept) => Do(new SecondaryInput.Recall([.. kept]));

    private static RecalledZone Recalled(string apex, uint serial, ZoneOrigin origin, double hoursLeft) => Recalled(Zone(apex, serial), origin, hoursLeft);

    private static RecalledZone Recalled(Zone zone, ZoneOrigin origin, double hoursLeft) => new(zone, [], origin, TimeSpan.FromHours(24 - Math.Min(24, hoursLeft)), TimeSpan.FromHours(hoursLeft));

    private DomainName Owner(string zone) => Assert.IsType<ZoneOrigin.Member>(zones.Find(Name(zone))!.Origin).Of;

    private void Follow(string apex, PrimaryServer? primary = null) => Do(new SecondaryInput.Follow(Name(apex), [primary ?? Primary], Given));

    private void FollowCatalog(string apex, uint serial, params string[] lines)
    {
        Do(new SecondaryInput.Follow(Name(apex), [Primary], new ZoneOrigin.Catalog()));
        Finish(apex, new TransferResult.Whole(Catalog(apex, serial, lines), 0));
    }

    private void NextCatalog(string apex, uint serial, params string[] lines)
    {
        Do(new SecondaryInput.Notified(Name(apex), Primary.Endpoint.Address, new(serial)));
        Finish(apex, new TransferResult.Whole(Catalog(apex, serial, lines), 0));
    }

    private void Wake()
    {
        now = zones.WakeAt!.Value;
        Do(new SecondaryInput.Tick());
    }

    private void Finish(string apex, TransferResult result) => Finish(apex, new AttemptResult.Transferred(result));

    private void Finish(string apex, Serial serial) => Finish(apex, new AttemptResult.Answered(serial));

    private void Finish(string apex, RefreshFailure failure)
    {
        if (outputs.OfType<SecondaryOutput.Ask>().Any(ask => ask.Apex == Name(apex)))
            Finish(apex, new AttemptResult.Failed(failure));
    }

    private void Finish(string apex, AttemptResult result)
    {
        var ask = Asked(apex);
        outputs.Remove(ask);
        Do(new SecondaryInput.Finished(ask.Attempt, result));
    }

    private SecondaryOutput.Ask Asked(string apex) => outputs.OfType<SecondaryOutput.Ask>().Last(ask => ask.Apex == Name(apex));

    private void Do(SecondaryInput input) => zones.Step(input, now, outputs);

    private string Served()
    {
        served = zones.Apply(served);
        return string.Join(", ", served.Zones.Select(zone => zone.Zone is { } version ? $"{zone.Apex} {version.Serial}" : $"{zone.Apex} {zone.Absence}"));
    }

    private static Zone Zone(string apex, uint serial) => ZoneText.Zone(apex, $"@ SOA ns admin {serial} 3600 600 86400 300\n@ NS ns.{apex}.");

    private static Zone Catalog(string apex, uint serial, string[] lines) =>
        ZoneText.Zone(apex, $"@ SOA ns admin {serial} 3600 600 86400 300\n@ NS invalid.\nversion TXT 2\n{string.Join('\n', lines)}");

    private static DomainName Name(string text) => ZoneText.Name(text);

    private static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text);
}
