using System.Buffers.Binary;
using System.Globalization;
using Riad.Core;
using Riad.Net.Arp;
using Riad.Net.Dhcp;

namespace Riad.Net.Tests.Dhcp;

public sealed class DhcpClientTests
{
    // In the middle: repetitions come exactly at their nominal time.
    private const uint Middle = uint.MaxValue / 2 + 1;
    private static readonly Octets Hardware = new(Hex.Octets("525400123456"));

    private static readonly Octets Other = new(Hex.Octets("525400aaaaaa"));
    private static readonly Octets Nobody = new(new byte[6]);

    private readonly List<string> log = [];
    private DhcpClient client = DhcpClient.Create(Hardware);
    private DhcpMessage? last;

    [Fact]
    public void An_address_is_found_asked_for_and_bound()
    {
        Tick(0);
        Answer(0.2, DhcpMessageType.Offer);
        Answer(0.4, DhcpMessageType.Acknowledge);
        Tick(0.65);
        Tick(0.9);

        Assert.Equal(
            [
                "0.0 Discover to 255.255.255.255 from 0.0.0.0 broadcast",
                "0.2 Request to 255.255.255.255 from 0.0.0.0 broadcast wants 192.0.2.7 of 192.0.2.1",
                "0.4 who has 192.0.2.7 asks 0.0.0.0",
                "0.7 who has 192.0.2.7 asks 0.0.0.0",
                "0.9 bind 192.0.2.7/24",
                "0.9 who has 192.0.2.7 asks 192.0.2.7",
            ], log);
        Assert.Equal("192.0.2.7", client.Lease!.Address.ToString());
        // T1 counts from the request, not from the answer.
        Assert.Equal(Elapsed.FromSeconds(1800.2), client.WakeAt);
    }

    [Fact]
    public void A_silent_network_is_asked_less_and_less_often()
    {
        var times = new List<double>();
        while (times.Count < 10)
        {
            times.Add(Math.Round(client.WakeAt!.Value.Value.TotalSeconds));
            Tick(client.WakeAt.Value.Value.TotalSeconds);
        }

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 127, 191, 255], times);
        Assert.All(log, line => Assert.Contains("Discover", line, StringComparison.Ordinal));
    }

    public static TheoryData<uint, double> Jitter => new() { { 0, 0.75 }, { uint.MaxValue, 1.25 } };

    [Theory, MemberData(nameof(Jitter))]
    public void Repetitions_are_spread(uint random, double seconds)
    {
        (client, _) = client.Step(new DhcpInput.Tick(), default, random);
        Assert.Equal(Elapsed.FromSeconds(seconds), client.WakeAt);
    }

    [Fact]
    public void A_server_that_offers_and_then_is_silent_is_left_after_four_requests()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        for (var count = 0; count < 4; count++)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal(["Discover", "Request", "Request", "Request", "Request", "Discover"], log.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_refused_request_begins_anew()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        Answer(0, DhcpMessageType.Refuse);
        Assert.Null(client.Lease);
        Tick(1);

        Assert.Equal(["Discover", "Request", "Discover"], log.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_lease_is_renewed_by_its_server_and_counts_from_the_question()
    {
        Bind();
        Tick(1800);
        Answer(1801, DhcpMessageType.Acknowledge);

        Assert.Equal(["1800.0 Request to 192.0.2.1 from 192.0.2.7", "1801.0 renew 192.0.2.7/24"], log);
        Assert.Equal(Elapsed.FromSeconds(3600), client.WakeAt);
    }

    [Fact]
    public void A_silent_server_is_followed_by_all_servers_and_then_by_the_loss_of_the_address()
    {
        Bind();
        while (client.Lease is not null)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        // Half of what is left until T2 (3150), a minute at least; then until the end (3600).
        Assert.Equal(
            [
                "1800.0 Request to 192.0.2.1 from 192.0.2.7", "2475.0 Request to 192.0.2.1 from 192.0.2.7", "2812.5 Request to 192.0.2.1 from 192.0.2.7",
                "2981.3 Request to 192.0.2.1 from 192.0.2.7", "3065.6 Request to 192.0.2.1 from 192.0.2.7", "3125.6 Request to 192.0.2.1 from 192.0.2.7",
                "3150.0 Request to 255.255.255.255 from 192.0.2.7", "3375.0 Request to 255.255.255.255 from 192.0.2.7",
                "3487.5 Request to 255.255.255.255 from 192.0.2.7", "3547.5 Request to 255.255.255.255 from 192.0.2.7",
                "3600.0 unbind 192.0.2.7/24", "3600.0 Discover to 255.255.255.255 from 0.0.0.0 broadcast",
            ], log);
    }

    [Fact]
    public void A_renewal_that_is_refused_takes_the_address_away_at_once()
    {
        Bind();
        Tick(1800);
        Answer(1800, DhcpMessageType.Refuse);

        Assert.Equal("1800.0 unbind 192.0.2.7/24", log[^1]);
        Assert.Null(client.Lease);
    }

    [Fact]
    public void A_renewal_with_another_address_changes_the_address()
    {
        Bind();
        Tick(1800);
        Answer(1800, DhcpMessageType.Acknowledge, address: 0xc0000209);

        Assert.Equal(["1800.0 unbind 192.0.2.7/24", "1800.0 bind 192.0.2.9/24"], log[^2..]);
    }

    public static TheoryData<string, string> Renewals => new()
    {
        // option in place of the old one                     what becomes of 192.0.2.7/24 by 192.0.2.1 with packets of 1400
        { "a mask:        01 ffff0000",                       "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/16 by 192.0.2.1 of 1400" },
        { "a router:      03 c00002fe",                       "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 by 192.0.2.254 of 1400" },
        { "no router:     03",                                "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 of 1400" },
        { "no size:       1a",                                "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 by 192.0.2.1" },
        { "larger packets: 1a 05dc",                          "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 by 192.0.2.1 of 1500" },
        { "a resolver:    06 c0000235",                       "renew 192.0.2.7/24 by 192.0.2.1 of 1400" },
        { "a second way:  03 c0000201 c00002fe",              "renew 192.0.2.7/24 by 192.0.2.1 of 1400" },
        { "the same way by prefix: 79 00 c0000201",           "renew 192.0.2.7/24 by 192.0.2.1 of 1400" },
        { "another way by prefix: 79 00 c0000201 08 0a c0000202", "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 by 192.0.2.1 of 1400 and 10.0.0.0/8 by 192.0.2.2" },
    };

    [Theory, MemberData(nameof(Renewals))]
    public void A_renewal_that_changes_the_interface_is_applied_and_not_only_remembered(string change, string outcome)
    {
        DhcpOption[] before = [new(1, new(Hex.Octets("ffffff00"))), new(3, new(Hex.Octets("c0000201"))), new(26, new(Hex.Octets("0578")))];
        var octets = Hex.Octets(change[(change.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        Tick(0);
        Answer(0, DhcpMessageType.Offer, before);
        Answer(0, DhcpMessageType.Acknowledge, before);
        Settle();
        Tick(1800);
        Answer(1800, DhcpMessageType.Acknowledge, [.. before.Where(option => option.Code != octets[0]), new(octets[0], new(octets.AsSpan(1)))]);

        Assert.Equal(outcome, string.Join(", ", log.Skip(1).Select(line => line["1800.0 ".Length..])));
    }

    [Fact]
    public void A_lease_for_ever_is_never_renewed()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer, seconds: uint.MaxValue);
        Answer(0, DhcpMessageType.Acknowledge, seconds: uint.MaxValue);
        Settle();
        Assert.Null(client.WakeAt);
        Tick(1e9);

        Assert.Empty(log);
    }

    public static TheoryData<string, Func<DhcpMessage, DhcpMessage>> Strangers => new()
    {
        // why                        how it differs
        { "another transaction",      message => message with { TransactionId = message.TransactionId + 1 } },
        { "another machine",          message => message with { HardwareAddress = new(Hex.Octets("525400123457")) } },
        { "a question",               message => message with { IsReply = false } },
        { "a lease of no server",     message => message with { Options = message.Options.Where(option => option.Code != 54).ToSeq() } },
        { "no type",                  message => message with { Options = message.Options.Where(option => option.Code != 53).ToSeq() } },
    };

    [Theory, MemberData(nameof(Strangers))]
    public void What_is_not_for_us_changes_nothing(string why, Func<DhcpMessage, DhcpMessage> differ)
    {
        Tick(0);
        var before = client;
        Step(new DhcpInput.Received(differ(Reply(DhcpMessageType.Offer, 3600, 0xc0000207))), 0);

        Assert.Equal((why, before), (why, client));
    }

    public static TheoryData<string, ArpPacket, bool> Neighbours => new()
    {
        // what                                   packet                                                                                                  in use
        { "who has it answers",                   new(IsReply: true, Other, new(0xc0000207), Hardware, default),                                          true },
        { "who has it asks for another",          new(IsReply: false, Other, new(0xc0000207), Nobody, new(0xc0000201)),                                   true },
        { "another client probes it",             ArpPacket.Probe(Other, new(0xc0000207)),                                                                true },
        { "another client announces it",          ArpPacket.Announcement(Other, new(0xc0000207)),                                                         true },
        { "our own probe comes back",             ArpPacket.Probe(Hardware, new(0xc0000207)),                                                             false },
        { "another client probes another",        ArpPacket.Probe(Other, new(0xc0000208)),                                                                false },
        { "a neighbour asks for it",              new(IsReply: false, Other, new(0xc0000201), Nobody, new(0xc0000207)),                                   false },
        { "a neighbour answers",                  new(IsReply: true, Other, new(0xc0000201), Hardware, default),                                          false },
    };

    [Theory, MemberData(nameof(Neighbours))]
    public void An_address_that_is_in_use_is_declined(string what, ArpPacket packet, bool isInUse)
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        Answer(0, DhcpMessageType.Acknowledge);
        log.Clear();
        Step(new DhcpInput.Heard(packet), 0.1);
        while (client.Lease is null && log.Count < 3)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal((what, isInUse
            ? "0.1 Decline to 255.255.255.255 from 0.0.0.0 wants 192.0.2.7 of 192.0.2.1, 0.1 conflict 192.0.2.7/24, 10.1 Discover to 255.255.255.255 from 0.0.0.0 broadcast"
            : "0.3 who has 192.0.2.7 asks 0.0.0.0, 0.5 bind 192.0.2.7/24, 0.5 who has 192.0.2.7 asks 192.0.2.7"), (what, string.Join(", ", log)));
    }

    [Fact]
    public void Who_declines_wants_nothing()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        Answer(0, DhcpMessageType.Acknowledge);
        Step(new DhcpInput.Heard(ArpPacket.Announcement(Other, new(0xc0000207))), 0.1);

        // Message type, client identifier, address, server (RFC 2131 table 5).
        Assert.Equal([53, 61, 50, 54], last!.Options.Select(option => (int)option.Code));
    }

    [Fact]
    public void A_claim_that_comes_later_changes_nothing()
    {
        Bind();
        Step(new DhcpInput.Heard(ArpPacket.Announcement(Other, new(0xc0000207))), 5);

        Assert.Empty(log);
        Assert.NotNull(client.Lease);
    }

    [Fact]
    public void With_the_cable_back_the_servers_are_asked_whether_the_address_may_stay()
    {
        Bind();
        Step(new DhcpInput.Reconnected(), 100);
        Answer(101, DhcpMessageType.Acknowledge);

        Assert.Equal(["100.0 Request to 255.255.255.255 from 0.0.0.0 broadcast wants 192.0.2.7", "101.0 renew 192.0.2.7/24"], log);
        Assert.Equal(Elapsed.FromSeconds(1900), client.WakeAt);
    }

    [Fact]
    public void On_another_network_the_address_goes_at_once()
    {
        Bind();
        Step(new DhcpInput.Reconnected(), 100);
        Answer(101, DhcpMessageType.Refuse);
        Tick(102);

        Assert.Equal(["101.0 unbind 192.0.2.7/24", "102.0 Discover to 255.255.255.255 from 0.0.0.0 broadcast"], log[1..]);
    }

    [Fact]
    public void When_nobody_says_anything_against_it_the_address_stays_until_its_end()
    {
        Bind();
        Step(new DhcpInput.Reconnected(), 100);
        while (log.Count < 5)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal(["100.0", "101.0", "103.0", "107.0", "1800.0"], log.Select(line => line.Split(' ')[0]));
        Assert.Equal("1800.0 Request to 192.0.2.1 from 192.0.2.7", log[^1]);
    }

    [Fact]
    public void A_lease_that_ends_while_nobody_answers_is_over()
    {
        Bind();
        Step(new DhcpInput.Reconnected(), 3599.5);
        Tick(3600.5);

        Assert.Equal("3600.5 unbind 192.0.2.7/24", log[1]);
    }

    [Fact]
    public void A_lease_for_ever_is_asked_for_again_with_the_cable_back()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer, seconds: uint.MaxValue);
        Answer(0, DhcpMessageType.Acknowledge, seconds: uint.MaxValue);
        Settle();
        Step(new DhcpInput.Reconnected(), 100);
        for (var count = 0; count < 4; count++)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Null(client.WakeAt);
        Assert.NotNull(client.Lease);
    }

    [Fact]
    public void With_the_cable_back_a_search_that_has_slowed_down_begins_anew()
    {
        while (log.Count < 6)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);
        Step(new DhcpInput.Reconnected(), 40);

        Assert.Equal(("40.0 Discover to 255.255.255.255 from 0.0.0.0 broadcast", Elapsed.FromSeconds(41)), (log[^1], client.WakeAt));
    }

    [Fact]
    public void The_first_carrier_does_not_begin_a_search_twice()
    {
        Tick(0);
        Step(new DhcpInput.Reconnected(), 0.5);

        Assert.Single(log);
    }

    [Fact]
    public void A_refusal_of_a_server_that_was_not_asked_has_no_say()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        var refusal = Reply(DhcpMessageType.Refuse, 3600, 0);
        Step(new DhcpInput.Received(refusal with { Options = [.. refusal.Options.Where(option => option.Code != 54), new(54, new(Hex.Octets("c0000209")))] }), 0);
        Answer(0, DhcpMessageType.Acknowledge);
        Settle();

        Assert.NotNull(client.Lease);
    }

    [Fact]
    public void An_acknowledgement_of_another_server_is_not_the_one_asked_for()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        var other = Reply(DhcpMessageType.Acknowledge, 3600, 0xc0000207);
        Step(new DhcpInput.Received(other with { Options = [.. other.Options.Where(option => option.Code != 54), new(54, new(Hex.Octets("c0000209")))] }), 0);

        Assert.Null(client.Lease);
    }

    [Fact]
    public void An_address_that_is_needed_no_longer_is_given_back_to_its_server()
    {
        Bind();
        Step(new DhcpInput.Release(), 100);

        Assert.Equal(["100.0 Release to 192.0.2.1 from 192.0.2.7 of 192.0.2.1", "100.0 unbind 192.0.2.7/24"], log);
        // Message type, client identifier, server (RFC 2131 table 5).
        Assert.Equal([53, 61, 54], last!.Options.Select(option => (int)option.Code));
        Assert.Equal((ushort)0, last.SecondsElapsed);
        Assert.True(client.IsReleased);
    }

    public static TheoryData<string, string[]> BeforeRelease => new()
    {
        // what happened                                       what is said
        { "",                                                  [] },
        { "tick",                                              [] },
        { "tick offer",                                        [] },
        { "tick offer acknowledge",                            ["Release"] },
        { "tick offer acknowledge tick tick",                  ["Release", "unbind"] },
        { "tick offer acknowledge tick tick tick",             ["Release", "unbind"] },
        { "tick offer acknowledge tick tick back",             ["Release", "unbind"] },
        { "tick offer acknowledge tick tick back refuse",      [] },
        { "tick offer acknowledge tick tick release",          [] },
    };

    [Theory, MemberData(nameof(BeforeRelease))]
    public void Only_what_was_granted_is_given_back_and_once(string happened, string[] said)
    {
        foreach (var each in happened.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var now = Math.Max(1, client.WakeAt?.Value.TotalSeconds ?? 1);
            if (each is "offer" or "acknowledge" or "refuse")
                Answer(now, each is "offer" ? DhcpMessageType.Offer : each is "refuse" ? DhcpMessageType.Refuse : DhcpMessageType.Acknowledge);
            else
                Step(each switch { "tick" => new DhcpInput.Tick(), "back" => new DhcpInput.Reconnected(), _ => new DhcpInput.Release() }, now);
        }
        log.Clear();
        Step(new DhcpInput.Release(), 9000);

        Assert.Equal(said, log.Select(line => line.Split(' ')[1]));
        Assert.Null(client.WakeAt);
        Assert.Null(client.Lease);
    }

    [Fact]
    public void After_that_nothing_happens_any_more()
    {
        Bind();
        Step(new DhcpInput.Release(), 100);
        log.Clear();
        Tick(1800);
        Answer(1800, DhcpMessageType.Offer);
        Answer(1800, DhcpMessageType.Acknowledge);
        Step(new DhcpInput.Heard(ArpPacket.Announcement(Other, new(0xc0000207))), 1800);
        Step(new DhcpInput.Reconnected(), 1800);

        Assert.Empty(log);
        Assert.True(client.IsReleased);
    }

    private void Bind()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        Answer(0, DhcpMessageType.Acknowledge);
        Settle();
    }

    // Nobody has the address.
    private void Settle()
    {
        while (client.IsProbing)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);
        log.Clear();
    }

    private void Tick(double seconds) => Step(new DhcpInput.Tick(), seconds);

    private void Answer(double at, DhcpMessageType type, uint seconds = 3600, uint address = 0xc0000207) =>
        Step(new DhcpInput.Received(Reply(type, seconds, address)), at);

    private void Answer(double at, DhcpMessageType type, DhcpOption[] options)
    {
        var reply = Reply(type, 3600, 0xc0000207);
        Step(new DhcpInput.Received(reply with { Options = [.. reply.Options.Where(option => option.Code != 1), .. options] }), at);
    }

    private DhcpMessage Reply(DhcpMessageType type, uint seconds, uint address)
    {
        var lease = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(lease, seconds);
        return new()
        {
            IsReply = true,
            TransactionId = last!.TransactionId,
            YourAddress = new(address),
            HardwareAddress = Hardware,
            Options = [new(53, new([(byte)type])), new(54, new(Hex.Octets("c0000201"))), new(51, new(lease)), new(1, new(Hex.Octets("ffffff00")))],
        };
    }

    private void Step(DhcpInput input, double at)
    {
        (client, var outputs) = client.Step(input, Elapsed.FromSeconds(at), Middle);
        foreach (var output in outputs)
            log.Add(string.Create(CultureInfo.InvariantCulture, $"{at:0.0} {Describe(output)}"));
    }

    private string Describe(DhcpOutput output)
    {
        switch (output)
        {
            case DhcpOutput.Send(var message, var to):
                last = message;
                var wanted = message.Find(50) is { Length: 4 } address ? $" wants {new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(address))}" : "";
                var server = message.Find(54) is { Length: 4 } octets ? $" of {new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets))}" : "";
                return $"{message.Type} to {to} from {message.ClientAddress}{(message.Broadcast ? " broadcast" : "")}{wanted}{server}";
            case DhcpOutput.Broadcast(var packet):
                Assert.Equal(Hardware, packet.SenderHardware);
                return $"who has {packet.Target} asks {packet.Sender}";
            case DhcpOutput.Conflict(var lease):
                return $"conflict {Describe(lease)}";
            case DhcpOutput.Bind(var lease):
                return $"bind {Describe(lease)}";
            case DhcpOutput.Renew(var lease):
                return $"renew {Describe(lease)}";
            case DhcpOutput.Unbind(var lease):
                return $"unbind {Describe(lease)}";
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Describe(DhcpLease lease) =>
        $"{lease.Address}/{lease.PrefixLength}{(lease.Router is { } router ? $" by {router}" : "")}{(lease.Mtu is { } mtu ? $" of {mtu}" : "")}{string.Concat(lease.Routes.Where(route => route.PrefixLength > 0).Select(route => $" and {route}"))}";
}
