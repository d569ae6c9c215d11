using System.Buffers.Binary;
using System.Globalization;
using Riad.Core;
using Riad.Net.Dhcp;

namespace Riad.Net.Tests.Dhcp;

public sealed class DhcpClientTests
{
    // In the middle: repetitions come exactly at their nominal time.
    private const uint Middle = uint.MaxValue / 2 + 1;
    private static readonly Octets Hardware = new(Hex.Octets("525400123456"));

    private readonly List<string> log = [];
    private DhcpClient client = DhcpClient.Create(Hardware);
    private DhcpMessage? last;

    [Fact]
    public void An_address_is_found_asked_for_and_bound()
    {
        Tick(0);
        Answer(0.2, DhcpMessageType.Offer);
        Answer(0.4, DhcpMessageType.Acknowledge);

        Assert.Equal(
            [
                "0.0 Discover to 255.255.255.255 from 0.0.0.0 broadcast",
                "0.2 Request to 255.255.255.255 from 0.0.0.0 broadcast wants 192.0.2.7 of 192.0.2.1",
                "0.4 bind 192.0.2.7/24",
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
        { "larger packets: 1a 05dc",                          "unbind 192.0.2.7/24 by 192.0.2.1 of 1400, bind 192.0.2.7/24 by 192.0.2.1 of 1500" },
        { "a resolver:    06 c0000235",                       "renew 192.0.2.7/24 by 192.0.2.1 of 1400" },
        { "a second way:  03 c0000201 c00002fe",              "renew 192.0.2.7/24 by 192.0.2.1 of 1400" },
    };

    [Theory, MemberData(nameof(Renewals))]
    public void A_renewal_that_changes_the_interface_is_applied_and_not_only_remembered(string change, string outcome)
    {
        DhcpOption[] before = [new(1, new(Hex.Octets("ffffff00"))), new(3, new(Hex.Octets("c0000201"))), new(26, new(Hex.Octets("0578")))];
        var octets = Hex.Octets(change[(change.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        Tick(0);
        Answer(0, DhcpMessageType.Offer, before);
        Answer(0, DhcpMessageType.Acknowledge, before);
        log.Clear();
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
        log.Clear();
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

    [Fact]
    public void An_acknowledgement_of_another_server_is_not_the_one_asked_for()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        var other = Reply(DhcpMessageType.Acknowledge, 3600, 0xc0000207);
        Step(new DhcpInput.Received(other with { Options = [.. other.Options.Where(option => option.Code != 54), new(54, new(Hex.Octets("c0000209")))] }), 0);

        Assert.Null(client.Lease);
    }

    private void Bind()
    {
        Tick(0);
        Answer(0, DhcpMessageType.Offer);
        Answer(0, DhcpMessageType.Acknowledge);
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
        $"{lease.Address}/{lease.PrefixLength}{(lease.Router is { } router ? $" by {router}" : "")}{(lease.Mtu is { } mtu ? $" of {mtu}" : "")}";
}
