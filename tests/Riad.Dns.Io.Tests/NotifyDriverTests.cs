using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Records;
using Riad.Dns.Tsig;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;

namespace Riad.Dns.Io.Tests;

/// <summary>A driver that tells secondaries of changes, on a network in memory and a virtual clock.</summary>
public sealed class NotifyDriverTests
{
    private static readonly IpAddress Ours = Address("192.0.2.1");
    private static readonly IpEndpoint Theirs = At("198.51.100.1:53");
    private static readonly TsigKey Key = new(Name("key.example"), TsigAlgorithm.HmacSha256, TsigSecret.TryCreate("0123456789abcdef"u8, out var secret) ? secret : throw new InvalidOperationException());

    private readonly Simulation simulation = new(seed: 7);
    private readonly List<NotifyOutput> told = [];
    private readonly INetwork host;
    private readonly INetwork secondary;

    public NotifyDriverTests()
    {
        host = simulation.Network.AddHost(Ours, Address("2001:db8::1"));
        secondary = simulation.Network.AddHost(Theirs.Address, Address("2001:db8::2"));
    }

    [Fact]
    public void A_message_says_which_zone_has_which_serial_and_its_answer_ends_it() => Run(async driver =>
    {
        using var socket = secondary.OpenUdp(Theirs);
        driver.Take(Changed("example.org", 7, key: null));
        var (message, from, octets) = await Receive(socket);

        Assert.Equal((Opcode.Notify, HeaderBits.Authoritative, Ours), (message.Opcode, message.Flags, from.Address));
        Assert.Equal([new Question(Name("example.org"), RrTypes.Soa.Code, RecordClass.Internet)], message.Questions);
        Assert.True(message.Answers[0].TryGet(RrTypes.Soa, out var soa));
        Assert.Equal(7u, soa.Serial.Value);

        await socket.SendAsync(Answer(octets), from, default);
        await Told(1);
        Assert.Equal([new NotifyOutput.Acknowledged(Theirs, Name("example.org"), new(7), ResponseCode.NoError)], told);
        Assert.Equal((1, 1, 0, 0), Counts(driver));
    });

    [Fact]
    public void Every_zone_is_told_though_datagrams_are_lost_and_late() => Run(async driver =>
    {
        simulation.Network.Link = new() { Loss = 0.2, Jitter = TimeSpan.FromMilliseconds(300), Duplication = 0.2 };
        using var socket = secondary.OpenUdp(Theirs);
        using var stop = new CancellationTokenSource();
        var serving = AnswerAll(socket, stop.Token);
        driver.Take(new NotifyInput.Changed(Enumerable.Range(0, 150).Select(i => Zone($"z{i}.example", 1, Key)).ToSeq()));
        await Told(150);
        Assert.All(told, output => Assert.IsType<NotifyOutput.Acknowledged>(output));
        Assert.Empty(driver.Read().Peers);
        Cancel(stop);
        await serving;
    });

    [Fact]
    public void An_answer_of_somebody_else_or_to_something_else_is_not_believed() => Run(async driver =>
    {
        using var socket = secondary.OpenUdp(Theirs);
        using var stranger = simulation.Network.AddHost(Address("203.0.113.1")).OpenUdp(default);
        driver.Take(Changed("example.org", 7, key: null));
        var (_, from, octets) = await Receive(socket);
        var good = Answer(octets);

        await stranger.SendAsync(good, from, default);
        await socket.SendAsync(With(good, 0, 0xff), from, default);           // another id
        await socket.SendAsync(With(good, 2, 0x20), from, default);           // another opcode
        await socket.SendAsync(With(good, 2, 0x80), from, default);           // a message, no answer
        await socket.SendAsync(With(good, 13, 0x01), from, default);          // another zone
        await socket.SendAsync(good.AsMemory(0, 11), from, default);
        await Until(() => driver.Read().NotBelieved == 6, () => $"{driver.Read()}");
        Assert.Empty(told);
        await socket.SendAsync(good, from, default);
        await Told(1);
    });

    [Fact]
    public void A_signed_message_needs_a_signed_answer() => Run(async driver =>
    {
        using var socket = secondary.OpenUdp(Theirs);
        driver.Take(Changed("example.org", 7, Key));
        var (message, from, octets) = await Receive(socket);
        Assert.True(message.Additionals is [{ Type: QueryTypes.Tsig }]);
        var good = Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(octets, TsigKeys.Create([Key]), simulation.Clock.GetUtcNow().ToUnixTimeSeconds()));

        await socket.SendAsync(Answer(good.Message.Span), from, default);
        await Until(() => driver.Read().NotBelieved == 1, () => $"{driver.Read()}");
        Assert.Empty(told);
        await socket.SendAsync(Sign(good, Answer(good.Message.Span)), from, default);
        await Told(1);
    });

    [Fact]
    public void A_repetition_has_the_same_octets_until_its_signature_grows_old() => Run(async driver =>
    {
        using var socket = secondary.OpenUdp(Theirs);
        driver.Take(Changed("example.org", 7, Key));
        var seen = new List<string>();
        for (var i = 0; i < 11; i++)
            seen.Add(Convert.ToHexString((await Receive(socket)).Octets));
        Assert.Equal(7, seen.Count(octets => octets == seen[0]));   // at 0, 1, 3, 7, 15, 31 and 63 seconds
        Assert.Equal(5, seen.Distinct().Count());                   // and each later one anew
        await Told(1);
        Assert.Equal([new NotifyOutput.GaveUp(Theirs, Name("example.org"), new(7))], told);
        Assert.Equal((11, 0, 1, 0), Counts(driver));
        Assert.True(driver.Read().Peers is [{ GaveUp: 1, IsTroubled: true }]);
    });

    [Fact]
    public void A_name_is_resolved_and_its_addresses_of_both_families_are_told() => Run(
        async driver =>
        {
            using var socket = secondary.OpenUdp(Theirs);
            using var socketIPv6 = secondary.OpenUdp(At("[2001:db8::2]:53"));
            driver.Take(new NotifyInput.Changed([Zone("example.org", 7, null) with { Targets = [], Names = [Name("ns.example.net")] }]));
            Assert.Equal(Ours, (await Receive(socket)).From.Address);
            Assert.Equal(Address("2001:db8::1"), (await Receive(socketIPv6)).From.Address);
        },
        new() { Resolve = (name, _) => Task.FromResult<Seq<IpAddress>>(name == Name("ns.example.net") ? [Theirs.Address, Address("2001:db8::2")] : []) });

    private void Run(Func<NotifyDriver, Task> conversation, NotifyDriverOptions? options = null) => simulation.Run(async () =>
    {
        using var driver = new NotifyDriver(host, (options ?? new()) with { Tell = told.Add }, simulation.Clock, new CountingRandom());
        using var stop = new CancellationTokenSource();
        var running = driver.RunAsync(stop.Token);
        await conversation(driver);
        Cancel(stop);
        await running;
    });

    private async Task AnswerAll(IUdpSocket socket, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var (_, from, octets) = await Receive(socket, stop);
                var good = (TsigVerdict.Good)TsigVerifier.Verify(octets, TsigKeys.Create([Key]), simulation.Clock.GetUtcNow().ToUnixTimeSeconds());
                await socket.SendAsync(Sign(good, Answer(good.Message.Span)), from, default);
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation is over.
        }
    }

    // CancelAsync would leave the simulation's thread.
    private static void Cancel(CancellationTokenSource stop) => stop.Cancel();

    private Task Told(int count) => Until(() => told.Count >= count, () => string.Join('\n', told));

    private async Task Until(Func<bool> condition, Func<string> seen)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 100_000, seen());
            await Task.Delay(TimeSpan.FromMilliseconds(50), simulation.Clock);
        }
    }

    private static async Task<(Message Message, IpEndpoint From, byte[] Octets)> Receive(IUdpSocket socket, CancellationToken stop = default)
    {
        var space = new byte[4096];
        var received = await socket.ReceiveAsync(space, stop);
        var octets = space[..received.Length];
        Assert.True(Message.TryRead(octets, out var message, out var error), error.ToString());
        return (message, received.Source, octets);
    }

    private static byte[] Answer(ReadOnlySpan<byte> request)
    {
        Assert.True(Message.TryRead(request, out var message, out _));
        var answer = new byte[512];
        Assert.True((message with { Flags = HeaderBits.Response | HeaderBits.Authoritative, Answers = [], Additionals = [] }).TryWrite(answer, out var length));
        return answer[..length];
    }

    private byte[] Sign(TsigVerdict.Good request, byte[] answer)
    {
        var (buffer, length) = (new byte[1024], answer.Length);
        answer.CopyTo(buffer, 0);
        Assert.True(new TsigAnswerSigner(request).TrySign(buffer, ref length, simulation.Clock.GetUtcNow().ToUnixTimeSeconds()));
        return buffer[..length];
    }

    private static byte[] With(byte[] octets, int at, byte flip)
    {
        var changed = octets.ToArray();
        changed[at] ^= flip;
        return changed;
    }

    private static (long, long, long, long) Counts(NotifyDriver driver) => driver.Read() is var seen ? (seen.Sent, seen.Acknowledged, seen.GaveUp, seen.NotBelieved) : default;

    private static NotifyInput.Changed Changed(string apex, uint serial, TsigKey? key) => new([Zone(apex, serial, key)]);

    private static NotifyZone Zone(string apex, uint serial, TsigKey? key) => new(
        Name(apex), new Soa(Name("ns"), Name("h"), new(serial), 1, 1, 1, 1), new(60), [new(Theirs, key)], []);

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    /// <summary>1, 2, 3, ...: an id for each message.</summary>
    private sealed class CountingRandom : IRandom
    {
        private ushort last;

        public void Fill(Span<byte> octets) => System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(octets, ++last);
    }
}
