using System.Text;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

/// <summary>The vectors of RFC 9460 appendix D, and of the RFCs that added keys.</summary>
public sealed class ServiceParametersTests
{
    public static TheoryData<string, string, string> Good => new()
    {
        // figure                                   text                                        octets
        { "D.1 figure 2: alias mode",               "0 foo.example.com.",                       "0000 03666f6f076578616d706c6503636f6d00" },
        { "D.2 figure 3: target is the root",       "1 .",                                      "0001 00" },
        { "D.2 figure 4: a port",                   "16 foo.example.com. port=53",              "0010 03666f6f076578616d706c6503636f6d00 0003 0002 0035" },
        { "D.2 figure 5: a key by number",          "1 foo.example.com. key667=hello",          "0001 03666f6f076578616d706c6503636f6d00 029b 0005 68656c6c6f" },
        { "D.2 figure 6: quoted, with an escape",   "1 foo.example.com. key667=\"hello\\210qoo\"", "0001 03666f6f076578616d706c6503636f6d00 029b 0009 68656c6c6fd2716f6f" },
        { "D.2 figure 7: two IPv6 hints",           "1 foo.example.com. ipv6hint=\"2001:db8::1,2001:db8::53:1\"", "0001 03666f6f076578616d706c6503636f6d00 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001" },
        { "D.2 figure 8: IPv4 inside IPv6",         "1 example.com. ipv6hint=\"2001:db8:122:344::192.0.2.33\"", "0001 076578616d706c6503636f6d00 0006 0010 20010db8012203440000 0000c0000221" },
        { "D.2 figure 9: keys are sorted",          "16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1", "0010 03666f6f076578616d706c65036f726700 0000 0004 0001 0004 0001 0009 02683205 68332d3139 0004 0004 c0000201" },
        { "D.2 figure 10: comma and backslash",     "16 foo.example.org. alpn=\"f\\\\\\\\oo\\\\,bar,h2\"", "0010 03666f6f076578616d706c65036f726700 0001 000c 08665c6f6f2c626172 026832" },
        { "D.2 figure 10: the same by numbers",     "16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2", "0010 03666f6f076578616d706c65036f726700 0001 000c 08665c6f6f2c626172 026832" },
        { "RFC 9461: a DoH path",                   "1 dns.example. alpn=h2 dohpath=/dns-query{?dns}", "0001 03646e73076578616d706c6500 0001 0003 026832 0007 0010 2f646e732d71756572797b3f646e737d" },
        { "RFC 9540: an oblivious gateway",         "1 . ohttp",                                "0001 00 0008 0000" },
        { "no default protocol",                    "1 . alpn=h3 no-default-alpn",              "0001 00 0001 0003 026833 0002 0000" },
        { "no default protocol, empty value",       "1 . alpn=h3 no-default-alpn=\"\"",         "0001 00 0001 0003 026833 0002 0000" },
        { "a known key by number",                  "1 . key3=\\000\\053",                      "0001 00 0003 0002 0035" },
        { "an unknown key without a value",         "1 . key667",                               "0001 00 029b 0000" },
    };

    [Theory, MemberData(nameof(Good))]
    public void Vector_is_read_and_survives_printing(string figure, string text, string octets)
    {
        var expected = octets.Replace(" ", "", StringComparison.Ordinal);
        Assert.True(RecordText.TryParse(RrTypes.Svcb, text, null, out var rdata, out var error), $"{figure}: {error}");
        Assert.Equal(expected, Convert.ToHexStringLower(rdata));
        Assert.True(RecordText.TryParse(RrTypes.Https, RecordText.Print(RrTypes.Https, rdata), null, out var again, out error), $"{figure}: {error}");
        Assert.Equal(expected, Convert.ToHexStringLower(again));
    }

    public static TheoryData<string, string, int, RdataFault> Refused => new()
    {
        // figure                                   text                                                word    fault
        { "D.3 figure 11: a key twice",             "1 foo.example.com. key123=abc key123=def",         3,      RdataFault.ParameterTwice },
        { "D.3 figure 12: mandatory, no value",     "1 foo.example.com. mandatory",                     2,      RdataFault.Mandatory },
        { "D.3 figure 12: alpn, no value",          "1 foo.example.com. alpn",                          2,      RdataFault.Alpn },
        { "D.3 figure 12: port, no value",          "1 foo.example.com. port",                          2,      RdataFault.Port },
        { "D.3 figure 12: ipv4hint, no value",      "1 foo.example.com. ipv4hint",                      2,      RdataFault.IPv4Hint },
        { "D.3 figure 12: ipv6hint, no value",      "1 foo.example.com. ipv6hint",                      2,      RdataFault.IPv6Hint },
        { "D.3 figure 13: a value too many",        "1 foo.example.com. no-default-alpn=abc",           2,      RdataFault.ParameterWithValue },
        { "D.3 figure 14: mandatory and absent",    "1 foo.example.com. mandatory=key123",              2,      RdataFault.MandatoryAbsent },
        { "D.3 figure 15: mandatory of itself",     "1 foo.example.com. mandatory=mandatory",           2,      RdataFault.Mandatory },
        { "D.3 figure 16: mandatory lists twice",   "1 foo.example.com. mandatory=key123,key123 key123=abc", 2, RdataFault.Mandatory },
        { "alias with parameters",                  "0 foo.example.com. port=53",                       2,      RdataFault.ParameterOfAlias },
        { "no-default-alpn alone",                  "1 . port=53 no-default-alpn",                      3,      RdataFault.AlpnAbsent },
        { "leading zero in a number",               "1 . key0667=a",                                    2,      RdataFault.ParameterKey },
        { "the reserved key",                       "1 . key65535=a",                                   2,      RdataFault.ParameterKey },
        { "an unknown name",                        "1 . colour=blue",                                  2,      RdataFault.ParameterKey },
        { "upper case",                             "1 . ALPN=h2",                                      2,      RdataFault.ParameterKey },
        { "port too large",                         "1 . port=65536",                                   2,      RdataFault.Port },
        { "empty protocol",                         "1 . alpn=h2,,h3",                                  2,      RdataFault.Alpn },
        { "IPv6 among IPv4",                        "1 . ipv4hint=192.0.2.1,::1",                       2,      RdataFault.IPv4Hint },
        { "ech that is not Base64",                 "1 . ech=%%%",                                      2,      RdataFault.Ech },
        { "dohpath without the variable",           "1 . dohpath=/dns-query",                           2,      RdataFault.DohPath },
        { "dohpath that is not absolute",           "1 . dohpath=dns-query{?dns}",                      2,      RdataFault.DohPath },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Vector_is_refused_at_its_word(string figure, string text, int word, RdataFault fault)
    {
        Assert.False(RecordText.TryParse(RrTypes.Svcb, text, null, out _, out var error), figure);
        Assert.Equal((fault, word), (error.Fault, error.Token));
        Assert.DoesNotContain("is not readable", error.Describe(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> MalformedOctets => new()
    {
        { "keys descend",               "0001 00 0004 0004 c0000201 0003 0002 0035" },
        { "a key twice",                "0001 00 0003 0002 0035 0003 0002 0035" },
        { "value past the end",         "0001 00 0003 0003 0035" },
        { "port of one octet",          "0001 00 0003 0001 35" },
        { "mandatory descends",         "0001 00 0000 0004 0004 0003 0003 0002 0035 0004 0004 c0000201" },
        { "mandatory and absent",       "0001 00 0000 0002 0003" },
        { "protocol of no octets",      "0001 00 0001 0001 00" },
        { "key 65535",                  "0001 00 ffff 0000" },
        { "compressed target",          "0001 c00c" },
    };

    [Theory, MemberData(nameof(MalformedOctets))]
    public void Malformed_octets_are_refused(string why, string octets) =>
        Assert.False(RdataWire.TryValidate(RrTypes.Svcb, Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal)), out _), why);

    [Fact]
    public void Alias_with_parameters_is_understood_on_the_wire_and_printed_in_the_generic_form()
    {
        var rdata = Convert.FromHexString("0000000003000200 35".Replace(" ", "", StringComparison.Ordinal));
        Assert.True(RdataWire.TryValidate(RrTypes.Svcb, rdata, out _));
        Assert.Equal("\\# 9 000000000300020035", RecordText.Print(RrTypes.Svcb, rdata));
    }
}
