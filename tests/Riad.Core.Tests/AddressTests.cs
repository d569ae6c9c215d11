using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Xunit;

namespace Riad.Core.Tests;

public sealed class AddressTests
{
    public static TheoryData<string, string> RoundTrip => new()
    {
        // why                        text
        { "IPv4",                     "192.0.2.1" },
        { "IPv4, all bits",           "255.255.255.255" },
        { "IPv6",                     "2001:db8::1" },
        { "IPv6, any",                "::" },
        { "IPv6, gap at the end",     "2001:db8::" },
        { "IPv6, eight groups",       "2001:db8:1:2:3:4:5:6" },
        { "IPv6, mapped",             "::ffff:192.0.2.1" },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "empty",                    "" },
        { "three parts",              "192.0.2" },
        { "five parts",               "192.0.2.1.5" },
        { "too large",                "192.0.2.256" },
        { "leading zero",             "192.0.2.01" },
        { "two gaps",                 "2001::db8::1" },
        { "nine groups",              "1:2:3:4:5:6:7:8:9" },
        { "seven groups",             "1:2:3:4:5:6:7" },
        { "gap that stands for none", "1:2:3:4::5:6:7:8" },
        { "five digits",              "12345::" },
        { "zone",                     "fe80::1%eth0" },
        { "lone colon at the start",  ":1:2:3:4:5:6:7" },
        { "lone colon at the end",    "1:2:3:4:5:6:7:" },
        { "IPv4 in the middle",       "::192.0.2.1:1" },
        { "triple colon",             ":::" },
    };

    [Theory, MemberData(nameof(RoundTrip))]
    public void Text_survives_reading_and_writing(string why, string text)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address), why);
        Assert.Equal(text, address.ToString());
    }

    [Theory, MemberData(nameof(Refused))]
    public void Bad_text_is_refused(string why, string text) =>
        Assert.False(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out _), why);

    [Fact]
    public void Every_IPv6_address_survives_its_text() => Prop.ForAll<ulong, ulong>((upper, lower) =>
    {
        var address = new IPv6Address(upper & 0xffff_0000_ffff_0000, lower);
        return IPv6Address.TryParse(Encoding.ASCII.GetBytes(address.ToString()), out var read) && read == address;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        _ = IpAddress.TryParse(octets, out _);
        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("127.0.0.1:53", true)]
    [InlineData("[::1]:53", true)]
    [InlineData("::1:53", false)]
    [InlineData("[127.0.0.1]:53", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1:65536", false)]
    [InlineData("127.0.0.1:+1", false)]
    public void Endpoint_needs_a_port_and_brackets_around_IPv6(string text, bool good)
    {
        Assert.Equal(good, IpEndpoint.TryParse(text, out var endpoint));
        if (good)
            Assert.Equal(text, endpoint.ToString());
    }

    [Theory]
    [InlineData("192.0.2.77", 24, "192.0.2.0")]
    [InlineData("192.0.2.77", 0, "0.0.0.0")]
    [InlineData("192.0.2.77", 32, "192.0.2.77")]
    [InlineData("2001:db8:1:2ff::7", 56, "2001:db8:1:200::")]
    [InlineData("2001:db8::7", 0, "::")]
    public void Network_keeps_the_leading_bits(string text, int bits, string network)
    {
        Assert.True(IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        Assert.Equal(network, address.Network(bits).ToString());
    }
}
