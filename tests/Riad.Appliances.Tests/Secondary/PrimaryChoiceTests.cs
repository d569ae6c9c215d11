using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.DnsSecondary.Following;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>Whom a zone comes from, and with which key.</summary>
public sealed class PrimaryChoiceTests
{
    public static TheoryData<string, string[], string, string?, string?, string[]> Choices => new()
    {
        // why                                  --primary           keys                                                         --key      --tls      primaries of www.example.org
        { "one key needs no --key",             ["192.0.2.1:0"],    "xfr",                                                       null,      null,      ["192.0.2.1:53 xfr."] },
        { "the port that was written",          ["192.0.2.1:5300"], "xfr",                                                       null,      null,      ["192.0.2.1:5300 xfr."] },
        { "TLS has a port of its own",          ["192.0.2.1:0"],    "xfr",                                                       null,      "ns.test", ["192.0.2.1:853 xfr."] },
        { "--key says which",                   ["192.0.2.1:0"],    "a b",                                                       "b",       null,      ["192.0.2.1:53 b."] },
        { "no keys, nothing is signed",         ["192.0.2.1:0"],    "",                                                          null,      null,      ["192.0.2.1:53 -"] },
        { "several primaries",                  ["192.0.2.1:0", "192.0.2.2:0"], "xfr",                                           null,      null,      ["192.0.2.1:53 xfr.", "192.0.2.2:53 xfr."] },
        { "the key of the closest zone",        ["192.0.2.1:0"],    "x._transfer y._transfer.org z._transfer.example.org",       null,      null,      ["192.0.2.1:53 z._transfer.example.org."] },
        { "a key of another zone is none",      ["192.0.2.1:0"],    "x._transfer.example.com y._transfer.org",                   null,      null,      ["192.0.2.1:53 y._transfer.org."] },
        { "a key that may only notify is none", ["192.0.2.1:0"],    "x._notify.example.org y._transfer.org",                     null,      null,      ["192.0.2.1:53 y._transfer.org."] },
        { "a key's name tells the primary",     [],                 "192.0.2.9._transfer.example.org",                           null,      null,      ["192.0.2.9:53 192.0.2.9._transfer.example.org."] },
        { "and with two addresses, the first",  [],                 "192.0.2.9.192.0.2.8._transfer",                             null,      null,      ["192.0.2.9:53 192.0.2.9.192.0.2.8._transfer."] },
        { "nothing says it",                    [],                 "xfr",                                                       null,      null,      [] },
    };

    [Theory, MemberData(nameof(Choices))]
    public void Primaries_and_keys_follow_from_options_and_the_names_of_keys(string why, string[] given, string keys, string? key, string? tls, string[] expected)
    {
        var choice = new PrimaryChoice([.. given.Select(Endpoint)], key is null ? null : Name(key), tls);

        var primaries = choice.Of(Name("www.example.org"), Keys(keys));

        Assert.Equal((why, string.Join(", ", expected)), (why, string.Join(", ", primaries.Select(server => $"{server.Endpoint} {server.Key?.ToString() ?? "-"}"))));
        Assert.All(primaries, server => Assert.Equal(tls, server.TlsName));
    }

    public static TheoryData<string, string[], string, string> Reasons => new()
    {
        // why                                        --primary         keys                    reason
        { "several keys, none named for the zone",    ["192.0.2.1:0"],  "a b",                  "--keys holds several keys, and none is named for example.org; say which one signs with --key NAME" },
        { "one may only notify",                      ["192.0.2.1:0"],  "a._notify.example.org b", "--keys holds several keys, and none is named for example.org; say which one signs with --key NAME" },
        { "one key",                                  ["192.0.2.1:0"],  "a",                    "" },
        { "no keys",                                  ["192.0.2.1:0"],  "",                     "" },
        { "one is named for it",                      ["192.0.2.1:0"],  "a b._transfer.org",    "" },
        { "nothing names a primary",                  [],               "a b",                  "nothing says where example.org comes from; write --primary ADDRESS" },
    };

    [Theory, MemberData(nameof(Reasons))]
    public void A_zone_without_a_primary_or_without_a_key_where_there_are_keys_is_not_to_be_followed(string why, string[] given, string keys, string reason)
    {
        var isChosen = new PrimaryChoice([.. given.Select(Endpoint)], keyName: null, tlsName: null).TryChoose(Name("example.org"), Keys(keys), out _, out var told);

        Assert.Equal((why, reason.Length == 0, reason), (why, isChosen, told));
    }

    private static TsigKeys Keys(string names) => TsigKeys.Create(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new TsigKey(Name(name), TsigAlgorithm.HmacSha256, Secret())));

    private static TsigSecret Secret() => TsigSecret.TryCreate(Encoding.ASCII.GetBytes("an octet string"), out var secret) ? secret : throw new InvalidOperationException();

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    private static IpEndpoint Endpoint(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text);
}
