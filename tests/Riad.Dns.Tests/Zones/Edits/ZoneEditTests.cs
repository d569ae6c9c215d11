using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Server;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Zones.Edits;

public sealed class ZoneEditTests
{
    private const string Soa = "@ SOA ns hostmaster 1 7200 3600 1209600 300\n";

    public static TheoryData<string, string, string, string> Changes => new()
    {
        // why                                                  before                                    changes                                          after
        { "an address",                                         "a A 192.0.2.1",                          "-a A 192.0.2.1\n+a A 192.0.2.2",                "a A 192.0.2.2" },
        { "a name comes",                                       "a A 192.0.2.1",                          "+b A 192.0.2.2",                                "a A 192.0.2.1\nb A 192.0.2.2" },
        { "a name goes",                                        "a A 192.0.2.1\nb A 192.0.2.2",           "-a A 192.0.2.1",                                "b A 192.0.2.2" },
        { "empty non-terminals come",                           "",                                       "+a.b.c TXT t",                                  "a.b.c TXT t" },
        { "empty non-terminals go",                             "a.b.c TXT t",                            "-a.b.c TXT t",                                  "" },
        { "empty non-terminals stay for another name",          "a.b.c TXT t\nd.b.c TXT t",               "-a.b.c TXT t",                                  "d.b.c TXT t" },
        { "a name becomes an empty non-terminal",               "a.b TXT t\nb TXT t",                     "-b TXT t",                                      "a.b TXT t" },
        { "a wildcard comes",                                   "a.b TXT t",                              "+*.b TXT w",                                    "a.b TXT t\n*.b TXT w" },
        { "a wildcard goes",                                    "a.b TXT t\n*.b TXT w",                   "-*.b TXT w",                                    "a.b TXT t" },
        { "an empty wildcard goes",                             "a.*.b TXT t\nb TXT t",                   "-a.*.b TXT t",                                  "b TXT t" },
        { "the glue changes",                                   "s NS n.s\nn.s A 192.0.2.1",              "-n.s A 192.0.2.1\n+n.s A 192.0.2.2",            "s NS n.s\nn.s A 192.0.2.2" },
        { "the glue comes",                                     "s NS n.s",                               "+n.s AAAA 2001:db8::1",                         "s NS n.s\nn.s AAAA 2001:db8::1" },
        { "the glue goes",                                      "s NS n.s\nn.s A 192.0.2.1",              "-n.s A 192.0.2.1",                              "s NS n.s" },
        { "the cut is its own name server",                     "s NS s\ns A 192.0.2.1",                  "-s A 192.0.2.1\n+s A 192.0.2.2",                "s NS s\ns A 192.0.2.2" },
        { "glue far below the cut",                             "s NS n.a.b.s\nn.a.b.s A 192.0.2.1",      "+n.a.b.s A 192.0.2.2",                          "s NS n.a.b.s\nn.a.b.s A 192.0.2.1\nn.a.b.s A 192.0.2.2" },
        { "glue below a cut below the cut",                     "s NS n.t.s\nt.s NS n.t.s\nn.t.s A 192.0.2.1", "+n.t.s A 192.0.2.2",                       "s NS n.t.s\nt.s NS n.t.s\nn.t.s A 192.0.2.1\nn.t.s A 192.0.2.2" },
        { "the name server of a neighbour comes",               "s NS n.t",                               "+n.t A 192.0.2.1",                              "s NS n.t\nn.t A 192.0.2.1" },
        { "a delegation with glue comes",                       "",                                       "+s NS n.s\n+n.s A 192.0.2.1",                   "s NS n.s\nn.s A 192.0.2.1" },
        { "a delegation with glue goes",                        "s NS n.s\nn.s A 192.0.2.1",              "-s NS n.s\n-n.s A 192.0.2.1",                   "" },
        { "a delegation goes and its glue stays",               "s NS n.a.s\nn.a.s A 192.0.2.1",          "-s NS n.a.s",                                   "n.a.s A 192.0.2.1" },
        { "a delegation comes above names",                     "n.a.s A 192.0.2.1\nb.s TXT t",           "+s NS n.a.s",                                   "n.a.s A 192.0.2.1\nb.s TXT t\ns NS n.a.s" },
        { "the upper of two cuts goes",                         "s NS n\nt.s NS n.t.s\nn.t.s A 192.0.2.1", "-s NS n",                                      "t.s NS n.t.s\nn.t.s A 192.0.2.1" },
        { "the lower of two cuts goes",                         "s NS n\nt.s NS n.t.s\nn.t.s A 192.0.2.1", "-t.s NS n.t.s",                                "s NS n\nn.t.s A 192.0.2.1" },
        { "a DNAME comes above names",                          "a.b.d TXT t\nd TXT t",                   "+d DNAME elsewhere.",                           "a.b.d TXT t\nd TXT t\nd DNAME elsewhere." },
        { "a DNAME goes above names",                           "a.b.d TXT t\nd DNAME elsewhere.",        "-d DNAME elsewhere.",                           "a.b.d TXT t" },
        { "a DNAME at the apex",                                "a TXT t\ns NS n.s\nn.s A 192.0.2.1",     "+@ DNAME elsewhere.",                           "a TXT t\ns NS n.s\nn.s A 192.0.2.1\n@ DNAME elsewhere." },
        { "a DNAME becomes a delegation",                       "a.d TXT t\nd DNAME elsewhere.",          "-d DNAME elsewhere.\n+d NS a.d",                "a.d TXT t\nd NS a.d" },
        { "a name below a cut",                                 "s NS n.s",                               "+x.y.s TXT t",                                  "s NS n.s\nx.y.s TXT t" },
        { "an alias becomes an address",                        "a CNAME elsewhere.",                     "-a CNAME elsewhere.\n+a A 192.0.2.1",           "a A 192.0.2.1" },
        { "a record goes and comes again",                      "a A 192.0.2.1",                          "-a A 192.0.2.1\n+a A 192.0.2.1",                "a A 192.0.2.1" },
        { "a name is written in another case",                  "a A 192.0.2.1",                          "-a A 192.0.2.1\n+A A 192.0.2.1",                "A A 192.0.2.1" },
        { "a name is removed in another case",                  "Aa A 192.0.2.1",                         "-aA A 192.0.2.1",                               "" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void An_edit_gives_the_zone_that_is_built_of_the_records_after_it(string why, string before, string changes, string after)
    {
        Assert.NotEmpty(why);
        var zone = ModelZone.Apply(ZoneText.Zone("example.test.", Soa + before).Edit(), changes).Build();
        Assert.Equal(ModelZone.Print(ZoneText.Zone("example.test.", Soa + after)), ModelZone.Print(zone));
    }

    [Fact]
    public void A_delegation_above_most_of_the_names_occludes_them_all()
    {
        var names = string.Concat(Enumerable.Range(0, 3000).Select(i => $"h{i}.s TXT {i}\n"));
        var zone = ModelZone.Apply(ZoneText.Zone("example.test.", Soa + names).Edit(), "+s NS elsewhere.").Build();
        Assert.Equal(ModelZone.Print(ZoneText.Zone("example.test.", Soa + names + "s NS elsewhere.")), ModelZone.Print(zone));
    }

    [Fact]
    public void An_edit_without_a_difference_gives_the_base()
    {
        var zone = ZoneText.Zone("example.test.", Soa + "a A 192.0.2.1");
        Assert.Same(zone, ModelZone.Apply(zone.Edit(), "-a A 192.0.2.1\n+a A 192.0.2.1\n+b.c TXT t\n-b.c TXT t").Build());
        Assert.Same(zone, zone.WithSerial(new(1)));
    }

    [Fact]
    public void An_edit_tells_what_it_holds()
    {
        var edit = ModelZone.Apply(ZoneText.Zone("example.test.", Soa + "a A 192.0.2.1\na TXT t").Edit(), "+a A 192.0.2.2");
        var owner = ZoneText.Name("A.example.test.").Wire;
        Assert.True(edit.TryFind(owner, RrTypes.A, out var ttl, out var addresses));
        Assert.Equal((3600u, 2), (ttl, addresses.Count));
        Assert.Equal([RrTypes.A, RrTypes.Txt], edit.TypesAt(owner));
        Assert.True(edit.RemoveSet(owner, RrTypes.A));
        Assert.False(edit.RemoveSet(owner, RrTypes.A));
        Assert.False(edit.TryFind(owner, RrTypes.A, out _, out _));
        Assert.Empty(edit.TypesAt(ZoneText.Name("other.example.test.").Wire));
    }

    [Fact]
    public void What_a_zone_cannot_hold_is_refused()
    {
        var edit = ZoneText.Zone("example.test.", Soa).Edit();
        Assert.False(edit.Add(ZoneText.Name("example.org.").Wire, RrTypes.A, 1, [192, 0, 2, 1]));
        Assert.False(edit.Remove(ZoneText.Name("example.org.").Wire, RrTypes.A, [192, 0, 2, 1]));
        Assert.True(edit.RemoveSet(ModelZone.Apex.Wire, RrTypes.Soa));
        Assert.Throws<InvalidOperationException>(() => edit.SetSerial(new(2)));
        Assert.Throws<InvalidOperationException>(edit.Build);
        Assert.Throws<InvalidOperationException>(edit.Build);
    }

    [Fact]
    public void Records_that_no_message_can_hold_are_left_out()
    {
        var edit = ZoneText.Zone("example.test.", Soa).Edit();
        Assert.True(edit.Add(ZoneText.Name("a.example.test.").Wire, RrTypes.Null, 1, new byte[40_000]));
        Assert.True(edit.Add(ZoneText.Name("a.example.test.").Wire, RrTypes.Null, 1, new byte[40_001]));
        var zone = edit.Build();
        Assert.Equal((1, 2), (edit.OversizeCount, zone.RecordCount));
    }

    [Fact]
    public void Twenty_thousand_versions_take_little_more_memory_than_the_last()
    {
        var names = string.Concat(Enumerable.Range(0, 1000).Select(i => $"h{i} A 192.0.2.1\n"));
        var zone = ZoneText.Zone("example.test.", Soa + names);
        var most = 0L;
        for (var serial = 2u; serial <= 20_001; serial++)
        {
            var edit = zone.Edit();
            var owner = ZoneText.Name($"h{serial % 1000}.example.test.").Wire;
            edit.RemoveSet(owner, RrTypes.A);
            edit.Add(owner, RrTypes.A, 60, [10, 0, (byte)(serial >> 8), (byte)serial]);
            edit.SetSerial(new(serial));
            zone = edit.Build();
            most = Math.Max(most, zone.Octets);
        }
        Assert.InRange(most, 0, 2_000_000);
        var expected = Soa.Replace(" 1 ", " 20001 ", StringComparison.Ordinal)
            + string.Concat(Enumerable.Range(0, 1000).Select(i => (i, serial: i < 2 ? 20_000 + i : 19_000 + i)).Select(host => $"h{host.i} 60 A 10.0.{host.serial >> 8}.{host.serial & 255}\n"));
        Assert.Equal(ModelZone.Print(ZoneText.Zone("example.test.", expected)), ModelZone.Print(zone));
    }

    [Fact]
    public void A_zone_that_grows_and_shrinks_by_edits_keeps_finding_its_names()
    {
        var zone = ZoneText.Zone("example.test.", Soa);
        for (var round = 0; round < 40; round++)
        {
            var edit = zone.Edit();
            for (var i = 0; i < 200; i++)
                edit.Add(ZoneText.Name($"h{i}.r{round}.example.test.").Wire, RrTypes.A, 60, [10, 0, (byte)round, (byte)i]);
            zone = edit.Build();
        }
        Assert.Equal(1 + (40 * 201), zone.NameCount);
        for (var round = 0; round < 39; round++)
        {
            var edit = zone.Edit();
            for (var i = 0; i < 200; i++)
                Assert.True(edit.RemoveSet(ZoneText.Name($"h{i}.r{round}.example.test.").Wire, RrTypes.A));
            zone = edit.Build();
        }
        var expected = string.Concat(Enumerable.Range(0, 200).Select(i => $"h{i}.r39 60 A 10.0.39.{i}\n"));
        Assert.Equal(ModelZone.Print(ZoneText.Zone("example.test.", Soa + expected)), ModelZone.Print(zone));
    }
}
