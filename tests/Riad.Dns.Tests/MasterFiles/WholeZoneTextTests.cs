using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

/// <summary>Whole zones as master files, and back.</summary>
public sealed class WholeZoneTextTests
{
    private const string Everything =
        """
        @ SOA ns admin 7 3600 600 86400 300
        @ NS ns
        ns 60 A 192.0.2.1
        WWW 120 TXT a\;b\"c\032
        *.w MX 10 mail.example.net.
        x\.y AAAA 2001:db8::1
        sub NS ns.sub
        ns.sub A 192.0.2.9
        odd TYPE65280 \# 3 0a0b0c
        alias CNAME www
        alias A 192.0.2.3
        """; // an alias beside an address: not for us to judge

    [Fact]
    public void What_is_printed_reads_back_and_prints_the_same()
    {
        var zone = ZoneText.Zone("example.org", Everything);

        Assert.True(WholeZoneText.TryPrint(zone, out var text));
        Assert.True(WholeZoneText.TryRead("zone", text.Span, zone.Apex, out var read, out var error), error?.ToString());
        Assert.True(WholeZoneText.TryPrint(read, out var again));

        Assert.Equal(Sorted(text), Sorted(again));
        Assert.Equal((zone.RecordCount, zone.NameCount), (read.RecordCount, read.NameCount));
        Assert.StartsWith("example.org. 3600 IN SOA ns.example.org. admin.example.org. 7 3600 600 86400 300\nexample.org. 3600 IN NS ns.example.org.\n", Encoding.UTF8.GetString(text.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "SOA")]
    [InlineData("example.org. 1 IN NS a.\n", "SOA")]
    [InlineData("example.org. 1 IN SOA a. b. 1 2 3 4 5\nexample.org. 1 IN SOA a. b. 2 2 3 4 5\n", "SOA")]
    [InlineData("example.org. 1 IN SOA a. b. 1 2 3 4 5\nexample.net. 1 IN A 192.0.2.1\n", "outside")]
    [InlineData("www.example.org. 1 IN SOA a. b. 1 2 3 4 5\n", "outside")]
    [InlineData("example.org. 1 IN SOA a. b. 1 2 3 4 5\n$INCLUDE other\n", "other")]
    [InlineData("example.org. 1 IN SOA a. b. 1 2 3", "")]
    public void What_is_no_zone_is_refused(string text, string reason)
    {
        Assert.False(WholeZoneText.TryRead("zone", Encoding.UTF8.GetBytes(text), ZoneText.Name("example.org"), out _, out var error));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sorted(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetString(text.Span).Split('\n').Order(StringComparer.Ordinal);
}
