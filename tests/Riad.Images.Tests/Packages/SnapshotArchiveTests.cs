using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class SnapshotArchiveTests
{
    [Fact]
    public void A_package_is_asked_for_at_its_time_and_a_day_later() => Assert.Equal(
        [
            "https://archive.example/archive/debian-security/20261130T190000Z/pool/updates/main/o/openssl/libssl3_3_amd64.deb",
            "https://archive.example/archive/debian-security/20261201T190000Z/pool/updates/main/o/openssl/libssl3_3_amd64.deb",
        ],
        new SnapshotArchive("https://archive.example", new(2026, 11, 30, 19, 0, 0, TimeSpan.Zero)).PlacesOf(new("amd64", "libssl3", "3", default, "debian-security/pool/updates/main/o/openssl/libssl3_3_amd64.deb")));

    [Fact]
    public void A_package_below_nothing_is_nowhere() => Assert.Empty(new SnapshotArchive(SnapshotArchive.Default, DateTimeOffset.UnixEpoch).PlacesOf(new("amd64", "x", "1", default, "x.deb")));
}
