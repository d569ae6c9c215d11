using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Tsig;
using Xunit;

namespace Riad.Dns.Tests.Tsig;

public sealed class TsigAnswerTests
{
    [Theory]
    [InlineData("badkey")]
    [InlineData("badalg")]
    [InlineData("badsig")]
    [InlineData("badtime")]
    public void Refusal_is_octet_for_octet_the_one_of_BIND(string label)
    {
        var (request, answer) = (TsigVectors.Message($"bind-{label}-Q"), new byte[1100]);
        var refused = Assert.IsType<TsigVerdict.Refused>(TsigVerifier.Verify(request, TsigVectors.Keys(), TsigVectors.Time));
        var length = TsigRefusalWriter.Write(request, refused, answer, TsigVectors.Time);
        Assert.Equal(Convert.ToHexStringLower(TsigVectors.Message($"bind-{label}-A")), Convert.ToHexStringLower(answer.AsSpan(0, length)));
    }

    [Fact]
    public void Format_error_has_no_TSIG()
    {
        var answer = new byte[1100];
        var length = TsigRefusalWriter.Write(TsigVectors.Message("cut-sha256-15"), new(ResponseCode.FormatError, TsigError.None, null, null), answer, TsigVectors.Time);
        Assert.Equal("123480010001000000000000" + "076578616d706c65036f72670000060001", Convert.ToHexStringLower(answer.AsSpan(0, length)));
    }

    [Fact]
    public void Refusal_has_EDNS_where_the_request_has_it()
    {
        var (request, answer) = (TsigVectors.Message("dig-sha256"), new byte[1100]);
        var refused = Assert.IsType<TsigVerdict.Refused>(TsigVerifier.Verify(request, TsigKeys.None, TsigVectors.Time));
        Assert.True(Message.TryRead(answer.AsSpan(0, TsigRefusalWriter.Write(request, refused, answer, TsigVectors.Time)), out var message, out _));
        Assert.Equal((ResponseCode.NotAuthoritative, true), (message.ResponseCode, message.Edns is not null));
        Assert.True(message.Additionals is [{ Type: QueryTypes.Tsig }]);
    }

    [Fact]
    public void Refusal_that_does_not_fit_and_one_of_no_message_are_nothing()
    {
        var request = TsigVectors.Message("bind-badkey-Q");
        var refused = (TsigVerdict.Refused)TsigVerifier.Verify(request, TsigVectors.Keys(), TsigVectors.Time);
        Assert.Equal(0, TsigRefusalWriter.Write(request, refused, new byte[60], TsigVectors.Time));
        Assert.Equal(0, TsigRefusalWriter.Write(request.AsSpan(0, 11), refused, new byte[1100], TsigVectors.Time));
    }

    [Fact]
    public void Answer_is_signed_as_BIND_signs_it()
    {
        var good = Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(TsigVectors.Message("bind-good-Q"), TsigVectors.Keys(), TsigVectors.Time));
        Assert.True(SignedMessage.TryFind(TsigVectors.Message("bind-good-A"), out var found));
        var unsigned = found.Unsigned(TsigVectors.Message("bind-good-A")).Span;
        var (buffer, length) = (new byte[512], unsigned.Length);
        unsigned.CopyTo(buffer);
        Assert.True(new TsigAnswerSigner(good).TrySign(buffer, ref length, TsigVectors.Time));
        Assert.Equal(Convert.ToHexStringLower(found.Record!.Mac.Span), Mac(buffer.AsSpan(0, length)));
        Assert.Equal(unsigned.Length + good.Key.SignatureLength, length);
    }

    [Fact]
    public void Transfer_is_signed_as_BIND_signs_it_message_by_message()
    {
        var signer = new TsigAnswerSigner((TsigVerdict.Good)TsigVerifier.Verify(TsigVectors.Message("bind-axfr-Q"), TsigVectors.Keys(), TsigVectors.Time));
        foreach (var answer in TsigVectors.All("bind-axfr-A"))
        {
            Assert.True(SignedMessage.TryFind(answer, out var found));
            var (buffer, length) = (new byte[1024], found.Length);
            found.Unsigned(answer).Span.CopyTo(buffer);
            Assert.True(signer.TrySign(buffer, ref length, TsigVectors.Time));
            Assert.Equal(Convert.ToHexStringLower(found.Record!.Mac.Span), Mac(buffer.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("bind-good")]
    [InlineData("bind-axfr")]
    public void Answer_of_BIND_is_good_to_its_end(string label)
    {
        using var verifier = Verifier($"{label}-Q");
        foreach (var answer in TsigVectors.All($"{label}-A"))
        {
            Assert.IsType<TsigAnswerVerdict.Good>(verifier.Verify(answer, TsigVectors.Time));
            Assert.True(verifier.IsComplete);
        }
    }

    public static TheoryData<string, string, TsigAnswerVerdict> Errors => new()
    {
        { "bind-badkey", "other.example", new TsigAnswerVerdict.RefusedByServer(TsigError.BadKey, null, IsSigned: false) },
        { "bind-badsig", "key.example", new TsigAnswerVerdict.RefusedByServer(TsigError.BadSignature, null, IsSigned: false) },
        { "bind-badtime", "key.example", new TsigAnswerVerdict.RefusedByServer(TsigError.BadTime, TsigVectors.Time, IsSigned: true) },
        { "bind-badkey", "key.example", new TsigAnswerVerdict.Bad(TsigAnswerFault.WrongKey) },
    };

    [Theory, MemberData(nameof(Errors))]
    public void Errors_of_BIND_are_understood(string label, string key, TsigAnswerVerdict expected)
    {
        using var verifier = Verifier($"{label}-Q", TsigVectors.Key(name: key));
        Assert.Equal(expected, verifier.Verify(TsigVectors.Message($"{label}-A"), TsigVectors.Time));
        Assert.False(verifier.IsComplete && expected is TsigAnswerVerdict.Bad);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void Unsigned_messages_between_signed_ones_are_covered(int count)
    {
        using var verifier = Verifier("gaps-request");
        Assert.IsType<TsigAnswerVerdict.Good>(verifier.Verify(TsigVectors.Message("gaps-first"), TsigVectors.Time));
        for (var i = 0; i < count; i++)
        {
            Assert.IsType<TsigAnswerVerdict.Pending>(verifier.Verify(TsigVectors.Message("gaps-unsigned"), TsigVectors.Time));
            Assert.False(verifier.IsComplete);
        }
        Assert.IsType<TsigAnswerVerdict.Good>(verifier.Verify(TsigVectors.Message($"gaps-last-after-{count}"), TsigVectors.Time));
        Assert.True(verifier.IsComplete);
    }

    [Fact]
    public void Hundredth_unsigned_message_ends_the_answer()
    {
        using var verifier = Verifier("gaps-request");
        verifier.Verify(TsigVectors.Message("gaps-first"), TsigVectors.Time);
        for (var i = 0; i < 99; i++)
            verifier.Verify(TsigVectors.Message("gaps-unsigned"), TsigVectors.Time);
        Assert.Equal(Bad(TsigAnswerFault.TooManyUnsigned), verifier.Verify(TsigVectors.Message("gaps-unsigned"), TsigVectors.Time));
        Assert.Equal(Bad(TsigAnswerFault.TooManyUnsigned), verifier.Verify(TsigVectors.Message("gaps-last-after-100"), TsigVectors.Time));
    }

    [Fact]
    public void First_message_has_to_be_signed()
    {
        using var verifier = Verifier("gaps-request");
        Assert.Equal(Bad(TsigAnswerFault.NotSigned), verifier.Verify(TsigVectors.Message("gaps-unsigned"), TsigVectors.Time));
    }

    [Fact]
    public void Message_that_is_left_out_or_repeated_or_changed_is_noticed()
    {
        var answers = TsigVectors.All("bind-axfr-A");
        foreach (var order in (int[][])[[0, 2], [0, 0], [1], [0, 1, 3]])
        {
            using var verifier = Verifier("bind-axfr-Q");
            var verdicts = order.Select(i => verifier.Verify(answers[i], TsigVectors.Time)).ToList();
            Assert.Equal(Bad(TsigAnswerFault.BadSignature), verdicts[^1]);
            Assert.False(verifier.IsComplete);
        }
    }

    [Fact]
    public void Answer_of_another_time_is_not_believed()
    {
        using var verifier = Verifier("bind-good-Q");
        Assert.Equal(Bad(TsigAnswerFault.BadTime), verifier.Verify(TsigVectors.Message("bind-good-A"), TsigVectors.Time + 301));
    }

    [Theory]
    [InlineData("bind-good-Q", "hmac-sha256", 0x1234)]
    [InlineData("dig-sha224", "hmac-sha224", null)]
    [InlineData("kdig-sha512", "hmac-sha512", null)]
    public void Request_is_signed_as_others_sign_it(string label, string algorithm, int? id)
    {
        var request = TsigVectors.Message(label);
        Assert.True(SignedMessage.TryFind(request, out var found));
        var (buffer, length) = (new byte[512], found.Length);
        found.Unsigned(request).Span.CopyTo(buffer);
        Assert.True(TsigSigner.TrySignRequest(TsigVectors.Key(TsigVectors.Algorithm(algorithm)), buffer, ref length, found.Record!.TimeSigned, out var mac));
        Assert.Equal(Convert.ToHexStringLower(request), Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        Assert.Equal(found.Record.Mac, mac);
        Assert.True(id is null || id == (request[0] << 8 | request[1]));
    }

    [Fact]
    public void Nothing_changes_where_there_is_no_room_for_a_signature()
    {
        var (key, buffer) = (TsigVectors.Key(), TsigVectors.Message("gaps-unsigned"));
        buffer = [.. buffer, .. new byte[key.SignatureLength - 1]];
        var (before, length) = (buffer.ToArray(), Header.Length);
        Assert.False(TsigSigner.TrySignRequest(key, buffer, ref length, TsigVectors.Time, out _));
        Assert.Equal(before, buffer);
        Assert.Equal(Header.Length, length);
    }

    private static TsigAnswerVerdict.Bad Bad(TsigAnswerFault fault) => new(fault);

    private static TsigAnswerVerifier Verifier(string request, TsigKey? key = null) =>
        new(key ?? TsigVectors.Key(), SignedMessage.TryFind(TsigVectors.Message(request), out var found) ? found.Record!.Mac : default);

    private static string Mac(ReadOnlySpan<byte> message) =>
        SignedMessage.TryFind(message, out var found) ? Convert.ToHexStringLower(found.Record!.Mac.Span) : "no TSIG record";
}
