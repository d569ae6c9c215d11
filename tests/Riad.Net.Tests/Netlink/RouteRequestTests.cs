using System.Text;
using Riad.Core;
using Riad.Net.Netlink;

namespace Riad.Net.Tests.Netlink;

public sealed class RouteRequestTests
{
    public static TheoryData<string, byte[], string> Requests => new()
    {
        // what                        message                                                                    octets: length type flags sequence from, then the body
        { "switch on",                 RouteRequest.SwitchOn(2, mtu: null, 7),                                    "20000000 1000 0500 07000000 00000000  00 00 0000 02000000 01000000 01000000" },
        { "switch on with an MTU",     RouteRequest.SwitchOn(2, 1400, 7),                                         "28000000 1000 0500 07000000 00000000  00 00 0000 02000000 01000000 01000000  0800 0400 78050000" },
        { "an IPv4 address",           RouteRequest.AddAddress(3, Address("192.0.2.7"), 24, 1),                   "30000000 1400 0505 01000000 00000000  02 18 00 00 03000000  0800 0200 c0000207  0800 0100 c0000207  0800 0400 c00002ff" },
        { "a point to point address",  RouteRequest.AddAddress(3, Address("192.0.2.7"), 31, 1),                   "28000000 1400 0505 01000000 00000000  02 1f 00 00 03000000  0800 0200 c0000207  0800 0100 c0000207" },
        { "an IPv6 address",           RouteRequest.AddAddress(3, Address("2001:db8::7"), 64, 1),                 "40000000 1400 0505 01000000 00000000  0a 40 02 00 03000000  1400 0200 20010db8000000000000000000000007  1400 0100 20010db8000000000000000000000007" },
        { "one that is checked",       RouteRequest.AddAddress(3, Address("2001:db8::7"), 128, 1, isChecked: true), "40000000 1400 0505 01000000 00000000  0a 80 00 00 03000000  1400 0200 20010db8000000000000000000000007  1400 0100 20010db8000000000000000000000007" },
        { "an address away",           RouteRequest.RemoveAddress(3, Address("192.0.2.7"), 32, 1),                "28000000 1500 0500 01000000 00000000  02 20 00 00 03000000  0800 0200 c0000207  0800 0100 c0000207" },
        { "a way out",                 RouteRequest.AddDefaultRoute(3, Address("192.0.2.1"), 100, 1),             "34000000 1800 0505 01000000 00000000  02 00 00 00 fe 03 00 01 04000000  0800 0500 c0000201  0800 0400 03000000  0800 0600 64000000" },
        { "a way to a network",        RouteRequest.AddRoute(3, Address("10.0.0.0"), 8, Address("192.0.2.1"), 100, 1), "3c000000 1800 0505 01000000 00000000  02 08 00 00 fe 03 00 01 04000000  0800 0100 0a000000  0800 0500 c0000201  0800 0400 03000000  0800 0600 64000000" },
        { "a network on the link",     RouteRequest.AddRoute(3, Address("10.0.0.0"), 8, null, 100, 1),           "34000000 1800 0505 01000000 00000000  02 08 00 00 fe 03 fd 01 00000000  0800 0100 0a000000  0800 0400 03000000  0800 0600 64000000" },
        { "a way taken back",          RouteRequest.RemoveRoute(3, Address("10.0.0.0"), 8, null, 100, 1),        "34000000 1900 0500 01000000 00000000  02 08 00 00 fe 03 fd 01 00000000  0800 0100 0a000000  0800 0400 03000000  0800 0600 64000000" },
        { "all interfaces",            RouteRequest.ListLinks(7),                                                "20000000 1200 0103 07000000 00000000  00 00 0000 00000000 00000000 00000000" },
        { "all addresses of IPv6",     RouteRequest.ListAddresses(7),                                            "18000000 1600 0103 07000000 00000000  0a 00 00 00 00000000" },
        { "a way out taken back",      RouteRequest.RemoveDefaultRoute(3, Address("192.0.2.1"), 100, 1),          "34000000 1900 0500 01000000 00000000  02 00 00 00 fe 03 00 01 04000000  0800 0500 c0000201  0800 0400 03000000  0800 0600 64000000" },
    };

    [Theory, MemberData(nameof(Requests))]
    public void A_request_is_written_as_the_kernel_reads_it(string what, byte[] message, string octets) =>
        Assert.Equal((what, Convert.ToHexStringLower(Hex.Octets(octets))), (what, Convert.ToHexStringLower(message)));

    private static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        return address;
    }
}
