using Riad.Core;
using Riad.Net.Dhcp;

namespace Riad.Net.Tests.Dhcp;

public sealed class DhcpLeaseTests
{
    private static readonly (byte Code, string Value)[] Least = [(54, "c0000201"), (51, "00000e10")];

    public static TheoryData<string, string, string, int> Refused => new()
    {
        // why                      address       value         option
        { "no server",              "192.0.2.7",  "",           54 },
        { "no time",                "192.0.2.7",  "",           51 },
        { "a time of nothing",      "192.0.2.7",  "00000000",   51 },
        { "no address",             "0.0.0.0",    "c0000201",   54 },
        { "a multicast address",    "224.0.0.1",  "c0000201",   54 },
        { "loopback",               "127.0.0.1",  "c0000201",   54 },
        { "a mask with holes",      "192.0.2.7",  "ffff00ff",   1 },
        { "a mask of nothing",      "192.0.2.7",  "00000000",   1 },
        { "a mask cut short",       "192.0.2.7",  "ffffff",     1 },
    };

    [Theory, MemberData(nameof(Refused))]
    public void An_offer_that_lacks_what_a_lease_needs_is_none(string why, string address, string value, int option)
    {
        var options = Least.Where(each => each.Code != option).ToList();
        if (value.Length > 0)
            options.Add(((byte)option, value));

        Assert.False(DhcpLease.TryRead(Message(address, options), out _), why);
    }

    public static TheoryData<string, string, string, string, string, string> Times => new()
    {
        // why                  lease        T1           T2           renew       rebind
        { "the usual ones",     "00000e10",  "",          "",          "00:30:00", "00:52:30" },
        { "given ones",         "00000e10",  "00000064",  "000000c8",  "00:01:40", "00:03:20" },
        { "T1 after T2",        "00000e10",  "000000c8",  "00000064",  "00:30:00", "00:52:30" },
        { "T2 after the end",   "00000e10",  "00000064",  "00000e11",  "00:30:00", "00:52:30" },
        { "T1 at once",         "00000e10",  "00000000",  "00000064",  "00:30:00", "00:52:30" },
    };

    [Theory, MemberData(nameof(Times))]
    public void Times_that_make_no_sense_are_replaced(string why, string lease, string first, string second, string renew, string rebind)
    {
        Assert.True(DhcpLease.TryRead(Message("192.0.2.7", [(54, "c0000201"), (51, lease), .. Given(58, first), .. Given(59, second)]), out var read), why);
        Assert.Equal((why, TimeSpan.Parse(renew), TimeSpan.Parse(rebind)), (why, read.RenewAfter, read.RebindAfter));
    }

    [Fact]
    public void Everything_a_server_says_is_read()
    {
        Assert.True(DhcpLease.TryRead(Message("192.0.2.7", [.. Least, (1, "ffffff80"), (3, "c0000202c0000203"), (6, "c0000235 7f000001 c6336435"), (15, "6578616d706c652e6f726700"), (12, "686f73742d31"), (26, "05dc"), (42, "c000027b")]), out var lease));

        Assert.Equal(25, lease.PrefixLength);
        Assert.Equal("192.0.2.2", lease.Router.ToString());
        Assert.Equal("192.0.2.53 198.51.100.53", lease.NameServers.ToString());
        Assert.Equal("192.0.2.123", lease.TimeServers.ToString());
        Assert.Equal(("example.org", "host-1"), (lease.DomainName, lease.HostName));
        Assert.Equal((ushort)1500, lease.Mtu);
        Assert.Equal(TimeSpan.FromHours(1), lease.Duration);
    }

    [Theory]
    // By prefix, routers                                  the way out
    [InlineData("18 c63364 c0000202 00 c0000203", "c0000201", "192.0.2.3")]
    [InlineData("18 c63364 c0000202", "c0000201", null)]
    [InlineData("18 c63364", "c0000201", "192.0.2.1")]
    [InlineData("", "c0000201", "192.0.2.1")]
    public void Ways_by_prefix_hold_in_place_of_routers_unless_they_cannot_be_read(string ways, string routers, string? way)
    {
        Assert.True(DhcpLease.TryRead(Message("192.0.2.7", [.. Least, (121, ways), (3, routers)]), out var lease));
        Assert.Equal(way, lease.Router?.ToString());
    }

    public static TheoryData<string, string> Names => new()
    {
        // why                       octets
        { "a line of its own",       "610a6e616d6573657276657220312e322e332e34" },
        { "a space",                 "612062" },
        { "an escape",               "611b5b324a" },
        { "a hyphen in front",       "2d61" },
        { "nothing but zeros",       "0000" },
        { "beyond ASCII",            "c3a4" },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_domain_that_is_no_name_is_not_taken(string why, string octets)
    {
        Assert.True(DhcpLease.TryRead(Message("192.0.2.7", [.. Least, (15, octets)]), out var lease), why);
        Assert.Null(lease.DomainName);
    }

    [Fact]
    public void A_lease_for_ever_has_no_end()
    {
        Assert.True(DhcpLease.TryRead(Message("192.0.2.7", [(54, "c0000201"), (51, "ffffffff"), (58, "00000001")]), out var lease));
        Assert.Null(lease.Duration);
    }

    private static (byte, string)[] Given(byte code, string value) => value.Length == 0 ? [] : [(code, value)];

    private static DhcpMessage Message(string address, IEnumerable<(byte Code, string Value)> options)
    {
        Assert.True(IPv4Address.TryParse(System.Text.Encoding.ASCII.GetBytes(address), out var your));
        return new()
        {
            IsReply = true,
            TransactionId = 1,
            YourAddress = your,
            HardwareAddress = new(Hex.Octets("525400123456")),
            Options = options.Select(option => new DhcpOption(option.Code, new(Hex.Octets(option.Value)))).ToSeq(),
        };
    }
}
