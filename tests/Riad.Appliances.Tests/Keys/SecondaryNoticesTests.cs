using System.Text;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.DnsPrimaryGit.Keys;
using Riad.Net;
using Xunit;

namespace Riad.Appliances.Tests.Keys;

public sealed class SecondaryNoticesTests : IDisposable
{
    private const string KeyOfSecondary = "192.0.2.1.192.0.2.3._transfer.example.org. DNSKEY 0 3 163 MDEyMzQ1Njc4OWFiY2RlZg==";

    private readonly KeyRepository repository = new();
    private readonly Simulation simulation = new();

    [Fact]
    public void Secondaries_hear_of_what_changed_and_those_of_new_keys_of_everything_that_is_theirs() => simulation.Run(async () =>
    {
        var host = simulation.Network.AddHost(Address("192.0.2.1"));
        using var nameServer = simulation.Network.AddHost(Address("192.0.2.2")).OpenUdp(At("192.0.2.2:53"));
        using var ofKey = simulation.Network.AddHost(Address("192.0.2.3")).OpenUdp(At("192.0.2.3:53"));
        using var given = simulation.Network.AddHost(Address("192.0.2.4")).OpenUdp(At("192.0.2.4:5353"));
        var keys = new ServedKeys(repository.Repository, given: null, policy: null, allowSha1: false);
        using var driver = new NotifyDriver(host, new(), simulation.Clock, new Counter());
        var notices = new SecondaryNotices(driver, keys, [new(At("192.0.2.4:5353"), Key: null)], [At("192.0.2.1:53")]);
        using var stop = new CancellationTokenSource();
        var running = driver.RunAsync(stop.Token);

        await repository.CommitAsync(("example.org", KeyRepository.Zone(1, "192.0.2.2")), ("example.net", KeyRepository.Zone(1, "192.0.2.2")));
        Serve(keys, notices);
        Assert.Equal(["example.net. 1", "example.org. 1"], [await Hear(nameServer), await Hear(nameServer)]);
        Assert.Equal(["example.net. 1", "example.org. 1"], [await Hear(given), await Hear(given)]);

        await repository.CommitAsync(("example.org", KeyRepository.Zone(2, "192.0.2.2")), ("example.net", KeyRepository.Zone(1, "192.0.2.2")));
        Serve(keys, notices);
        Assert.Equal("example.org. 2", await Hear(nameServer));
        Assert.Equal("example.org. 2", await Hear(given));

        await repository.CommitAsync(("_keys", KeyOfSecondary), ("example.org", KeyRepository.Zone(2, "192.0.2.2")), ("example.net", KeyRepository.Zone(1, "192.0.2.2")));
        Serve(keys, notices);
        Assert.Equal("example.org. 2 signed", await Hear(ofKey));

        Cancel(stop);
        await running;
    });

    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53:53")]
    [InlineData("192.0.2.53:5353", "192.0.2.53:5353")]
    [InlineData("2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]:5353=key.example.", "[2001:db8::53]:5353=key.example")]
    [InlineData("192.0.2.53=a._transfer.example.org", "192.0.2.53:53=a._transfer.example.org")]
    [InlineData("192.0.2.53=", null)]
    [InlineData("ns.example.org", null)]
    [InlineData("192.0.2.53:70000", null)]
    [InlineData("", null)]
    public void Option_names_an_address_and_perhaps_a_key(string text, string? expected)
    {
        Assert.Equal(expected is not null, NotifyPeerOption.TryRead(text, out var option, out var instead));
        Assert.Equal(expected, option?.ToString());
        Assert.Equal(expected is null, instead is not null);
    }

    public void Dispose() => repository.Dispose();

    private void Serve(ServedKeys keys, SecondaryNotices notices)
    {
        var changed = keys.Follow(repository.State);
        notices.Announce(repository.State, repository.State.ToZoneSet());
        if (changed)
            notices.KeysChanged();
    }

    /// <summary>Receives a message and answers it, as it came but for the bit of an answer.</summary>
    private static async Task<string> Hear(IUdpSocket socket)
    {
        var space = new byte[2048];
        var received = await socket.ReceiveAsync(space, default);
        Assert.True(Message.TryRead(space.AsSpan(0, received.Length), out var message, out var error), error.ToString());
        Assert.True(message.Answers[0].TryGet(RrTypes.Soa, out var soa));
        space[2] |= 0x80;
        await socket.SendAsync(space.AsMemory(0, received.Length), received.Source, default);
        return $"{message.Questions[0].Name} {soa.Serial}{(message.Additionals.Count > 0 ? " signed" : "")}";
    }

    // CancelAsync would leave the simulation's thread.
    private static void Cancel(CancellationTokenSource stop) => stop.Cancel();

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));

    private static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text, nameof(text));

    private sealed class Counter : IRandom
    {
        private byte last;

        public void Fill(Span<byte> octets) => octets.Fill(++last);
    }
}
