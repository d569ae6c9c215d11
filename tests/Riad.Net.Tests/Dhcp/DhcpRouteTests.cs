using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Net.Dhcp;
using IPv4Address = Riad.Core.IPv4Address;

namespace Riad.Net.Tests.Dhcp;

public sealed class DhcpRouteTests
{
    public static TheoryData<string, string, string> Routes => new()
    {
        // why                                   octets                                               ways
        { "RFC 3442: a class A network",         "08 0a 0a110001",                                    "10.0.0.0/8 by 10.17.0.1" },
        { "RFC 3442: more than an octet",        "18 0a0000 0a110001",                                "10.0.0.0/24 by 10.17.0.1" },
        { "RFC 3442: within an octet",           "19 0a810000 0a110001",                              "10.129.0.0/25 by 10.17.0.1" },
        { "RFC 3442: a host",                    "20 0a110001 0a110002",                              "10.17.0.1/32 by 10.17.0.2" },
        { "everything",                          "00 c0000201",                                       "0.0.0.0/0 by 192.0.2.1" },
        { "on the link",                         "18 c63364 00000000",                                "198.51.100.0/24 by nobody" },
        { "bits beyond the prefix",              "19 c63364ff c0000201",                              "198.51.100.128/25 by 192.0.2.1" },
        { "two",                                 "18 c63364 c0000202 00 c0000201",                    "198.51.100.0/24 by 192.0.2.2 0.0.0.0/0 by 192.0.2.1" },
        { "one twice: the first counts",         "08 0a c0000202 08 0a c0000203",                     "10.0.0.0/8 by 192.0.2.2" },
        { "nothing",                             "",                                                  "" },
        { "a prefix of 33 bits",                 "21 0a110001 0a110002",                              "" },
        { "cut short in the network",            "18 c633",                                           "" },
        { "cut short in the router",             "00 c00002",                                         "" },
        { "no router at all",                    "18 c63364",                                         "" },
        { "a multicast router",                  "00 e0000001",                                       "" },
        { "loopback as router",                  "00 7f000001",                                       "" },
        { "a good one before what is none",      "00 c0000201 21",                                    "" },
    };

    [Theory, MemberData(nameof(Routes))]
    public void Ways_are_read_all_or_none(string why, string octets, string ways)
    {
        Assert.Equal((why, ways.Length > 0), (why, DhcpRoute.TryReadAll(Hex.Octets(octets), out var routes)));
        Assert.Equal((why, ways), (why, routes.ToString()));
    }

    [Fact]
    public void Of_very_many_ways_the_first_are_taken()
    {
        byte[] octets = [.. Enumerable.Range(0, 200).SelectMany(number => (byte[])[24, 10, 0, (byte)number, 192, 0, 2, 1])];

        Assert.True(DhcpRoute.TryReadAll(octets, out var routes));
        Assert.Equal((DhcpRoute.MaxRoutes, "10.0.63.0/24 by 192.0.2.1"), (routes.Count, routes[^1].ToString()));
    }

    [Fact]
    public void Read_undoes_write() => Prop.ForAll<uint, byte, uint>((bits, length, router) =>
    {
        var prefix = length % 33;
        var destination = new IPv4Address(prefix == 0 ? 0 : bits & (uint.MaxValue << (32 - prefix)));
        var gateway = new IPv4Address(0x0a00_0001 | (router & 0x00ff_ffff));
        byte[] octets = [(byte)prefix, .. Octets(destination)[..((prefix + 7) / 8)], .. Octets(gateway)];

        return DhcpRoute.TryReadAll(octets, out var routes) && routes == [new DhcpRoute(destination, prefix, gateway)];
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
        DhcpRoute.TryReadAll(octets, out var routes) == (routes.Count is > 0 and <= DhcpRoute.MaxRoutes)).QuickCheckThrowOnFailure();

    private static byte[] Octets(IPv4Address address) => [(byte)(address.Value >> 24), (byte)(address.Value >> 16), (byte)(address.Value >> 8), (byte)address.Value];
}
