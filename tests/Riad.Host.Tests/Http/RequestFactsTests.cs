using Riad.Core;
using Riad.Host.Http;
using Xunit;

namespace Riad.Host.Tests.Http;

public sealed class RequestFactsTests
{
    public static TheoryData<string, string, bool> Hosts => new()
    {
        // why                                   Host                          is foreign
        { "as it listens",                       "127.0.0.1:8310",             false },
        { "another address of loopback",         "127.0.0.2:8310",             false },
        { "IPv6",                                "[::1]:8310",                 false },
        { "IPv4 inside IPv6",                    "[::ffff:127.0.0.1]:8310",    false },
        { "by name",                             "localhost:8310",             false },
        { "by name, in capitals",                "LOCALHOST:8310",             false },
        { "by ssh -L 8080:localhost:8310",       "localhost:8080",             false },
        { "without a port",                      "localhost",                  false },
        { "an address without a port",           "[::1]",                      false },
        { "a rebound name",                      "evil.example:8310",          true },
        { "one that begins alike",               "localhost.evil.example",     true },
        { "one that begins as an address",       "127.0.0.1.evil.example:8310", true },
        { "one that ends alike",                 "evil.localhost:8310",        true },
        { "an address outside",                  "192.0.2.1:8310",             true },
        { "IPv6 without brackets",               "::1",                        true },
        { "IPv4 in brackets",                    "[127.0.0.1]:8310",           true },
        { "no port after the colon",             "localhost:",                 true },
        { "a port that is none",                 "localhost:8310x",            true },
        { "two ports",                           "localhost:8310:8310",        true },
        { "nothing",                             "",                           true },
    };

    [Theory, MemberData(nameof(Hosts))]
    public void A_rebound_name_is_neither_localhost_nor_an_address_of_loopback(string why, string host, bool isForeign)
    {
        var facts = new RequestFacts { Peer = new(new IPv4Address(0x7f00_0001)), Port = 8310, Host = host };

        Assert.Equal((why, isForeign), (why, facts.FindForeignHost("--users FILE") is not null));
    }
}
