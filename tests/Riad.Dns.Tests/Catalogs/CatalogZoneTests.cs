using Riad.Dns.Catalogs;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Tests.Transfers;
using Riad.Dns.Tests.Zones;
using Xunit;

namespace Riad.Dns.Tests.Catalogs;

public sealed class CatalogZoneTests
{
    private static readonly CatalogMember Org = new(ZoneText.Name("example.org"), null);
    private static readonly CatalogMember Net = new(ZoneText.Name("Example.NET"), "customers");

    [Fact]
    public void A_catalog_is_what_RFC_9432_says()
    {
        // the first 32 digits of: printf '\\7example\\3org\\0' | sha256sum; and of example.net
        const string OrgId = "640cf2756b8440ae2a68b531b69257ec";
        const string NetId = "5aaf3ac400ef27d36b68cca88a18f7bc";
        var zone = CatalogZone.Make(ZoneText.Name("catalog.invalid"), new(7), [Org, Net]);

        Assert.Equal(
            new[]
            {
                "catalog.invalid. 0 NS invalid.",
                "catalog.invalid. 0 SOA invalid. invalid. 7 3600 600 2147483646 0",
                "version.catalog.invalid. 0 TXT \"2\"",
                $"{OrgId}.zones.catalog.invalid. 0 PTR example.org.",
                $"{NetId}.zones.catalog.invalid. 0 PTR Example.NET.",
                $"group.{NetId}.zones.catalog.invalid. 0 TXT \"customers\"",
            }.Order(StringComparer.Ordinal),
            TransferText.Lines(zone));
    }

    [Fact]
    public void A_secondary_reads_what_a_primary_lists()
    {
        var zone = CatalogZone.Make(ZoneText.Name("catalog.invalid"), new(7), [Net, Org]);

        Assert.True(CatalogReader.TryRead(zone, 10, out var entries, out _));
        Assert.Equal(["example.net.", "example.org."], entries.Keys.Select(name => name.ToString().ToLowerInvariant()));
        Assert.Equal(["customers", null], entries.Values.Select(entry => entry.Group));
    }

    [Theory]
    // before            digest  now    after
    [InlineData(null,    "a",    1000u, "1000 a")]
    [InlineData("900 a", "a",    1000u, "900 a")]
    [InlineData("900 a", "b",    1000u, "1000 b")]
    [InlineData("1000 a", "b",   1000u, "1001 b")]
    [InlineData("2000 a", "b",   1000u, "2001 b")]
    public void The_serial_moves_when_the_membership_does(string? before, string digest, uint now, string after)
    {
        var remembered = before is not null && CatalogVersion.TryParse(before, out var version) ? version : null;
        Assert.Equal(after, CatalogVersion.Next(remembered, digest, now).ToString());
    }

    [Fact]
    public void The_digest_tells_memberships_apart_and_nothing_else()
    {
        Assert.Equal(CatalogZone.DigestOf([Org, Net]), CatalogZone.DigestOf([Net with { Zone = ZoneText.Name("example.net") }, Org]));
        var (a, c) = (ZoneText.Name("a"), ZoneText.Name("c"));
        Assert.NotEqual(CatalogZone.DigestOf([new(a, "b"), new(c, null)]), CatalogZone.DigestOf([new(a, null), new(ZoneText.Name("b.c"), null)]));
        Assert.Equal(4, new[] { CatalogZone.DigestOf([]), CatalogZone.DigestOf([Org]), CatalogZone.DigestOf([Org, Net]), CatalogZone.DigestOf([Org, Net with { Group = null }]) }.Distinct().Count());
    }

    [Theory]
    [InlineData("", true, "")]
    [InlineData("# groups\nexample.org customers # ours\n\nexample.net  own\n", true, "customers")]
    [InlineData("example.org.\tcustomers\r\n", true, "customers")]
    [InlineData("example.org", false, "line 1: write a zone and its group, such as 'example.org customers'")]
    [InlineData("\nexample.org a b", false, "line 2: write a zone and its group, such as 'example.org customers'")]
    [InlineData("example.org a\nEXAMPLE.org b", false, "line 2: EXAMPLE.org has a group already")]
    public void A_file_says_the_groups(string text, bool isGood, string expected)
    {
        Assert.Equal(isGood, CatalogGroups.TryRead(text, out var groups, out var fault));
        Assert.Equal(expected, isGood ? groups!.GroupOf(ZoneText.Name("example.org")) ?? "" : fault);
    }
}
