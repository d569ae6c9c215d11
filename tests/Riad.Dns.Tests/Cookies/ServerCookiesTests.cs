using System.Text;
using Riad.Core;
using Riad.Dns.Cookies;
using Xunit;

namespace Riad.Dns.Tests.Cookies;

public sealed class ServerCookiesTests
{
    private const string Secret = "e5e973e5a6b2a43f48e7dc849e37bfcf";

    // RFC 9018 appendix A; BIND, Knot, NSD and Unbound pass the same.
    public static TheoryData<string, string, string, uint, string, string> Appendix => new()
    {
        // section                      client address                          client cookie       time        secret                              server cookie
        { "A.1 learning a cookie",      "198.51.100.100",                       "2464c4abcf10c957", 1559731985, Secret,                             "010000005cf79f111f8130c3eee29480" },
        { "A.2 a renewed cookie",       "198.51.100.100",                       "2464c4abcf10c957", 1559734385, Secret,                             "010000005cf7a871d4a564a1442aca77" },
        { "A.3 the answer's cookie",    "203.0.113.203",                        "fc93fc62807ddb86", 1559734700, Secret,                             "010000005cf7a9acf73a7810aca2381e" },
        { "A.4 the old secret",         "2001:db8:220:1:59de:d0f4:8769:82b8",   "22681ab97d52c298", 1559741817, "dd3bdf9344b678b185a6f5cb60fca715", "010000005cf7c57926556bd0934c72f8" },
        { "A.4 the new secret",         "2001:db8:220:1:59de:d0f4:8769:82b8",   "22681ab97d52c298", 1559741961, "445536bcd2513298075a5d379663c962", "010000005cf7c609a6bb79d16625507a" },
    };

    [Theory, MemberData(nameof(Appendix))]
    public void Cookie_is_the_one_of_the_RFC(string section, string address, string client, uint time, string secret, string server)
    {
        var option = new byte[ServerCookies.OptionLength];
        new ServerCookies(Key(secret)).Make(Convert.FromHexString(client), Address(address), time, option);
        Assert.True(client + server == Convert.ToHexStringLower(option), $"{section}: {Convert.ToHexStringLower(option)}");
    }

    // RFC 9018 A.3: the reserved octets are not zero, and are hashed as they came.
    [Fact]
    public void Reserved_octets_are_hashed_as_they_came() =>
        Assert.Equal(CookieVerdict.Good, new ServerCookies(Key(Secret)).Verify(
            Convert.FromHexString("fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5"), Address("203.0.113.203"), 0x5cf78f71 + 60));

    public static TheoryData<string, int, CookieVerdict> Ages => new()
    {
        // why                              seconds since the cookie was made
        { "fresh",                          0,          CookieVerdict.Good },
        { "half an hour",                   1800,       CookieVerdict.Good },
        { "over half an hour",              1801,       CookieVerdict.GoodButOld },
        { "an hour",                        3600,       CookieVerdict.GoodButOld },
        { "over an hour",                   3601,       CookieVerdict.Bad },
        { "five minutes ahead",             -300,       CookieVerdict.Good },
        { "over five minutes ahead",        -301,       CookieVerdict.Bad },
        { "half way round the circle",      int.MinValue, CookieVerdict.Bad },
    };

    [Theory, MemberData(nameof(Ages))]
    public void Age_decides(string why, int age, CookieVerdict verdict)
    {
        foreach (var made in (uint[])[1559731985, 100, uint.MaxValue - 100]) // the last two wrap around in 2106
        {
            var (cookies, option) = (new ServerCookies(Key(Secret)), new byte[ServerCookies.OptionLength]);
            cookies.Make(new byte[8], Address("192.0.2.1"), made, option);
            Assert.True(verdict == cookies.Verify(option, Address("192.0.2.1"), unchecked(made + (uint)age)), why);
        }
    }

    [Theory]
    [InlineData(0, CookieVerdict.Malformed)]
    [InlineData(7, CookieVerdict.Malformed)]
    [InlineData(8, CookieVerdict.ClientOnly)]
    [InlineData(15, CookieVerdict.Malformed)]
    [InlineData(16, CookieVerdict.Bad)]
    [InlineData(24, CookieVerdict.Bad)]
    [InlineData(40, CookieVerdict.Bad)]
    [InlineData(41, CookieVerdict.Malformed)]
    public void Length_decides_first(int length, CookieVerdict verdict) =>
        Assert.Equal(verdict, new ServerCookies(Key(Secret)).Verify(new byte[length], Address("192.0.2.1"), 0));

    [Fact]
    public void Another_address_another_client_and_every_changed_bit_are_refused()
    {
        var (cookies, option) = (new ServerCookies(Key(Secret)), new byte[ServerCookies.OptionLength]);
        cookies.Make("12345678"u8, Address("192.0.2.1"), 1000, option);
        Assert.Equal(CookieVerdict.Good, cookies.Verify(option, Address("192.0.2.1"), 1000));
        Assert.Equal(CookieVerdict.Bad, cookies.Verify(option, Address("192.0.2.2"), 1000));
        for (var bit = 0; bit < option.Length * 8; bit++)
        {
            var changed = option.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(CookieVerdict.Bad, cookies.Verify(changed, Address("192.0.2.1"), 1000));
        }
    }

    [Fact]
    public void Cookie_of_the_previous_secret_is_good_and_renewed()
    {
        var option = new byte[ServerCookies.OptionLength];
        new ServerCookies(Key(Secret)).Make(new byte[8], Address("::1"), 1000, option);
        var after = Key("445536bcd2513298075a5d379663c962");
        Assert.Equal(CookieVerdict.GoodButOld, new ServerCookies(after, Key(Secret)).Verify(option, Address("::1"), 1000));
        Assert.Equal(CookieVerdict.Bad, new ServerCookies(after).Verify(option, Address("::1"), 1000));
    }

    [Fact]
    public void Option_may_be_renewed_in_place()
    {
        var (cookies, option) = (new ServerCookies(Key(Secret)), new byte[ServerCookies.OptionLength]);
        cookies.Make(new byte[8], Address("::1"), 1000, option);
        cookies.Make(option, Address("::1"), 5000, option);
        Assert.Equal(CookieVerdict.Good, cookies.Verify(option, Address("::1"), 5000));
    }

    [Fact]
    public void Verifying_allocates_nothing()
    {
        var (cookies, option) = (new ServerCookies(Key(Secret)), new byte[ServerCookies.OptionLength]);
        Assert.Equal(0, Allocated.EachTime(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                cookies.Make(option, new(new IPv4Address(1)), 1000, option);
                cookies.Verify(option, new(new IPv4Address(1)), 1000);
            }
        }));
    }

    [Theory]
    [InlineData("e5e973e5a6b2a43f48e7dc849e37bf")]
    [InlineData("e5e973e5a6b2a43f48e7dc849e37bfcfcf")]
    [InlineData("x5e973e5a6b2a43f48e7dc849e37bfcf")]
    [InlineData("")]
    public void Secret_has_32_hexadecimal_digits(string text) => Assert.False(CookieSecret.TryParse(text, out _));

    private static CookieSecret Key(string text) => CookieSecret.TryParse(text, out var secret) ? secret : throw new ArgumentException(text, nameof(text));

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));
}
