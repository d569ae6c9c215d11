using Riad.Core;
using Riad.Dns.Secondary;
using Riad.Dns.Tests.Transfers;
using Riad.Dns.Tests.Zones;
using Xunit;

namespace Riad.Dns.Tests.Secondary;

/// <summary>RFC 9432 §4 and §5.1.</summary>
public sealed class CatalogReaderTests
{
    private const string Version = "version TXT 2";

    [Fact]
    public void Entries_are_read_with_their_group_and_new_owner()
    {
        var good = CatalogReader.TryRead(TransferText.Zone(1, Version, "a.zones PTR one.test.", "ID2.ZONES PTR two.test.", "group.id2.zones TXT fast", "coo.id2.zones PTR other.test.", "serial.a.zones TXT 7"), 10, out var entries, out _);

        Assert.True(good);
        Assert.Equal(
            [
                new(ZoneText.Name("one.test."), new("a"u8), null, null),
                new(ZoneText.Name("two.test."), new("id2"u8), "fast", ZoneText.Name("other.test.")),
            ],
            entries.Values);
    }

    [Fact]
    public void A_catalog_may_be_empty()
    {
        Assert.True(CatalogReader.TryRead(TransferText.Zone(1, Version), 10, out var entries, out _));
        Assert.Empty(entries);
    }

    public static TheoryData<string[], CatalogFault> Faults => new()
    {
        { ["a.zones PTR one.test."], CatalogFault.VersionMissing },
        { ["version TXT 1", "a.zones PTR one.test."], CatalogFault.VersionUnknown },
        { ["version TXT 2", "version TXT 3"], CatalogFault.VersionMissing },
        { [Version, "a.zones PTR one.test.", "a.zones PTR two.test."], CatalogFault.EntryAmbiguous },
        { [Version, "a.zones PTR one.test.", "b.zones PTR ONE.test."], CatalogFault.ZoneTwice },
        { [Version, "a.zones PTR one.test.", "b.zones PTR two.test.", "c.zones PTR three.test."], CatalogFault.TooMany },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_broken_catalog_is_refused_whole(string[] lines, CatalogFault fault)
    {
        Assert.False(CatalogReader.TryRead(TransferText.Zone(1, lines), 2, out var entries, out var found));
        Assert.Empty(entries);
        Assert.Equal(fault, found);
    }
}
