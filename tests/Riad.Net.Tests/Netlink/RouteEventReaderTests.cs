using FsCheck;
using FsCheck.Fluent;
using Riad.Net.Netlink;

namespace Riad.Net.Tests.Netlink;

public sealed class RouteEventReaderTests
{
    public static TheoryData<string, string, string> Events => new()
    {
        // why                          datagram                                                                                       events
        { "nothing",                    "",                                                                                            "" },
        { "done",                       "24000000 0200 0000 07000000 00000000  00000000 20000000 1000 0500 07000000 00000000",         "Answered { Sequence = 7, Error = 0 }" },
        { "refused",                    "24000000 0200 0000 07000000 00000000  edffffff 20000000 1000 0500 07000000 00000000",         "Answered { Sequence = 7, Error = 19 }" },
        { "a link without carrier",     "20000000 1000 0000 00000000 00000000  00 00 0100 02000000 03100000 00000000",                 "Link { Index = 2, HasCarrier = False, Managed = False, OtherConfiguration = False, CarrierUps = 0 }" },
        { "a link with its families",   "34000000 1000 0000 00000000 00000000  00 00 0100 02000000 43100100 00000000  1400 1a00  1000 0a00  0800 0100 c0000000  00000000", "Link { Index = 2, HasCarrier = True, Managed = True, OtherConfiguration = True, CarrierUps = 0 }" },
        { "IPv6 of a link",             "2c000000 1000 0000 00000000 00000000  0a 00 0100 02000000 43100100 00000000  0c00 0cc0  0800 0100 80000000", "Link { Index = 2, HasCarrier = True, Managed = False, OtherConfiguration = True, CarrierUps = 0 }" },
        { "a link that came back",      "28000000 1000 0000 00000000 00000000  00 00 0100 02000000 43100100 00000000  0800 2f00 03000000",   "Link { Index = 2, HasCarrier = True, Managed = False, OtherConfiguration = False, CarrierUps = 3 }" },
        { "an address in use",          "2c000000 1400 0000 00000000 00000000  0a 80 88 00 02000000  1400 0100 20010db8000000000000000000000007", "Duplicate { Index = 2, Address = 2001:db8::7 }" },
        { "an address not in use",      "2c000000 1400 0000 00000000 00000000  0a 80 80 00 02000000  1400 0100 20010db8000000000000000000000007", "" },
        { "resolvers of a router",      "38000000 4400 0000 00000000 00000000  0a 00 1800 02000000 86 00 000000000000  19 03 0000 00000e10 20010db8000000000000000000000035", "NameServers { Index = 2, Servers = 2001:db8::35, Lifetime = 01:00:00 }" },
        { "for ever",                   "38000000 4400 0000 00000000 00000000  0a 00 1800 02000000 86 00 000000000000  19 03 0000 ffffffff 20010db8000000000000000000000035", "NameServers { Index = 2, Servers = 2001:db8::35, Lifetime =  }" },
        { "another option",             "38000000 4400 0000 00000000 00000000  0a 00 1800 02000000 86 00 000000000000  1f 03 0000 ffffffff 20010db8000000000000000000000035", "" },
        { "an option cut short",        "28000000 4400 0000 00000000 00000000  0a 00 1800 02000000 86 00 000000000000  19 03 0000 ffffffff", "" },
        { "a length beyond the end",    "25000000 0200 0000 07000000 00000000  00000000 20000000 1000 0500 07000000 00000000",         "" },
        { "a length of nothing",        "00000000 0200 0000 07000000 00000000",                                                        "" },
        { "an interface that is gone",  "20000000 1100 0000 00000000 00000000  00 00 0100 03000000 02100000 ffffffff",                 "LinkGone { Index = 3 }" },
        { "a member leaves a bridge",   "20000000 1100 0000 00000000 00000000  07 00 0100 03000000 02100000 ffffffff",                 "" },
        { "the end of a list",          "14000000 0300 0200 07000000 00000000  00000000",                                              "Answered { Sequence = 7, Error = 0 }" },
        { "two in a row",               "14000000 0200 0000 01000000 00000000  00000000  14000000 0200 0000 02000000 00000000  00000000", "Answered { Sequence = 1, Error = 0 } Answered { Sequence = 2, Error = 0 }" },
    };

    [Theory, MemberData(nameof(Events))]
    public void What_the_kernel_says_is_read(string why, string datagram, string events) =>
        Assert.Equal((why, events), (why, RouteEventReader.Read(Hex.Octets(datagram)).ToString()));

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[], byte>((octets, type) =>
        RouteEventReader.Read([(byte)(16 + octets.Length), 0, 0, 0, type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. octets]).Count <= 1 + (octets.Length / 16)).QuickCheckThrowOnFailure();
}
