using System.Globalization;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;
using Riad.DnsSecondary.Serving;
using Xunit;

namespace Riad.Appliances.Tests.Secondary;

/// <summary>How zones changed, for further secondaries.</summary>
public sealed class StepMemoryTests
{
    private static readonly DomainName Apex = Name("example.org");

    private readonly StepMemory memory = new();

    [Fact]
    public void Steps_are_found_from_every_version_that_is_remembered()
    {
        memory.Take(Version(2), [Step(1, 2, records: 1)]);
        memory.Take(Version(4), [Step(2, 3, records: 1), Step(3, 4, records: 1)]);

        Assert.Equal([1u, 2u, 3u], memory.Find(Version(4), new(1))!.Value.Select(step => step.From.Value));
        Assert.Equal([3u], memory.Find(Version(4), new(3))!.Value.Select(step => step.From.Value));
        Assert.Null(memory.Find(Version(4), new(7)));
    }

    [Fact]
    public void Steps_that_do_not_lead_to_what_is_served_are_not_told()
    {
        memory.Take(Version(2), [Step(1, 2, records: 1)]);

        Assert.Null(memory.Find(Version(3), new(1)));
    }

    [Fact]
    public void A_zone_that_came_whole_has_no_steps()
    {
        memory.Take(Version(2), [Step(1, 2, records: 1)]);
        memory.Take(Version(3), []);
        memory.Take(Version(4), [Step(3, 4, records: 1)]);

        Assert.Null(memory.Find(Version(4), new(1)));
        Assert.NotNull(memory.Find(Version(4), new(3)));
    }

    [Fact]
    public void A_zone_that_is_left_is_forgotten()
    {
        memory.Take(Version(2), [Step(1, 2, records: 1)]);
        memory.Forget(Apex);

        Assert.Null(memory.Find(Version(2), new(1)));
    }

    [Fact]
    public void Memory_is_bounded_by_the_size_of_the_zone_and_by_count()
    {
        memory.Take(Version(3), [Step(1, 2, records: 90), Step(2, 3, records: 90)]);
        Assert.Null(memory.Find(Version(3), new(1)));
        Assert.NotNull(memory.Find(Version(3), new(2)));

        for (uint serial = 3; serial < 400; serial++)
            memory.Take(Version(serial + 1), [Step(serial, serial + 1, records: 0)]);
        Assert.NotNull(memory.Find(Version(400), new(399)));
        Assert.Null(memory.Find(Version(400), new(299)));
    }

    private static ZoneStep Step(uint from, uint to, int records) => new(Soa(from), Soa(to), [], [.. Enumerable.Range(0, records).Select(Host)]);

    private static Zone Version(uint serial)
    {
        var builder = new ZoneBuilder(Apex);
        builder.Add(Apex.Wire, RrTypes.Soa, 300, Soa(serial).Rdata.Span);
        return builder.Build();
    }

    private static ResourceRecord Soa(uint serial) => ResourceRecord.Create(Apex, RrTypes.Soa, new(300), new Soa(Apex, Apex, new(serial), 1, 2, 3, 4));

    private static ResourceRecord Host(int number) =>
        ResourceRecord.Create(Name(string.Create(CultureInfo.InvariantCulture, $"host{number}.example.org")), RrTypes.A, new(300), new IPv4Address((uint)number));

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);
}
