using System.Text;
using Riad.Dns.Tsig;
using Xunit;

namespace Riad.Dns.Tests.Tsig;

public sealed class Sha224Tests
{
    // RFC 3874 §3, and the empty string.
    [Theory]
    [InlineData("", 1, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", 1, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    [InlineData("a", 1_000_000, "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67")]
    public void Hash_is_the_one_of_the_RFC(string text, int times, string expected)
    {
        var (hash, octets) = (new Sha224(), new byte[Sha224.HashLength]);
        for (var i = 0; i < times; i++)
            hash.Append(Encoding.ASCII.GetBytes(text));
        hash.Finish(octets);
        Assert.Equal(expected, Convert.ToHexStringLower(octets));
    }

    // RFC 4231 §4: 4.2 to 4.5, 4.7 and 4.8.
    public static TheoryData<string, byte[], string, string> Macs => new()
    {
        // section                     key                    octets                           MAC
        { "4.2",                       Repeat(0x0b, 20),      "Hi There",                      "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22" },
        { "4.3 short key",             "Jefe"u8.ToArray(),    "what do ya want for nothing?",  "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44" },
        { "4.4 longer than 64 octets", Repeat(0xaa, 20),      Text(0xdd, 50),                  "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea" },
        { "4.5",                       [.. Enumerable.Range(1, 25).Select(i => (byte)i)], Text(0xcd, 50), "6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a" },
        { "4.7 key over a block",      Repeat(0xaa, 131),     "Test Using Larger Than Block-Size Key - Hash Key First", "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e" },
        { "4.8 both over a block",     Repeat(0xaa, 131),     "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.", "3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1" },
    };

    [Theory, MemberData(nameof(Macs))]
    public void Mac_is_the_one_of_the_RFC_also_the_second_time(string section, byte[] key, string text, string expected)
    {
        var (hmac, mac) = (new HmacSha224(key), new byte[Sha224.HashLength]);
        for (var time = 0; time < 2; time++)
        {
            hmac.Append(Encoding.Latin1.GetBytes(text));
            hmac.Finish(mac);
            Assert.True(expected == Convert.ToHexStringLower(mac), section);
        }
    }

    [Fact]
    public void Hash_does_not_depend_on_how_the_octets_are_cut()
    {
        var (octets, whole, parts) = (Enumerable.Range(0, 300).Select(i => (byte)i).ToArray(), new byte[Sha224.HashLength], new byte[Sha224.HashLength]);
        var hash = new Sha224();
        hash.Append(octets);
        hash.Finish(whole);
        for (var cut = 0; cut <= octets.Length; cut++)
        {
            hash.Append(octets.AsSpan(0, cut));
            hash.Append(octets.AsSpan(cut));
            hash.Finish(parts);
            Assert.Equal(whole, parts);
        }
    }

    private static byte[] Repeat(byte octet, int times) => [.. Enumerable.Repeat(octet, times)];

    private static string Text(byte octet, int times) => Encoding.Latin1.GetString(Repeat(octet, times));
}
