using System.Globalization;
using Riad.Core;
using Riad.Dns.Names;
using Riad.DnsPrimaryGit.Pages;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Appliances.Tests.Pages;

public sealed class KnownVersionsTests
{
    private readonly KnownVersions known = new();

    [Fact]
    public void Versions_are_known_until_the_journal_moves()
    {
        known.Keep(Tip('a'), Zone(1), Versions(7));

        Assert.True(known.TryFind(Tip('a'), Zone(1), out var versions));
        Assert.Equal(Versions(7), versions);
        Assert.False(known.TryFind(Tip('a'), Zone(2), out _));
        Assert.False(known.TryFind(Tip('b'), Zone(1), out _));

        known.Keep(Tip('b'), Zone(2), Versions(8));
        Assert.False(known.TryFind(Tip('b'), Zone(1), out _));
        Assert.False(known.TryFind(Tip('a'), Zone(1), out _));
    }

    [Fact]
    public void However_many_zones_are_looked_at_only_so_many_are_kept()
    {
        for (var zone = 0; zone < 3 * KnownVersions.MostZones; zone++)
            known.Keep(Tip('a'), Zone(zone), Versions(1));

        Assert.Equal(KnownVersions.MostZones, Enumerable.Range(0, 3 * KnownVersions.MostZones).Count(zone => known.TryFind(Tip('a'), Zone(zone), out _)));
        Assert.True(known.TryFind(Tip('a'), Zone((3 * KnownVersions.MostZones) - 1), out _));
    }

    private static ObjectId Tip(char digit) => ObjectId.TryParse(new string(digit, 40), out var id) ? id : throw new FormatException();

    private static DomainName Zone(int number) =>
        DomainName.TryParseAbsolute(string.Create(CultureInfo.InvariantCulture, $"zone{number}.example"), out var name) ? name : throw new FormatException();

    private static Seq<ZoneVersion> Versions(uint serial) => [new(serial, DateTimeOffset.UnixEpoch, "Ada", "A change", "c0ffee", "1 record changed")];
}
