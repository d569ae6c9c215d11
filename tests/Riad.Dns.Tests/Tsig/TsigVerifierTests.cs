using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Tsig;
using Xunit;

namespace Riad.Dns.Tests.Tsig;

public sealed class TsigVerifierTests
{
    public static TheoryData<string, string> Requests => new()
    {
        { "dig-sha1", "hmac-sha1" }, { "dig-sha224", "hmac-sha224" }, { "dig-sha256", "hmac-sha256" }, { "dig-sha384", "hmac-sha384" }, { "dig-sha512", "hmac-sha512" },
        { "kdig-sha1", "hmac-sha1" }, { "kdig-sha224", "hmac-sha224" }, { "kdig-sha256", "hmac-sha256" }, { "kdig-sha384", "hmac-sha384" }, { "kdig-sha512", "hmac-sha512" },
        { "bind-good-Q", "hmac-sha256" }, { "bind-axfr-Q", "hmac-sha256" }, { "mixed-case", "hmac-sha256" },
        { "cut-sha1-10", "hmac-sha1" }, { "cut-sha224-14", "hmac-sha224" }, { "cut-sha256-16", "hmac-sha256" }, { "cut-sha512-32", "hmac-sha512" },
    };

    [Theory, MemberData(nameof(Requests))]
    public void Request_of_another_program_is_good_and_no_changed_octet_is(string label, string algorithm)
    {
        var (request, keys) = (TsigVectors.Message(label), TsigVectors.Keys(TsigVectors.Algorithm(algorithm)));
        var good = Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(request, keys, TsigVectors.Time));
        Assert.Equal("key.example.", good.Key.Name.ToString());
        Assert.True(Message.TryRead(good.Message.Span, out var message, out var error), error.ToString());
        Assert.Empty(message.Additionals);
        for (var i = 2; i < request.Length; i++) // the id is not signed: the original id is
        {
            var changed = request.ToArray();
            changed[i] ^= 0x01;
            Assert.True(TsigVerifier.Verify(changed, keys, TsigVectors.Time) is not TsigVerdict.Good || IsCase(request[i]), $"octet {i} of {label}");
        }
    }

    public static TheoryData<string, string, long, TsigTruncation, ResponseCode, TsigError> Refusals => new()
    {
        // request          algorithm      clock is off by  truncation                        response code                    TSIG error
        { "bind-badkey-Q",  "hmac-sha256", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadKey },
        { "bind-badalg-Q",  "hmac-sha256", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadKey },
        { "bind-badsig-Q",  "hmac-sha256", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadSignature },
        { "bind-badtime-Q", "hmac-sha256", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadTime },
        { "bind-good-Q",    "hmac-sha256", 301,   TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadTime },
        { "bind-good-Q",    "hmac-sha256", -301,  TsigTruncation.AsTheStandardAllows, ResponseCode.NotAuthoritative, TsigError.BadTime },
        { "cut-sha256-16",  "hmac-sha256", 0,     TsigTruncation.Refused,             ResponseCode.NotAuthoritative, TsigError.BadTruncation },
        { "cut-sha256-16",  "hmac-sha256", 301,   TsigTruncation.Refused,             ResponseCode.NotAuthoritative, TsigError.BadTime },
        { "cut-sha1-9",     "hmac-sha1",   0,     TsigTruncation.AsTheStandardAllows, ResponseCode.FormatError,      TsigError.None },
        { "cut-sha224-13",  "hmac-sha224", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.FormatError,      TsigError.None },
        { "cut-sha256-15",  "hmac-sha256", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.FormatError,      TsigError.None },
        { "cut-sha512-31",  "hmac-sha512", 0,     TsigTruncation.AsTheStandardAllows, ResponseCode.FormatError,      TsigError.None },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Request_is_refused_for_the_reason_of_the_RFC(string label, string algorithm, long late, TsigTruncation truncation, ResponseCode code, TsigError error)
    {
        var verdict = TsigVerifier.Verify(TsigVectors.Message(label), TsigVectors.Keys(TsigVectors.Algorithm(algorithm)), TsigVectors.Time + late, truncation);
        var refused = Assert.IsType<TsigVerdict.Refused>(verdict);
        Assert.Equal((code, error), (refused.Code, refused.Error));
        Assert.Equal(error is TsigError.BadTime or TsigError.BadTruncation, refused.Key is not null); // only these answers are signed
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(0, true)]
    public void Fudge_is_an_inclusive_bound(long late, bool good) =>
        Assert.Equal(good, TsigVerifier.Verify(TsigVectors.Message("bind-good-Q"), TsigVectors.Keys(), TsigVectors.Time + late) is TsigVerdict.Good);

    [Fact]
    public void Forwarded_request_is_verified_with_its_original_id_and_answered_with_its_own()
    {
        var good = Assert.IsType<TsigVerdict.Good>(TsigVerifier.Verify(TsigVectors.Message("forwarded"), TsigVectors.Keys(), TsigVectors.Time));
        Assert.Equal(0x1234, good.OriginalId);
        Assert.Equal([0x99, 0x99], good.Message.Span[..2].ToArray());
    }

    [Fact]
    public void Message_without_TSIG_is_not_signed() =>
        Assert.IsType<TsigVerdict.NotSigned>(TsigVerifier.Verify(TsigVectors.Message("gaps-unsigned"), TsigVectors.Keys(), TsigVectors.Time));

    public static TheoryData<string, Func<byte[], byte[]>> Malformed => new()
    {
        // why                                  what is done to a good request of 29 octets and a TSIG record of 86
        { "twice",                              request => [.. request[..10], 0, 2, .. request[12..], .. request[29..]] },
        { "another record behind it",           request => [.. request[..10], 0, 2, .. request[12..], 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4] },
        { "in the answer section",              request => [.. request[..6], 0, 1, 0, 0, 0, 0, .. request[12..]] },
        { "in the authority section",           request => [.. request[..6], 0, 0, 0, 1, 0, 0, .. request[12..]] },
        { "class IN",                           request => [.. request[..45], 1, .. request[46..]] },
        { "TTL 1",                              request => [.. request[..49], 1, .. request[50..]] },
        { "octets behind it",                   request => [.. request, 0] },
        { "cut off",                            request => request[..^1] },
        { "compressed algorithm name",          request => [.. request[..50], 0, 50, 0xc0, 12, .. request[65..]] },
        { "other data that is not there",       request => [.. request[..^1], 1] },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void Misplaced_or_malformed_TSIG_is_a_format_error(string why, Func<byte[], byte[]> change)
    {
        var refused = TsigVerifier.Verify(change(TsigVectors.Message("bind-good-Q")), TsigVectors.Keys(), TsigVectors.Time) as TsigVerdict.Refused;
        Assert.True(refused is { Code: ResponseCode.FormatError, Error: TsigError.None, Record: null, Key: null }, why);
    }

    [Fact]
    public void Verifying_never_throws_whatever_the_octets() => Prop.ForAll<byte[], int>((octets, at) =>
    {
        var request = TsigVectors.Message("bind-good-Q");
        octets.AsSpan(0, Math.Min(octets.Length, 20)).CopyTo(request.AsSpan((int)((uint)at % (request.Length - 20))));
        return TsigVerifier.Verify(request, TsigVectors.Keys(), TsigVectors.Time) is not null && TsigVerifier.Verify(octets, TsigVectors.Keys(), 0) is not null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Read_undoes_write() => Prop.ForAll<byte[], long, ushort>((octets, time, number) =>
    {
        var record = new TsigRecord(TsigVectors.Name("k.example"), TsigVectors.Name("Some.Algorithm"), time & TsigRecord.MaxTime, number, new(octets), number, (TsigError)number, new(octets));
        var writer = new WireWriter(new byte[1000 + (2 * octets.Length)]);
        record.WriteRdata(ref writer);
        return TsigRecord.TryRead(TsigVectors.Name("k.example"), writer.Written, out var again, out _) && again == record;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_record_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
        TsigRecord.TryRead(TsigVectors.Name("k"), octets, out _, out var error) || (error.Fault is not WireFault.None && error.Offset <= octets.Length)).QuickCheckThrowOnFailure();

    private static bool IsCase(byte octet) => char.IsAsciiLetter((char)octet);
}
