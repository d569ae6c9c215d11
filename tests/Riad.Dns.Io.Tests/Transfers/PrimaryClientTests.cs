using Riad.Core;
using Riad.Dns.Io.Transfers;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Secondary;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Tsig;
using Riad.Net;
using static Riad.Dns.Io.Tests.Dialogue;
using static Riad.Dns.Io.Tests.Transfers.TestZone;

namespace Riad.Dns.Io.Tests.Transfers;

/// <summary>What a primary may do to a connection, on a network in memory and a virtual clock.</summary>
public sealed class PrimaryClientTests
{
    private static readonly IpEndpoint Primary = At("192.0.2.1:53");

    private readonly Simulation simulation = new();
    private readonly INetwork here;
    private readonly INetwork there;

    public PrimaryClientTests()
    {
        there = simulation.Network.AddHost(Primary.Address);
        here = simulation.Network.AddHost(Address("198.51.100.1"));
    }

    [Fact]
    public void A_whole_zone_comes_in_several_messages() => Run(
        RefreshStep.Whole,
        async (flow, question) => await flow.WriteAsync(Frame(Answer(question, Soa(7), Address("www", 1)), Answer(question, Address("mail", 2), Soa(7)))),
        result => Assert.Equal(3, Assert.IsType<TransferResult.Whole>(Assert.IsType<AttemptResult.Transferred>(result).Transfer).Zone.RecordCount));

    [Fact]
    public void Differences_are_asked_for_with_our_SOA() => Run(
        RefreshStep.Incremental,
        async (flow, question) =>
        {
            Assert.True(Message.TryRead(question, out var asked, out _));
            Assert.Equal(QueryTypes.Ixfr, asked.Questions[0].Type);
            Assert.True(asked.Authorities[0].TryGet(RrTypes.Soa, out var soa) && soa.Serial == new Serial(5));
            await flow.WriteAsync(Frame(Answer(question, Soa(6), Soa(5), Soa(6), Address("new", 9), Soa(6))));
        },
        result => Assert.Equal(new Serial(6), Assert.IsType<TransferResult.Differences>(Assert.IsType<AttemptResult.Transferred>(result).Transfer).Zone.Serial));

    [Fact]
    public void The_serial_is_asked_for() => Run(
        RefreshStep.Check,
        async (flow, question) => await flow.WriteAsync(Frame(Answer(question, Soa(9)))),
        result => Assert.Equal(new AttemptResult.Answered(new(9)), result));

    [Fact]
    public void A_primary_tells_how_long_the_zone_still_lives_there() => Run(
        RefreshStep.Whole,
        async (flow, question) => await flow.WriteAsync(Frame(WithExpire(Answer(question, Soa(7), Address("www", 1), Soa(7)), 77))),
        result => Assert.Equal(TimeSpan.FromSeconds(77), Assert.IsType<AttemptResult.Transferred>(result).Left));

    [Theory]
    [InlineData(ResponseCode.FormatError)]
    [InlineData(ResponseCode.NotImplemented)]
    public void A_primary_that_does_not_understand_EDNS_is_asked_without(ResponseCode code) => Run(
        RefreshStep.Check,
        async (flow, question) =>
        {
            Assert.True(Message.TryRead(question, out var asked, out _));
            await flow.WriteAsync(Frame(asked.Edns is null ? Answer(question, Soa(9)) : Answer(question, code)));
        },
        result => Assert.Equal(new AttemptResult.Answered(new(9)), result));

    [Fact]
    public void Octets_may_come_one_by_one_while_each_message_is_in_time() => Run(
        RefreshStep.Whole,
        async (flow, question) =>
        {
            foreach (var octet in Frame(Answer(question, Soa(7)), Answer(question, Soa(7))))
            {
                await flow.WriteAsync(new[] { octet });
                await Task.Delay(TimeSpan.FromMilliseconds(200), simulation.Clock);
            }
        },
        result => Assert.IsType<AttemptResult.Transferred>(result));

    [Fact]
    public void A_message_that_comes_too_slowly_ends_the_attempt() => Run(
        RefreshStep.Whole,
        async (flow, question) =>
        {
            foreach (var octet in Frame(Answer(question, Soa(7)), Answer(question, Soa(7))))
            {
                await flow.WriteAsync(new[] { octet });
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            }
        },
        result => Assert.Equal((Failed(new RefreshFailure.TimedOut()), 30.0), (result, simulation.Clock.Elapsed.TotalSeconds)));

    [Fact]
    public void A_transfer_that_goes_on_for_too_long_ends_whatever_comes() => Run(
        RefreshStep.Whole,
        async (flow, question) =>
        {
            await flow.WriteAsync(Frame(Answer(question, Soa(7))));
            while (true)
            {
                await flow.WriteAsync(Frame(Answer(question, Address("www", 1))));
                await Task.Delay(TimeSpan.FromSeconds(10), simulation.Clock);
            }
        },
        result => Assert.Equal((Failed(new RefreshFailure.TimedOut()), 3600.0), (result, simulation.Clock.Elapsed.TotalSeconds)));

    [Fact]
    public void A_primary_that_says_nothing_ends_the_attempt() => Run(
        RefreshStep.Check,
        async (_, _) => await Task.Delay(TimeSpan.FromDays(1), simulation.Clock),
        result => Assert.Equal((Failed(new RefreshFailure.TimedOut()), 30.0), (result, simulation.Clock.Elapsed.TotalSeconds)));

    [Fact]
    public void A_connection_that_is_closed_in_the_middle_ends_the_attempt() => Run(
        RefreshStep.Whole,
        async (flow, question) => await flow.WriteAsync(Frame(Answer(question, Soa(7), Address("www", 1)))),
        result => Assert.Equal(Failed(new RefreshFailure.ClosedEarly()), result));

    [Fact]
    public void A_connection_that_is_closed_inside_a_message_ends_the_attempt() => Run(
        RefreshStep.Whole,
        async (flow, question) => await flow.WriteAsync(Frame(Answer(question, Soa(7), Soa(7))).AsMemory(0, 20)),
        result => Assert.Equal(Failed(new RefreshFailure.ClosedEarly()), result));

    [Fact]
    public void Nobody_listens() => simulation.Run(async () =>
        Assert.IsType<RefreshFailure.Unreachable>(Assert.IsType<AttemptResult.Failed>(await AskAsync(RefreshStep.Check, key: null)).Failure));

    [Fact]
    public void A_signed_answer_is_believed() => Run(
        RefreshStep.Whole,
        async (flow, question) =>
        {
            var signer = SignerFor(question);
            await flow.WriteAsync(Frame(Sign(signer, Answer(question, Soa(7))), Sign(signer, Answer(question, Soa(7)))));
        },
        result => Assert.IsType<AttemptResult.Transferred>(result),
        Key);

    [Fact]
    public void An_unsigned_answer_is_not_believed_where_a_key_was_agreed_on() => Run(
        RefreshStep.Whole,
        async (flow, question) => await flow.WriteAsync(Frame(Answer(question, Soa(7), Soa(7)))),
        result => Assert.Equal(Failed(new RefreshFailure.NotTrusted("the answer is not signed with key key.test")), result),
        Key);

    [Fact]
    public void An_answer_whose_last_message_is_not_signed_is_not_believed() => Run(
        RefreshStep.Whole,
        async (flow, question) =>
        {
            var signer = SignerFor(question);
            await flow.WriteAsync(Frame(Sign(signer, Answer(question, Soa(7))), Answer(question, Soa(7))));
        },
        result => Assert.Equal(Failed(new RefreshFailure.NotTrusted("the last message is not signed")), result),
        Key);

    [Fact]
    public void An_answer_that_was_changed_on_its_way_is_not_believed() => Run(
        RefreshStep.Check,
        async (flow, question) =>
        {
            var answer = Sign(SignerFor(question), Answer(question, Soa(7)));
            answer[^90]++;
            await flow.WriteAsync(Frame(answer));
        },
        result => Assert.IsType<RefreshFailure.NotTrusted>(Assert.IsType<AttemptResult.Failed>(result).Failure),
        Key);

    [Fact]
    public void NOTAUTH_for_our_signature_is_not_taken_for_NOTAUTH_of_the_zone() => Run(
        RefreshStep.Check,
        async (flow, question) =>
        {
            var refused = Assert.IsType<TsigVerdict.Refused>(TsigVerifier.Verify(question, TsigKeys.None, UnixSeconds));
            var answer = new byte[1100];
            var length = TsigRefusalWriter.Write(question, refused, answer, UnixSeconds);
            await flow.WriteAsync(Frame(answer[..length]));
        },
        result => Assert.Contains("BADKEY", Assert.IsType<RefreshFailure.NotTrusted>(Assert.IsType<AttemptResult.Failed>(result).Failure).Reason, StringComparison.Ordinal),
        Key);

    private long UnixSeconds => simulation.Clock.GetUtcNow().ToUnixTimeSeconds();

    private TsigAnswerSigner SignerFor(byte[] question) =>
        new(Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(question, TsigKeys.Create([Key]), UnixSeconds)));

    private byte[] Sign(TsigAnswerSigner signer, byte[] message)
    {
        var buffer = new byte[message.Length + signer.Key.SignatureLength];
        message.CopyTo(buffer, 0);
        var length = message.Length;
        Assert.True(signer.TrySign(buffer, ref length, UnixSeconds));
        return buffer[..length];
    }

    private static byte[] WithExpire(byte[] message, byte seconds)
    {
        Assert.True(Message.TryRead(message, out var answer, out _));
        Assert.Equal([new EdnsOption.Unknown((ushort)EdnsOptionCode.Expire, default)], answer.Edns!.Options);
        var buffer = new byte[Message.MaxLength];
        Assert.True((answer with { Edns = Edns.Plain with { Options = [new EdnsOption.Unknown((ushort)EdnsOptionCode.Expire, new([0, 0, 0, seconds]))] } }).TryWrite(buffer, out var length));
        return buffer[..length];
    }

    private void Run(RefreshStep step, Func<TcpFlow, byte[], Task> answer, Action<AttemptResult> check, TsigKey? key = null)
    {
        using var listener = there.ListenTcp(Primary, async flow =>
        {
            try
            {
                await answer(flow, await ReadMessageAsync(flow) ?? throw new EndOfStreamException());
            }
            catch (NetworkException)
            {
                // The other side has enough.
            }
        });
        simulation.Run(async () => check(await AskAsync(step, key)));
    }

    private Task<AttemptResult> AskAsync(RefreshStep step, TsigKey? key)
    {
        var client = new PrimaryClient(here, new(), simulation.Clock, new FixedRandom());
        var present = step is RefreshStep.Whole ? null : Zone(5, Address("www", 1));
        return client.AskAsync(new(1, Apex, new(Primary, key?.Name), step, present), key, default);
    }

    private static AttemptResult.Failed Failed(RefreshFailure failure) => new(failure);
}
