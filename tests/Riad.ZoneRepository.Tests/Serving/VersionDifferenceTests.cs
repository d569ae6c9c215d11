using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Tests.Serving;

public sealed class VersionDifferenceTests
{
    [Fact]
    public void Any_two_commits_are_compared()
    {
        var server = new Server();
        var first = server.Repository.Put("a.example", Zones.Text(1, "www A 192.0.2.1\n")).Put("b.example", Zones.Text(1)).Put("_keys", "top secret").Commit();
        var second = server.Repository.Put("a.example", Zones.Text(2, "www A 192.0.2.2\n")).Commit();
        var third = server.Repository.Remove("a.example").Put("a.example.zone", Zones.Text(2, "www A 192.0.2.2\n; moved\n")).Commit();

        Assert.True(VersionDifference.TryRead(server.Store, server.State.Journal, Zones.Name("a.example"), first, second, 100, out var lines, out var fault), fault);
        Assert.Equal(
            [
                "-a.example. 3600 IN SOA ns1.a.example. hostmaster.a.example. 1 7200 900 1209600 300", "-www.a.example. 3600 IN A 192.0.2.1",
                "+a.example. 3600 IN SOA ns1.a.example. hostmaster.a.example. 2 7200 900 1209600 300", "+www.a.example. 3600 IN A 192.0.2.2",
            ],
            lines.AsEnumerable());
        Assert.True(VersionDifference.TryRead(server.Store, server.State.Journal, Zones.Name("a.example"), second, third, 100, out var none, out _));
        Assert.Empty(none);
    }

    [Theory]
    [InlineData("_keys")]
    [InlineData("c.example")]
    [InlineData("a.example._keys")]
    public void Keys_and_what_is_no_zone_are_not_shown(string name)
    {
        var server = new Server();
        server.Repository.Put("_keys", Zones.Text(1)).Put("a.example._keys", Zones.Text(1));
        var first = server.Repository.Commit();

        Assert.False(VersionDifference.TryRead(server.Store, server.State.Journal, Zones.Name(name), first, first, 100, out var lines, out var fault));
        Assert.Equal($"{name} is not a zone of commit {first}", fault);
        Assert.Empty(lines);
    }

    [Fact]
    public void A_bad_version_is_said_with_its_first_fault()
    {
        var server = new Server();
        var first = server.Repository.Put("a.zone", "x").Commit();

        Assert.False(VersionDifference.TryRead(server.Store, server.State.Journal, Zones.Name("a"), first, first, 100, out _, out var fault));
        Assert.StartsWith("a.zone:1:2: ", fault, StringComparison.Ordinal);
    }
}
