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

    [Fact]
    public void Several_keys_of_which_none_is_named_for_the_zone_leave_it_undecided()
    {
        var choice = new PrimaryChoice([Endpoint("192.0.2.1:0")], keyName: null, tlsName: null);

        Assert.True(choice.IsUndecided(Name("example.org"), Keys("a b")));
        Assert.False(choice.IsUndecided(Name("example.org"), Keys("a")));
        Assert.False(choice.IsUndecided(Name("example.org"), Keys("")));
        Assert.False(choice.IsUndecided(Name("example.org"), Keys("a b._transfer.org")));
    }

    private static TsigKeys Keys(string names) => TsigKeys.Create(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new TsigKey(Name(name), TsigAlgorithm.HmacSha256, Secret())));

    private static TsigSecret Secret() => TsigSecret.TryCreate(Encoding.ASCII.GetBytes("an octet string"), out var secret) ? secret : throw new InvalidOperationException();

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    private static IpEndpoint Endpoint(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text);
}
