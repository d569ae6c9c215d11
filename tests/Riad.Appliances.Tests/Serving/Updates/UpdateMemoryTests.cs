using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Serving.Updates;
using Xunit;

namespace Riad.Appliances.Tests.Serving.Updates;

public sealed class UpdateMemoryTests
{
    private static readonly TsigKey Key = new(UpdatingServer.Name("key._update.example.org"), TsigAlgorithm.HmacSha256, NewSecret());

    private int applied;

    [Fact]
    public async Task A_request_that_comes_again_gets_the_first_answer_and_is_applied_once()
    {
        var memory = NewMemory();
        var request = Sign(1, at: 1000);

        Assert.Equal(ResponseCode.NameExists, await memory.AnswerOnce(request, 1000, () => Apply(ResponseCode.NameExists)));
        Assert.Equal(ResponseCode.NameExists, await memory.AnswerOnce(request, 1300, () => Apply(ResponseCode.NoError)));
        Assert.Equal(1, applied);
    }

    [Fact]
    public async Task A_repetition_with_a_shortened_signature_is_the_same_request()
    {
        var memory = NewMemory();
        var request = Sign(1, at: 1000);
        var cut = request with { Record = request.Record with { Mac = new(request.Mac.Span[..16]) } };

        await memory.AnswerOnce(request, 1000, () => Apply(ResponseCode.NoError));
        await memory.AnswerOnce(cut, 1001, () => Apply(ResponseCode.NoError));

        Assert.Equal(1, applied);
    }

    [Fact]
    public async Task A_repetition_while_the_first_is_under_way_waits_for_it()
    {
        var memory = NewMemory();
        var first = new TaskCompletionSource<ResponseCode>();

        var answer = memory.AnswerOnce(Sign(1, at: 1000), 1000, () => first.Task);
        var repeated = memory.AnswerOnce(Sign(1, at: 1000), 1000, () => Apply(ResponseCode.NoError));
        first.SetResult(ResponseCode.SetExists);

        Assert.Equal(ResponseCode.SetExists, await answer);
        Assert.Equal(ResponseCode.SetExists, await repeated);
    }

    [Fact]
    public async Task What_its_signature_makes_worthless_is_forgotten_and_other_requests_are_others()
    {
        var memory = NewMemory(2);
        for (var number = 0; number < 10; number++)
            await memory.AnswerOnce(Sign(number, at: 1000 + (400 * number)), 1000 + (400 * number), () => Apply(ResponseCode.NoError));

        Assert.Equal(10, applied);
    }

    [Fact]
    public async Task When_it_is_full_nothing_older_than_what_it_forgot_is_applied()
    {
        var memory = NewMemory(3);
        for (var number = 0; number < 5; number++)
            await memory.AnswerOnce(Sign(number, at: 1000 + number), 1010, () => Apply(ResponseCode.NoError));

        Assert.Equal(ResponseCode.ServerFailure, await memory.AnswerOnce(Sign(0, at: 1000), 1010, () => Apply(ResponseCode.NoError)));
        Assert.Equal(ResponseCode.NoError, await memory.AnswerOnce(Sign(4, at: 1004), 1010, () => Apply(ResponseCode.NameExists)));
        Assert.Equal(5, applied);
    }

    /// <summary>Seconds from the start of the process to when a request was signed and when it came.</summary>
    [Theory]
    [InlineData(-1, 0, ResponseCode.ServerFailure)] // the process before may have answered it
    [InlineData(-1, 200, ResponseCode.ServerFailure)]
    [InlineData(-300, 0, ResponseCode.ServerFailure)]
    [InlineData(0, 0, ResponseCode.NoError)]
    [InlineData(1, 200, ResponseCode.NoError)]
    [InlineData(250, 0, ResponseCode.NoError)] // the client's clock is ahead
    [InlineData(-100, -100, ResponseCode.NoError)] // the server's clock was ahead when it started, and was set back
    public async Task What_was_signed_before_the_process_started_is_not_applied_perhaps_a_second_time(int signedAfter, int cameAfter, ResponseCode expected)
    {
        const long Start = 100_000;
        var memory = new UpdateMemory(Start, NullLogger.Instance);
        var request = Sign(1, at: Start + signedAfter);

        Assert.Equal(expected, await memory.AnswerOnce(request, Start + cameAfter, () => Apply(ResponseCode.NoError)));
        Assert.Equal(expected, await memory.AnswerOnce(request, Start + cameAfter, () => Apply(ResponseCode.NoError)));
        Assert.Equal(expected is ResponseCode.NoError ? 1 : 0, applied);
        Assert.Equal(ResponseCode.NoError, await memory.AnswerOnce(Sign(1, at: Start + 300), Start + 300, () => Apply(ResponseCode.NoError)));
    }

    private static UpdateMemory NewMemory(int capacity = 100) => new(beganAt: 0, NullLogger.Instance, capacity);

    private Task<ResponseCode> Apply(ResponseCode code)
    {
        applied++;
        return Task.FromResult(code);
    }

    private static TsigVerdict.Good Sign(int number, long at)
    {
        var buffer = new byte[512];
        var message = new Message((ushort)number, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(UpdatingServer.Name("example.org"), 6, RecordClass.Internet)], [], [], [], null);
        Assert.True(message.TryWrite(buffer, out var length));
        Assert.True(TsigSigner.TrySignRequest(Key, buffer, ref length, at, out _));
        return Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(buffer.AsSpan(0, length), TsigKeys.Create([Key]), at));
    }

    private static TsigSecret NewSecret() => TsigSecret.TryCreate(new byte[32], out var secret) ? secret : throw new InvalidOperationException();
}
