using System.Text;
using Riad.Core;
using Riad.Dns.Notify;
using Riad.Dns.Tests.Tsig;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Dns.Tests.Notify;

public sealed class NotifyTargetsTests
{
    private static readonly Zone Org = ZoneText.Zone("example.org",
        """
        @ SOA ns0 h 7 1 1 1 1
        @ NS ns0
        @ NS ns1
        @ NS ns2.example.net.
        @ NS ns3.example.com.
        @ NS ns4.example.com.
        ns0 A 192.0.2.1
        ns1 A 192.0.2.2
        ns1 AAAA 2001:db8::2
        """);

    private static readonly Zone Net = ZoneText.Zone("example.net",
        """
        @ SOA ns h 1 1 1 1 1
        @ NS ns
        ns A 192.0.2.9
        ns2 A 192.0.2.3
        """);

    private static readonly Seq<NotifyHint> Hints = [new(TsigVectors.Name("ns3.example.com"), Address("192.0.2.4")), new(TsigVectors.Name("ns2.example.net"), Address("192.0.2.99"))];

    public static TheoryData<string[], string[], string> Targets => new()
    {
        // keys                                                          given                     who is told
        { [],                                                            [],                       "192.0.2.2:53 192.0.2.3:53 192.0.2.4:53 [2001:db8::2]:53" },
        { ["192.0.2.1.192.0.2.7._transfer.example.org"],                 [],                       "192.0.2.2:53 192.0.2.3:53 192.0.2.4:53 192.0.2.7:53+192.0.2.1.192.0.2.7._transfer.example.org [2001:db8::2]:53" },
        { ["192.0.2.1.192.0.2.2._transfer"],                             [],                       "192.0.2.2:53+192.0.2.1.192.0.2.2._transfer 192.0.2.3:53 192.0.2.4:53 [2001:db8::2]:53" },
        { ["192.0.2.1.192.0.2.2._transfer", "192.0.2.1.192.0.2.2._transfer.example.org"], [],      "192.0.2.2:53+192.0.2.1.192.0.2.2._transfer.example.org 192.0.2.3:53 192.0.2.4:53 [2001:db8::2]:53" },
        { ["192.0.2.1.192.0.2.7._transfer.org", "192.0.2.1._transfer.example.org", "x._transfer"], [], "192.0.2.2:53 192.0.2.3:53 192.0.2.4:53 [2001:db8::2]:53" },
        { ["192.0.2.1.192.0.2.7._transfer"],                             ["192.0.2.7:53", "192.0.2.8:5353"], "192.0.2.2:53 192.0.2.3:53 192.0.2.4:53 192.0.2.7:53+192.0.2.1.192.0.2.7._transfer 192.0.2.8:5353 [2001:db8::2]:53" },
    };

    [Theory, MemberData(nameof(Targets))]
    public void Name_servers_but_the_primary_are_told_and_those_of_keys_and_those_given(string[] keys, string[] given, string expected)
    {
        var targets = new NotifyTargets(
            ZoneSet.Empty.With([Org, Net]), TsigKeys.Create(keys.Select(name => TsigVectors.Key(name: name))), [.. given.Select(text => new NotifyTarget(At(text), null))]);
        var found = targets.Find(Org, Hints);
        Assert.Equal(expected, string.Join(' ', found.Targets.Select(target => target.Key is null ? $"{target.Endpoint}" : $"{target.Endpoint}+{target.Key.Name.ToStringWithoutFinalDot()}")));
        Assert.Equal([TsigVectors.Name("ns4.example.com")], found.Names);
        Assert.Equal((Org.Apex, 7u), (found.Apex, found.Soa.Serial.Value));
    }

    [Fact]
    public void Server_on_loopback_tells_those_on_loopback_and_those_given()
    {
        var keys = TsigKeys.Create([TsigVectors.Key(name: "127.0.0.1.127.0.0.2._transfer"), TsigVectors.Key(name: "192.0.2.1.192.0.2.7._transfer")]);
        var found = new NotifyTargets(ZoneSet.Empty.With([Org, Net]), keys, [new NotifyTarget(At("192.0.2.8:53"), null)], onlyLoopback: true).Find(Org, Hints);
        Assert.Equal(["127.0.0.2:53", "192.0.2.8:53"], found.Targets.Select(target => target.Endpoint.ToString()));
        Assert.Empty(found.Names);
    }

    [Fact]
    public void Primary_by_another_name_and_ourselves_are_not_told()
    {
        var zone = ZoneText.Zone("example.org",
            """
            @ SOA hidden h 7 1 1 1 1
            @ NS ns1
            @ NS ns2
            @ NS ns3
            hidden A 192.0.2.1
            ns1 A 192.0.2.1
            ns1 AAAA 2001:db8::1
            ns2 A 192.0.2.2
            ns3 A 192.0.2.3
            """);
        var found = new NotifyTargets(ZoneSet.Empty.With(zone), TsigKeys.None, [], own: [At("192.0.2.2:5300"), At("192.0.2.3:53"), At("[2001:db8::1]:53")]).Find(zone, []);
        Assert.Equal(["192.0.2.2:53"], found.Targets.Select(target => target.Endpoint.ToString()));
        Assert.Empty(found.Names);
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));

    private static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text, nameof(text));
}
