using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Records;
using Riad.Dns.Tests.Tsig;
using Xunit;

namespace Riad.Dns.Tests.Notify;

public sealed class NotifierTests
{
    private static readonly IpEndpoint One = At("192.0.2.1:53");
    private static readonly IpEndpoint Two = At("192.0.2.2:53");

    private readonly List<NotifyOutput> outputs = [];
    private Notifier notifier = new();
    private Elapsed now;

    [Fact]
    public void Every_target_is_told_once_and_an_answer_ends_it()
    {
        Step(Changed(Zone("a", 7, One, Two)));
        Assert.Equal(["send 192.0.2.1:53 a 7 #1", "send 192.0.2.2:53 a 7 #1"], Take());
        Step(Answer(One, "a"));
        Step(Answer(Two, "a", ResponseCode.Refused));
        Assert.Equal(["told 192.0.2.1:53 a 7 NoError", "told 192.0.2.2:53 a 7 Refused"], Take());
        RunOut();
        Assert.Equal([], Take());
        Assert.Equal([Two], notifier.Peers.Where(peer => peer.IsTroubled).Select(peer => peer.Endpoint));
    }

    [Fact]
    public void Silent_server_is_told_eleven_times_ever_slower_and_then_given_up()
    {
        Step(Changed(Zone("a", 7, One)));
        var times = new List<double> { 0 };
        while (notifier.WakeAt is { } at)
        {
            (now, var sends) = (at, outputs.Count);
            Step(new NotifyInput.Tick());
            if (outputs.Count > sends)
                times.Add(at.Value.TotalSeconds);
        }
        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047], times);
        Assert.Equal("gave up 192.0.2.1:53 a 7", Take()[^1]);
        Assert.Equal((0, 1), notifier.Peers.Select(peer => (peer.Waiting, peer.GaveUp)).Single());
    }

    [Fact]
    public void Server_that_answers_again_is_no_trouble_any_more()
    {
        Step(Changed(Zone("a", 7, One)));
        RunOut();
        Step(Changed(Zone("a", 8, One)));
        Step(Answer(One, "a"));
        Assert.Empty(notifier.Peers);
    }

    [Fact]
    public void Trouble_is_forgotten_after_a_day()
    {
        Step(Changed(Zone("a", 7, One)));
        RunOut();
        now += TimeSpan.FromDays(2);
        Step(Changed(Zone("b", 1, Two)));
        Assert.Equal([Two], notifier.Peers.Select(peer => peer.Endpoint));
    }

    [Fact]
    public void Newer_versions_wait_for_the_answer_and_only_the_newest_is_told()
    {
        Step(Changed(Zone("a", 7, One)));
        Step(Changed(Zone("a", 8, One)));
        Step(Changed(Zone("a", 9, One)));
        Assert.Equal(["send 192.0.2.1:53 a 7 #1"], Take());
        Step(Answer(One, "a"));
        Assert.Equal(["told 192.0.2.1:53 a 7 NoError", "send 192.0.2.1:53 a 9 #1"], Take());
        Step(Answer(One, "a"));
        Assert.Equal(["told 192.0.2.1:53 a 9 NoError"], Take());
        RunOut();
        Assert.Equal([], Take());
    }

    [Fact]
    public void Repetition_tells_the_newest_version()
    {
        Step(Changed(Zone("a", 7, One)));
        Step(Changed(Zone("a", 8, One)));
        Wake();
        Assert.Equal(["send 192.0.2.1:53 a 7 #1", "send 192.0.2.1:53 a 8 #2"], Take());
    }

    [Fact]
    public void Change_is_told_at_once_to_a_server_that_was_silent_for_long()
    {
        Step(Changed(Zone("a", 7, One)));
        for (var repetitions = 1; repetitions <= 8; repetitions++)
            Wake();
        now += TimeSpan.FromSeconds(20);
        Take();
        Step(Changed(Zone("a", 8, One)));
        Assert.True(notifier.WakeAt <= now);
        Step(new NotifyInput.Tick());
        Assert.Equal(["send 192.0.2.1:53 a 8 #10"], Take());
        Step(Changed(Zone("a", 9, One)));
        Step(Changed(Zone("a", 10, One)));
        Wake();
        Assert.Equal(["send 192.0.2.1:53 a 10 #11"], Take());
        Assert.Equal((276.0, 11), (now.Value.TotalSeconds, notifier.Peers.Single().Attempts));
        Wake();
        Wake();
        Assert.Equal(["send 192.0.2.1:53 a 10 #12", "send 192.0.2.1:53 a 10 #13"], Take());
        Assert.Equal(279.0, now.Value.TotalSeconds);
    }

    [Fact]
    public void No_more_than_the_window_is_on_the_way_to_a_server()
    {
        notifier = new(new() { Window = 2 });
        Step(Changed([.. Enumerable.Range(0, 5).Select(i => Zone($"z{i}", 1, One))]));
        Step(Changed(Zone("z4", 2, One)));
        Assert.Equal(["send 192.0.2.1:53 z0 1 #1", "send 192.0.2.1:53 z1 1 #1"], Take());
        Step(Answer(One, "z1"));
        Step(Answer(One, "z0"));
        Step(Answer(One, "z2"));
        Assert.Equal(
            ["told 192.0.2.1:53 z1 1 NoError", "send 192.0.2.1:53 z2 1 #1", "told 192.0.2.1:53 z0 1 NoError", "send 192.0.2.1:53 z3 1 #1",
            "told 192.0.2.1:53 z2 1 NoError", "send 192.0.2.1:53 z4 2 #1"], Take());
    }

    [Fact]
    public void Answer_that_nobody_waits_for_changes_nothing()
    {
        notifier = new(new() { Window = 1 });
        Step(Changed(Zone("a", 1, One), Zone("b", 1, One)));
        Step(Answer(One, "b"));
        Step(Answer(Two, "a"));
        Step(Answer(One, "c"));
        Assert.Equal(["send 192.0.2.1:53 a 1 #1"], Take());
    }

    [Fact]
    public void Zone_that_is_gone_is_not_told_of_and_makes_room()
    {
        notifier = new(new() { Window = 1 });
        Step(Changed(Zone("a", 1, One), Zone("b", 1, One), Zone("c", 1, One)));
        Step(new NotifyInput.Removed([Name("a"), Name("b")]));
        Assert.Equal(["send 192.0.2.1:53 a 1 #1", "send 192.0.2.1:53 c 1 #1"], Take());
        Step(Answer(One, "c"));
        Take();
        RunOut();
        Assert.Equal([], Take());
        Assert.Empty(notifier.Peers);
    }

    [Fact]
    public void Names_are_resolved_once_for_all_zones_and_remembered_for_a_while()
    {
        Step(Changed(Zone("a", 1, ["ns.example"]), Zone("b", 1, ["ns.example"], One)));
        Assert.Equal(["send 192.0.2.1:53 b 1 #1", "resolve ns.example"], Take());
        Step(Resolved("ns.example", "192.0.2.1", "192.0.2.2"));
        Assert.Equal(["send 192.0.2.1:53 a 1 #1", "send 192.0.2.2:53 a 1 #1", "send 192.0.2.2:53 b 1 #1"], Take());
        Step(Changed(Zone("c", 1, ["ns.example"])));
        Assert.Equal(["send 192.0.2.1:53 c 1 #1", "send 192.0.2.2:53 c 1 #1"], Take());
        now += TimeSpan.FromMinutes(10);
        Step(Changed(Zone("d", 1, ["ns.example"])));
        Assert.Equal(["resolve ns.example"], Take());
    }

    [Fact]
    public void Name_without_address_is_asked_for_six_times()
    {
        Step(Changed(Zone("a", 1, ["ns.example"])));
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(["resolve ns.example"], Take());
            Step(Resolved("ns.example"));
            if (i < 5)
                Wake();
        }
        Assert.Equal(["not resolved ns.example"], Take());
        Assert.Equal(Elapsed.FromSeconds(10 + 20 + 40 + 80 + 160), now);
        Assert.Null(notifier.WakeAt);
    }

    [Fact]
    public void No_more_names_than_allowed_are_asked_for_at_once()
    {
        notifier = new(new() { MaxResolving = 2 });
        Step(Changed(Zone("a", 1, ["n1", "n2", "n3", "n4"])));
        Assert.Equal(["resolve n1", "resolve n2"], Take());
        Step(new NotifyInput.Removed([Name("a")]));
        Step(Changed(Zone("b", 1, ["n4"])));
        Assert.Equal([], Take());
        Step(Resolved("n1", "192.0.2.1"));
        Assert.Equal(["resolve n4"], Take());
    }

    private static NotifyInput.Changed Changed(params NotifyZone[] zones) => new(zones.ToSeq());

    private static NotifyInput.Answered Answer(IpEndpoint by, string zone, ResponseCode code = ResponseCode.NoError) => new(by, Name(zone), code);

    private static NotifyInput.Resolved Resolved(string name, params string[] addresses) => new(Name(name), addresses.Select(address => At($"{address}:0").Address).ToSeq());

    private static NotifyZone Zone(string apex, uint serial, params IpEndpoint[] targets) => Zone(apex, serial, [], targets);

    private static NotifyZone Zone(string apex, uint serial, string[] names, params IpEndpoint[] targets) => new(
        Name(apex), new Soa(Name("ns"), Name("h"), new(serial), 1, 1, 1, 1), new(60), targets.Select(target => new NotifyTarget(target, null)).ToSeq(), names.Select(Name).ToSeq());

    private void Step(NotifyInput input) => notifier.Step(input, now, outputs);

    private void Wake()
    {
        now = notifier.WakeAt ?? throw new InvalidOperationException("nothing is waited for");
        Step(new NotifyInput.Tick());
    }

    private void RunOut()
    {
        while (notifier.WakeAt is not null)
            Wake();
    }

    private List<string> Take()
    {
        var taken = outputs.Select(Print).ToList();
        outputs.Clear();
        return taken;
    }

    private static string Print(NotifyOutput output) => output switch
    {
        NotifyOutput.Send(var to, var zone, var attempt) => $"send {to.Endpoint} {Show(zone.Apex)} {zone.Soa.Serial} #{attempt}",
        NotifyOutput.Resolve(var name) => $"resolve {Show(name)}",
        NotifyOutput.Acknowledged(var by, var zone, var serial, var code) => $"told {by} {Show(zone)} {serial} {code}",
        NotifyOutput.GaveUp(var on, var zone, var serial) => $"gave up {on} {Show(zone)} {serial}",
        NotifyOutput.NotResolved(var name) => $"not resolved {Show(name)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Show(DomainName name) => name.ToStringWithoutFinalDot();

    private static DomainName Name(string text) => TsigVectors.Name(text);

    private static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text, nameof(text));
}
