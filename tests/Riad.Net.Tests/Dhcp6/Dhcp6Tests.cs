using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Net.Dhcp6;
using IPv6Address = Riad.Core.IPv6Address;

namespace Riad.Net.Tests.Dhcp6;

public sealed class Dhcp6Tests
{
    // In the middle: repetitions come at their nominal time, but for the first solicitation, which is a twentieth late.
    private const uint Middle = 0x8000_0000;
    private const string Client = "0001 000a 00030001525400123456", Server = "0002 000a 00030001525400aaaaaa";
    private const string Granted = "0003 0028 00000001 00000000 00000000  0005 0018 20010db8000000000000000000000007 00000e10 00001c20";
    private const string Resolvers = "0017 0010 20010db8000000000000000000000035  0018 000d 076578616d706c65036f726700";

    private readonly List<string> log = [];
    private Dhcp6Client client = Dhcp6Client.Create(new(Hex.Octets("525400123456")), wantsAddress: true);
    private Dhcp6Message? last;

    [Fact]
    public void An_address_is_found_asked_for_and_bound()
    {
        Tick(0);
        Assert.Equal("01000000 0001000a 00030001525400123456 00080002 0000 00060004 00170018 0003000c 00000001 00000000 00000000", Words(last!));
        Answer(0.2, 2, Server + Granted);
        Tick(1.05);
        Assert.Equal("03000000 0001000a 00030001525400123456 00080002 0000 00060004 00170018 0002000a 00030001525400aaaaaa 00030028 00000001 00000000 00000000 00050018 20010db8000000000000000000000007 00000000 00000000", Words(last!));
        Answer(1.3, 7, Server + Granted + Resolvers);

        Assert.Equal(["0.0 Solicit", "1.1 Request", "1.3 bind 2001:db8::7", "1.3 name 2001:db8::35 example.org"], log);
        // Half of the preferred lifetime, counted from the question.
        Assert.Equal(Elapsed.FromSeconds(1801.05), client.WakeAt);
    }

    [Fact]
    public void The_best_offer_of_the_first_second_is_taken()
    {
        Tick(0);
        Answer(0.1, 2, "0002 0002 aaaa 0007 0001 01" + Granted);
        Answer(0.2, 2, "0002 0002 bbbb 0007 0001 09" + Granted);
        Answer(0.3, 2, "0002 0002 cccc 0007 0001 05" + Granted);
        Tick(1.05);

        Assert.Equal("bbbb", Convert.ToHexStringLower(last!.Find(Dhcp6OptionCode.ServerIdentifier)));
    }

    [Fact]
    public void The_best_there_can_be_is_taken_at_once()
    {
        Tick(0);
        Answer(0.1, 2, "0007 0001 ff" + Server + Granted);

        Assert.Equal(["0.0 Solicit", "0.1 Request"], log);
    }

    [Fact]
    public void An_offer_that_comes_late_is_taken_at_once()
    {
        Tick(0);
        Tick(1.05);
        Answer(1.5, 2, Server + Granted);

        Assert.Equal(["0.0 Solicit", "1.1 Solicit", "1.5 Request"], log);
    }

    [Fact]
    public void A_server_that_falls_silent_is_asked_less_often_then_all_are_then_the_address_is_lost()
    {
        Bind();
        while (client.Address is not null)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        // Renewing from 1800 s, then 10, 20, ... 640 cut to 600 later; rebinding from 2880 s; the end at 7200 s.
        Assert.Equal(
            [
                "1800.0 Renew", "1810.0 Renew", "1830.0 Renew", "1870.0 Renew", "1950.0 Renew", "2110.0 Renew", "2430.0 Renew",
                "2880.0 Rebind", "2890.0 Rebind", "2910.0 Rebind", "2950.0 Rebind", "3030.0 Rebind", "3190.0 Rebind", "3510.0 Rebind", "4110.0 Rebind", "4710.0 Rebind",
                "5310.0 Rebind", "5910.0 Rebind", "6510.0 Rebind", "7110.0 Rebind", "7200.0 unbind 2001:db8::7", "7200.0 Solicit",
            ], log);
    }

    [Fact]
    public void A_server_that_gives_no_time_is_not_asked_again_at_once()
    {
        Tick(0);
        Answer(0, 2, "0007 0001 ff" + Server + Granted);
        Answer(0.5, 7, Server + Granted.Replace("00000e10", "00000000", StringComparison.Ordinal));

        Assert.Equal(Elapsed.FromSeconds(1.5), client.WakeAt);
    }

    [Fact]
    public void A_renewal_counts_from_its_question()
    {
        Bind();
        Tick(1800);
        Answer(1801, 7, Server + Granted);

        Assert.Equal(["1800.0 Renew", "1801.0 name  "], log);
        Assert.Equal(Elapsed.FromSeconds(3600), client.WakeAt);
    }

    [Fact]
    public void A_server_that_forgot_the_address_takes_it_away()
    {
        Bind();
        Tick(1800);
        Answer(1800, 7, Server + "0003 0012 00000001 00000000 00000000 000d 0002 0003");

        Assert.Equal(["1800.0 Renew", "1800.0 unbind 2001:db8::7", "1800.0 Solicit"], log);
    }

    public static TheoryData<string, string, string> Renewals => new()
    {
        // what the server says                options                                                                                                             what becomes of it
        { "it is busy (RFC 8415 §21.13)",      Server + "000d 0002 0001",                                                                                          "" },
        { "no more addresses",                 Server + "0003 0012 00000001 00000000 00000000 000d 0002 0002",                                                     "" },
        { "nothing of the address",            Server,                                                                                                             "" },
        { "not on this link",                  Server + "000d 0002 0004",                                                                                          "unbind 2001:db8::7, Solicit" },
        { "it is over",                        Server + Granted.Replace("00000e10 00001c20", "00000000 00000000", StringComparison.Ordinal),                       "unbind 2001:db8::7, Solicit" },
        { "another is over",                   Server + Granted.Replace("0007 00000e10 00001c20", "0008 00000000 00000000", StringComparison.Ordinal),             "" },
        { "another in its place",              Server + Granted.Replace("0007 00000e10", "0008 00000e10", StringComparison.Ordinal),                               "unbind 2001:db8::7, bind 2001:db8::8, name  " },
    };

    [Theory, MemberData(nameof(Renewals))]
    public void Only_what_ends_the_address_takes_it_away(string what, string options, string outcome)
    {
        Bind();
        Tick(1800);
        log.Clear();
        Answer(1800, 7, options);

        Assert.Equal((what, outcome), (what, string.Join(", ", log.Select(line => line["1800.0 ".Length..]))));
    }

    [Fact]
    public void An_address_that_takes_the_place_of_one_that_is_over_is_found_beside_it()
    {
        const string two = "0003 0044 00000001 00000000 00000000"
            + "0005 0018 20010db8000000000000000000000007 00000000 00000000  0005 0018 20010db8000000000000000000000008 00000e10 00001c20";
        Bind();
        Tick(1800);
        Answer(1800, 7, Server + two);

        Assert.Equal(["1800.0 unbind 2001:db8::7", "1800.0 bind 2001:db8::8"], log[1..3]);
    }

    [Fact]
    public void An_address_that_another_has_is_declined()
    {
        Bind();
        Step(new Dhcp6Input.Duplicate(new(0x2001_0db8_0000_0000, 7)), 1);
        Assert.Equal("09000000 0001000a 00030001525400123456 00080002 0000 0002000a 00030001525400aaaaaa 00030028 00000001 00000000 00000000 00050018 20010db8000000000000000000000007 00000000 00000000", Words(last!));
        Answer(1.5, 7, Server + "000d 0002 0000");
        Tick(11.5);

        Assert.Equal(["1.0 unbind 2001:db8::7", "1.0 Decline", "11.5 Solicit"], log);
    }

    [Fact]
    public void A_server_that_does_not_hear_the_refusal_is_told_four_times()
    {
        Bind();
        Step(new Dhcp6Input.Duplicate(client.Address!.Value), 1);
        while (log.Count < 6)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal(["1.0 unbind 2001:db8::7", "1.0 Decline", "2.0 Decline", "4.0 Decline", "8.0 Decline", "26.0 Solicit"], log);
    }

    [Fact]
    public void An_address_that_is_needed_no_longer_is_given_back()
    {
        Bind();
        Step(new Dhcp6Input.Release(), 100);
        Assert.Equal("08000000 0001000a 00030001525400123456 00080002 0000 0002000a 00030001525400aaaaaa 00030028 00000001 00000000 00000000 00050018 20010db8000000000000000000000007 00000000 00000000", Words(last!));
        Assert.False(client.IsReleased);
        Answer(100.1, 7, Server + "000d 0002 0000");

        Assert.Equal(["100.0 unbind 2001:db8::7", "100.0 Release"], log);
        Assert.True(client.IsReleased);
        Assert.Null(client.WakeAt);
    }

    [Fact]
    public void A_server_that_does_not_hear_it_is_told_four_times()
    {
        Bind();
        Step(new Dhcp6Input.Release(), 100);
        while (!client.IsReleased)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal(["100.0 unbind 2001:db8::7", "100.0 Release", "101.0 Release", "103.0 Release", "107.0 Release"], log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_an_address_there_is_nothing_to_give_back(bool wantsAddress)
    {
        client = Dhcp6Client.Create(new(Hex.Octets("525400123456")), wantsAddress);
        Tick(0);
        log.Clear();
        Step(new Dhcp6Input.Release(), 1);
        Step(new Dhcp6Input.Reconnected(), 2);
        Tick(9000);

        Assert.Empty(log);
        Assert.True(client.IsReleased);
    }

    [Fact]
    public void Another_address_of_the_interface_that_is_in_use_changes_nothing()
    {
        Bind();
        Step(new Dhcp6Input.Duplicate(new(0, 1)), 1);

        Assert.Empty(log);
    }

    [Fact]
    public void With_the_cable_back_servers_are_asked_whether_the_address_belongs_there()
    {
        Bind();
        Step(new Dhcp6Input.Reconnected(), 100);
        Assert.Equal("04000000 0001000a 00030001525400123456 00080002 0000 00030028 00000001 00000000 00000000 00050018 20010db8000000000000000000000007 00000000 00000000", Words(last!));
        Answer(100.5, 7, Server + "000d 0002 0000");

        Assert.Equal(["100.0 Confirm"], log);
        Assert.Equal(Elapsed.FromSeconds(1800), client.WakeAt);
    }

    [Fact]
    public void An_address_that_does_not_belong_there_goes_at_once()
    {
        Bind();
        Step(new Dhcp6Input.Reconnected(), 100);
        Answer(100.5, 7, Server + "000d 0002 0004");

        Assert.Equal(["100.0 Confirm", "100.5 unbind 2001:db8::7", "100.5 Solicit"], log);
    }

    [Fact]
    public void When_nobody_answers_for_ten_seconds_the_address_stays()
    {
        Bind();
        Step(new Dhcp6Input.Reconnected(), 100);
        while (log.Count < 6)
            Tick(client.WakeAt!.Value.Value.TotalSeconds);

        Assert.Equal(["100.0 Confirm", "101.0 Confirm", "103.0 Confirm", "107.0 Confirm", "1800.0 Renew", "1810.0 Renew"], log);
    }

    [Fact]
    public void With_the_cable_back_resolvers_are_asked_for_again()
    {
        client = Dhcp6Client.Create(new(Hex.Octets("525400123456")), wantsAddress: false);
        Tick(0);
        Answer(0.5, 7, Server + Resolvers);
        Step(new Dhcp6Input.Reconnected(), 100);

        Assert.Equal("100.0 InformationRequest", log[^1]);
    }

    [Fact]
    public void Where_routers_give_addresses_only_resolvers_are_asked_for()
    {
        client = Dhcp6Client.Create(new(Hex.Octets("525400123456")), wantsAddress: false);
        Tick(0);
        Assert.Equal("0b000000 0001000a 00030001525400123456 00080002 0000 00060006 001700180020", Words(last!));
        Answer(0.5, 7, Server + Resolvers + "0020 0004 00000384");
        Tick(900.5);

        Assert.Equal(["0.0 InformationRequest", "0.5 name 2001:db8::35 example.org", "900.5 InformationRequest"], log);
    }

    public static TheoryData<string, double?> Refreshes => new()
    {
        // seconds    due after
        { "00000384", 900 },
        { "00000000", 600 },
        { "fffffffe", 4_294_967_294 },
        { "ffffffff", null },
    };

    [Theory, MemberData(nameof(Refreshes))]
    public void Resolvers_are_asked_for_again_after_the_longest_time_too_and_never_after_for_ever(string seconds, double? due)
    {
        client = Dhcp6Client.Create(new(Hex.Octets("525400123456")), wantsAddress: false);
        Tick(0);
        Answer(0.5, 7, Server + Resolvers + "0020 0004" + seconds);

        Assert.Equal("0.5 name 2001:db8::35 example.org", log[^1]);
        Assert.Equal(due is { } after ? Elapsed.FromSeconds(0.5 + after) : null, client.WakeAt);
    }

    public static TheoryData<string, string> Strangers => new()
    {
        // why                          options
        { "no server",                  Client + Granted },
        { "another client",             "0001 0002 ffff" + Server + Granted },
        { "no client",                  Server + Granted },
        { "another association",        Client + Server + Granted.Replace("0028 00000001", "0028 00000002", StringComparison.Ordinal) },
        { "no address",                 Client + Server },
        { "an address of the link",     Client + Server + Granted.Replace("20010db8", "fe800000", StringComparison.Ordinal) },
        { "a multicast address",        Client + Server + Granted.Replace("20010db8", "ff020000", StringComparison.Ordinal) },
        { "an address for no time",     Client + Server + Granted.Replace("00001c20", "00000000", StringComparison.Ordinal) },
        { "preferred for too long",     Client + Server + Granted.Replace("00001c20", "00000001", StringComparison.Ordinal) },
        { "T1 after T2",                Client + Server + Granted.Replace("00000001 00000000 00000000", "00000001 00000002 00000001", StringComparison.Ordinal) },
        { "no more addresses",          Client + Server + "000d 0002 0002" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public void What_is_no_offer_to_us_changes_nothing(string why, string options)
    {
        Tick(0);
        var before = client;
        Step(new Dhcp6Input.Received(Message(2, options)), 0.5);

        Assert.Equal((why, before), (why, client));
    }

    public static TheoryData<string, string> Names => new()
    {
        // why                       names
        { "a line of its own",       "09 610a6e616d6573657276 00" },
        { "a hyphen in front",       "02 2d61 00" },
        { "a pointer",               "c000" },
        { "cut short",               "05 6162" },
        { "no end",                  "02 6162" },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_domain_that_is_no_name_is_not_taken(string why, string names)
    {
        var octets = Hex.Octets(names);
        var message = Message(7, $"0018 {octets.Length:x4} {names}");

        Assert.Equal((why, 0), (why, Dhcp6Answer.Read(message, 1).Domains.Count));
    }

    [Fact]
    public void Read_undoes_write() => Prop.ForAll<uint, byte[], ushort>((number, value, code) =>
    {
        var message = new Dhcp6Message((Dhcp6MessageType)(number >> 24), number & 0xff_ffff, [new(code, new(value)), new(1, default), new(code, new(value))]);
        var writer = new WireWriter(new byte[4000]);
        message.Write(ref writer);

        return Dhcp6Message.TryRead(writer.Written, out var read, out _) && read == message;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
        Dhcp6Message.TryRead(octets, out var message, out var error) ? Dhcp6Answer.Read(message, 1).NameServers.Count <= 8 : error.Offset <= octets.Length).QuickCheckThrowOnFailure();

    private void Bind()
    {
        Tick(0);
        Answer(0, 2, "0007 0001 ff" + Server + Granted);
        Answer(0, 7, Server + Granted);
        log.Clear();
    }

    private void Tick(double seconds) => Step(new Dhcp6Input.Tick(), seconds);

    private void Answer(double at, byte type, string options) => Step(new Dhcp6Input.Received(Message(type, Client + options)), at);

    private static Dhcp6Message Message(byte type, string options)
    {
        Assert.True(Dhcp6Message.TryRead([type, 0, 0, 0, .. Hex.Octets(options)], out var message, out var error), error.ToString());
        return message;
    }

    private void Step(Dhcp6Input input, double at)
    {
        (client, var outputs) = client.Step(input, Elapsed.FromSeconds(at), Middle);
        foreach (var output in outputs)
        {
            last = output is Dhcp6Output.Send(var message) ? message : last;
            log.Add(string.Create(CultureInfo.InvariantCulture, $"{at:0.0} {Describe(output)}"));
        }
    }

    private static string Describe(Dhcp6Output output) => output switch
    {
        Dhcp6Output.Send(var message) => message.Type.ToString(),
        Dhcp6Output.Bind(var address) => $"bind {address}",
        Dhcp6Output.Unbind(var address) => $"unbind {address}",
        Dhcp6Output.Name(var servers, var domains) => $"name {servers} {domains}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Cut where the fields end, so that a person can read it.
    private static string Words(Dhcp6Message message)
    {
        var writer = new WireWriter(new byte[Dhcp6Message.MaxOctets]);
        message.Write(ref writer);
        var words = new StringBuilder(Convert.ToHexStringLower(writer.Written[..4]));
        var octets = writer.Written[4..];
        while (!octets.IsEmpty)
        {
            var (code, length) = (octets[1], octets[3]);
            words.Append(' ').Append(Convert.ToHexStringLower(octets[..4]));
            var value = octets.Slice(4, length);
            octets = octets[(4 + length)..];
            int[] cuts = code is 3 ? [4, 4, 4, .. length > 12 ? (int[])[4, 16, 4, 4] : []] : [length];
            foreach (var cut in cuts)
            {
                words.Append(' ').Append(Convert.ToHexStringLower(value[..cut]));
                value = value[cut..];
            }
        }
        return words.ToString();
    }
}
