using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Zones;

public sealed class ZoneTests
{
    private const string Example = """
        @ SOA ns1 hostmaster 2026112101 7200 3600 1209600 300
        @ NS ns1
        @ NS ns.elsewhere.test.
        @ MX 10 Mail.Other
        ns1 A 192.0.2.1
        ns1 AAAA 2001:db8::1
        a.b.c 60 TXT "deep"
        a.b.c 30 TXT "deeper"
        sub NS ns1.sub
        sub NS ns2.sub
        ns1.sub A 192.0.2.53
        ns2.sub A 192.0.2.54
        WWW CNAME ns1
        old DNAME new.example.test.
        x.old A 192.0.2.66
        * A 192.0.2.99
        """;

    private static readonly Zone Zone = ZoneText.Zone("example.test.", Example);

    public static TheoryData<string, string, string> Lookups => new()
    {
        // name                  type    expected
        { "ns1",                 "A",    "Found 3600 192.0.2.1" },
        { "NS1",                 "A",    "Found 3600 192.0.2.1" },
        { "a.b.c",               "A",    "NoData" },
        { "b.c",                 "A",    "NoData" },
        { "c",                   "A",    "NoData" },
        { "anything",            "A",    "Found 3600 192.0.2.99" },
        { "any.thing",           "A",    "Found 3600 192.0.2.99" },
        { "any.c",               "A",    "NameError" },
        { "*",                   "A",    "Found 3600 192.0.2.99" },
        { "www",                 "A",    "Alias ns1.example.test." },
        { "sub",                 "A",    "Delegation sub.example.test. ns1.sub.example.test. ns2.sub.example.test." },
        { "ns1.sub",             "A",    "Delegation sub.example.test. ns1.sub.example.test. ns2.sub.example.test." },
        { "x.y.sub",             "A",    "Delegation sub.example.test. ns1.sub.example.test. ns2.sub.example.test." },
        { "old",                 "A",    "NoData" },
        { "x.old",               "A",    "Redirection old.example.test. new.example.test. x.new.example.test." },
        { "example.org.",        "A",    "OutsideZone" },
        { "test.",               "A",    "OutsideZone" },
    };

    [Theory, MemberData(nameof(Lookups))]
    public void A_typed_lookup_follows_the_algorithm(string name, string type, string expected)
    {
        Assert.Equal("A", type);
        var answer = Zone.Lookup(ZoneText.Name(name, Zone.Apex), RrTypes.A);
        Assert.Equal(expected, answer switch
        {
            Lookup<RrSet<IPv4Address>>.Found(var set) => $"Found {set.Ttl} {set.Values}",
            Lookup<RrSet<IPv4Address>>.NoData => "NoData",
            Lookup<RrSet<IPv4Address>>.NameError => "NameError",
            Lookup<RrSet<IPv4Address>>.Alias(_, var target) => $"Alias {target}",
            Lookup<RrSet<IPv4Address>>.Delegation(var cut, var servers) => $"Delegation {cut} {servers.Values}",
            Lookup<RrSet<IPv4Address>>.Redirection(var owner, _, var target, var substituted) => $"Redirection {owner} {target} {substituted}",
            Lookup<RrSet<IPv4Address>>.OutsideZone => "OutsideZone",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    [Fact]
    public void The_soa_is_read_as_a_value()
    {
        Assert.Equal(new Serial(2026112101), Zone.Serial);
        Assert.Equal(ZoneText.Name("hostmaster.example.test."), Zone.Soa.ResponsibleMailbox);
        Assert.IsType<Lookup<Rr<Soa>>.Found>(Zone.Lookup(Zone.Apex, RrTypes.Soa));
    }

    [Fact]
    public void Names_in_data_keep_their_case_and_come_back_whole()
    {
        var mx = Zone.Find(Zone.Apex, RrTypes.Mx);
        Assert.NotNull(mx);
        Assert.Equal("Mail.Other.example.test.", mx.Values[0].Exchange.ToString());
        Assert.Equal("ns1.example.test. ns.elsewhere.test.", Zone.Find(Zone.Apex, RrTypes.Ns)!.Values.ToString());
    }

    [Fact]
    public void Names_in_data_that_share_their_ends_come_back_whole()
    {
        var zone = ZoneText.Zone("example.test.", """
            @ SOA a.ns.dns.test. b.ns.dns.test. 1 1 1 1 1
            @ NS a.ns.dns.test.
            @ NS b.NS.dns.test.
            @ NS b.ns.dns.test.
            @ NS c.ns.dns.test.
            @ NS ns.dns.test.
            @ NS x.a.ns.dns.test.
            @ NS x.example.test.
            @ NS y.x.example.test.
            """);
        Assert.Equal(
            "a.ns.dns.test. b.NS.dns.test. c.ns.dns.test. ns.dns.test. x.a.ns.dns.test. x.example.test. y.x.example.test.",
            zone.Find(zone.Apex, RrTypes.Ns)!.Values.ToString());
        Assert.Equal("b.ns.dns.test.", zone.Soa.ResponsibleMailbox.ToString());
    }

    [Fact]
    public void The_lowest_ttl_of_a_set_counts_for_all()
    {
        Assert.True(Zone.TryFind(ZoneText.Name("a.b.c.example.test.").Wire, out var node));
        Assert.True(node.TryFind(16, out var set));
        Assert.Equal((30u, 2), (set.Ttl, set.Count));
    }

    [Fact]
    public void Names_are_enumerated_in_canonical_order_with_empty_non_terminals_and_glue()
    {
        Assert.Equal(
            "example.test. *.example.test. c.example.test. b.c.example.test. a.b.c.example.test. ns1.example.test. "
            + "old.example.test. x.old.example.test. sub.example.test. ns1.sub.example.test. ns2.sub.example.test. WWW.example.test.",
            string.Join(' ', Zone.NamesInCanonicalOrder()));
        Assert.Equal((12, 16), (Zone.NameCount, Zone.RecordCount));
    }

    [Fact]
    public void Duplicates_are_left_out_and_counted_in_small_sets_and_large()
    {
        var text = "@ SOA ns1 hostmaster 1 1 1 1 1\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"many A 192.0.2.{i % 60}\n")) + "few A 192.0.2.1\nfew A 192.0.2.1\nfew A 192.0.2.2\n";
        var builder = ZoneText.Builder("example.test.", text);
        var zone = builder.Build();
        Assert.Equal(41, builder.DuplicateCount);
        Assert.Equal(60, zone.Find(ZoneText.Name("many.example.test."), RrTypes.A)!.Values.Count);
        Assert.Equal("192.0.2.1 192.0.2.2", zone.Find(ZoneText.Name("few.example.test."), RrTypes.A)!.Values.ToString());
    }

    [Fact]
    public void A_set_that_no_message_can_hold_is_cut_and_counted()
    {
        var text = "@ SOA ns1 hostmaster 1 1 1 1 1\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"many A 10.0.{i >> 8}.{i & 255}\n"));
        var builder = ZoneText.Builder("example.test.", text);
        Assert.Equal(65_264 / 16 + 1, builder.Build().RecordCount);
        Assert.Equal(5000 - (65_264 / 16), builder.OversizeCount);
    }

    [Fact]
    public void A_zone_without_soa_or_with_two_is_not_built()
    {
        Assert.Throws<InvalidOperationException>(() => ZoneText.Zone("example.test.", "@ NS ns1"));
        Assert.Throws<InvalidOperationException>(() => ZoneText.Zone("example.test.", "@ SOA a b 1 1 1 1 1\n@ SOA a b 2 1 1 1 1"));
    }

    [Fact]
    public void Names_outside_the_zone_are_refused()
    {
        var builder = new ZoneBuilder(ZoneText.Name("example.test."));
        Assert.False(builder.Add(ZoneText.Name("example.org.").Wire, RrTypes.A, 1, [1, 2, 3, 4]));
        Assert.False(builder.Add(ZoneText.Name("test.").Wire, RrTypes.A, 1, [1, 2, 3, 4]));
        Assert.False(builder.Add(ZoneText.Name("xexample.test.").Wire, RrTypes.A, 1, [1, 2, 3, 4]));
        Assert.True(builder.Add(ZoneText.Name("x.EXAMPLE.test.").Wire, RrTypes.A, 1, [1, 2, 3, 4]));
    }

    [Fact]
    public void Every_record_comes_back_whatever_the_order_it_was_added_in()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 3000).Select(i => $"h{random.Next(900)}.s{i % 7} A 10.{i >> 16}.{(i >> 8) & 255}.{i & 255}").ToArray();
        random.Shuffle(records);
        var zone = ZoneText.Zone("example.test.", "@ SOA ns1 hostmaster 1 1 1 1 1\n" + string.Join('\n', records));
        var found = new List<string>();
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Type == 1 ? set.Rdatas(scratch) : default)
                    found.Add($"{node.Owner.ToString()[..^14]} A {rdata[0]}.{rdata[1]}.{rdata[2]}.{rdata[3]}");
            }
        }
        Assert.Equal(records.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(3)] // MD
    [InlineData(4)] // MF
    [InlineData(7)] // MB
    [InlineData(8)] // MG
    [InlineData(9)] // MR
    [InlineData(14)] // MINFO
    public void Data_of_obsolete_types_are_kept_as_they_are_names_or_not(ushort type)
    {
        var builder = ZoneText.Builder("example.test.", "@ SOA ns h 1 2 3 4 5");
        builder.Add(ZoneText.Name("x.example.test.").Wire, RrTypes.FromCode(type), 60, [0xff]);

        Assert.True(builder.Build().TryFind(ZoneText.Name("x.example.test.").Wire, out var node));
        Assert.True(node.TryFind(type, out var set));
        foreach (var rdata in set.Rdatas(new byte[RecordSetView.ScratchLength]))
            Assert.Equal([0xff], rdata.ToArray());
    }
}
