using Riad.Core;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Zones;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;
using static Riad.Dns.Io.Tests.Transfers.TestZone;

namespace Riad.Dns.Io.Tests.Transfers;

/// <summary>The driver of all zones, on a network in memory and a virtual clock.</summary>
public sealed class SecondaryDriverTests
{
    private static readonly IpEndpoint Primary = At("192.0.2.1:53");

    private readonly Simulation simulation = new();
    private readonly List<SecondaryOutput> told = [];
    private readonly INetwork here;
    private readonly INetwork there;
    private ZoneSet served = ZoneSet.Empty;

    public SecondaryDriverTests()
    {
        there = simulation.Network.AddHost(Primary.Address);
        here = simulation.Network.AddHost(Address("198.51.100.1"));
    }

    [Fact]
    public void A_zone_is_transferred_and_a_NOTIFY_brings_what_is_newer() => Run(async driver =>
    {
        uint serial = 1;
        using var listener = Listen(question => TypeOf(question) is "251"
            ? [Answer(question, Soa(serial), Soa(serial - 1), Soa(serial), Address("new", (byte)serial), Soa(serial))]
            : [Answer(question, Soa(serial), Address("www", 1)), Answer(question, Soa(serial))]);
        driver.Post(new SecondaryInput.Follow(Apex, [new(Primary)], new ZoneOrigin.Given()));
        await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
        Assert.Equal(new Serial(1), served.Find(Apex)?.Zone?.Serial);

        serial = 2;
        driver.Post(new SecondaryInput.Notified(Apex, Primary.Address, new(2)));
        await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
        Assert.Equal(new Serial(2), served.Find(Apex)?.Zone?.Serial);
        Assert.Equal(2, told.OfType<SecondaryOutput.Changed>().Count());
    });

    [Fact]
    public void A_zone_that_lives_for_months_does_not_stop_the_clock() => Run(async driver =>
    {
        var record = Soa(1, refresh: uint.MaxValue, retry: uint.MaxValue, expire: uint.MaxValue);
        var listener = Listen(question => [Answer(question, record, record)]);
        driver.Post(new SecondaryInput.Follow(Apex, [new(Primary)], new ZoneOrigin.Given()));
        await PassAsync(days: 100);
        Assert.Equal(new Serial(1), served.Find(Apex)?.Zone?.Serial);

        listener.Dispose();
        await PassAsync(days: 170);
        Assert.Equal(ZoneAbsence.Expired, served.Find(Apex)?.Absence);
    });

    [Fact]
    public void A_zone_that_is_left_in_the_middle_of_a_transfer_leaves_nothing_behind() => Run(async driver =>
    {
        using var listener = there.ListenTcp(Primary, async _ => await Task.Delay(TimeSpan.FromDays(1), simulation.Clock));
        driver.Post(new SecondaryInput.Follow(Apex, [new(Primary)], new ZoneOrigin.Given()));
        await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
        driver.Post(new SecondaryInput.Leave(Apex));
        await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);

        Assert.Equal(0, served.Count);
        Assert.Equal((0, 0), driver.Read(zones => (zones.Running, zones.Followed.Count)));
    });

    private void Run(Func<SecondaryDriver, Task> conversation) => simulation.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var client = new PrimaryClient(here, new(), simulation.Clock, new FixedRandom());
        var driver = new SecondaryDriver(new(new(), seed: 1), client, static _ => null, simulation.Clock)
        {
            Serve = zones => served = zones,
            Tell = told.Add,
            Report = exception => throw new InvalidOperationException("a fault of ours", exception),
        };
        var running = driver.RunAsync(stop.Token);
        await conversation(driver);
        stop.Cancel(); // not CancelAsync: that leaves the simulation's thread
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    });

    private async Task PassAsync(int days)
    {
        for (var day = 0; day < days; day++)
            await Task.Delay(TimeSpan.FromDays(1), simulation.Clock);
    }

    private ITcpListener Listen(Func<byte[], byte[][]> answer) => there.ListenTcp(Primary, async flow =>
    {
        var question = await ReadMessageAsync(flow) ?? throw new EndOfStreamException();
        await flow.WriteAsync(Frame(answer(question)));
    });
}
