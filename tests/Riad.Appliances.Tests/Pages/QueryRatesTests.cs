using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.DnsPrimaryGit.Serving;
using Xunit;

namespace Riad.Appliances.Tests.Pages;

public sealed class QueryRatesTests
{
    private static readonly DomainName Org = Name("example.org");
    private static readonly DomainName Net = Name("example.net");

    private readonly QueryRates rates = new();

    [Fact]
    public void Rate_is_what_came_between_the_oldest_and_the_newest_sample()
    {
        Sample(0, 100, (Org, 50));
        Assert.Equal(0, rates.Total);
        Sample(5, 200, (Org, 60));
        Assert.Equal(20, rates.Total);
        Assert.Equal(2, rates.Of(Org));
    }

    [Fact]
    public void What_is_older_than_a_minute_counts_no_more()
    {
        Sample(0, 0, (Org, 0));
        Sample(5, 600, (Org, 600));
        for (var seconds = 10; seconds <= 65; seconds += 5)
            Sample(seconds, 600, (Org, 600));
        Assert.Equal(0, rates.Of(Org));
    }

    [Fact]
    public void Removed_zone_is_forgotten_and_one_that_returns_begins_at_zero()
    {
        Sample(0, 0, (Org, 1000));
        Sample(5, 0, (Net, 10));
        Assert.Equal(0, rates.Of(Org));
        Assert.Equal(2, rates.Of(Net));
        Sample(10, 0, (Org, 30));
        Assert.Equal(3, rates.Of(Org));
    }

    private void Sample(int seconds, long total, (DomainName Apex, long Count) zone) =>
        rates.Sample(new(Elapsed.FromSeconds(seconds), total, ImmutableDictionary<DomainName, long>.Empty.Add(zone.Apex, zone.Count)));

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));
}
