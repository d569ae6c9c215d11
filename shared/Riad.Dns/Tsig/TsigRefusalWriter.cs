using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>Writes the answer to a request whose signature was refused.</summary>
/// <remarks>
/// Source: RFC 8945 §5.2 and §5.3.2. FORMERR has no TSIG record. BADKEY and BADSIG have one without a MAC, since nothing
/// proves that the asker has the key. BADTIME and BADTRUNC are signed; BADTIME tells the server's time beside the
/// request's own.
/// </remarks>
public static class TsigRefusalWriter
{
    /// <summary>Writes the answer.</summary>
    /// <param name="request">The message that was refused, at least 12 octets.</param>
    /// <param name="refused">What <see cref="TsigVerifier"/> said of it.</param>
    /// <param name="answer">Receives the message; 1,100 octets are enough for any.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Octets of the answer; 0 when it does not fit, or when the request is shorter than a header.</returns>
    public static int Write(ReadOnlySpan<byte> request, TsigVerdict.Refused refused, Span<byte> answer, long unixSeconds)
    {
        if (request.Length < Header.Length || answer.Length < Header.Length)
            return 0;
        var length = WriteUnsigned(request, refused.Code, answer);
        if (refused.Record is not { } record)
            return length;
        var unsigned = record with
        {
            TimeSigned = refused.Error is TsigError.BadTime ? record.TimeSigned : unixSeconds & TsigRecord.MaxTime,
            Fudge = refused.Error is TsigError.BadTime ? record.Fudge : TsigRecord.UsualFudge,
            Mac = default,
            OriginalId = BinaryPrimitives.ReadUInt16BigEndian(request),
            Error = refused.Error,
            Other = refused.Error is TsigError.BadTime ? PrintTime(unixSeconds) : default,
        };
        var signed = refused.Key is { } key ? unsigned with { Mac = Sign(key, record.Mac, answer[..length], unsigned) } : unsigned;
        return TsigSigner.TryAppend(signed, answer, ref length) ? length : 0;
    }

    /// <summary>The header, the question if there is one that can be read, and an OPT record where the request has one.</summary>
    private static int WriteUnsigned(ReadOnlySpan<byte> request, ResponseCode code, Span<byte> answer)
    {
        var reader = new MessageReader(request);
        scoped var writer = new MessageWriter(answer);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        if (reader.Header.Questions == 1 && reader.TryReadQuestion(name, out var question))
            writer.TryWriteQuestion(name[..question.NameLength], question.Type, question.Class);
        if (SignedMessage.TryFind(request, out var found) && found.HasEdns)
            writer.TryWriteOpt(Edns.UsualUdpSize, version: 0, isDnssecOk: false, code, []);
        return writer.Finish(reader.Header.Id, HeaderBits.Response | (reader.Header.Flags & HeaderBits.RecursionDesired), reader.Header.Opcode, code);
    }

    private static Octets Sign(TsigKey key, Octets requestMac, ReadOnlySpan<byte> answer, TsigRecord unsigned)
    {
        using var digest = new TsigDigest(key);
        digest.AppendMac(requestMac.Span);
        digest.AppendMessage(answer, unsigned.OriginalId, TsigSigner.Additionals(answer));
        digest.AppendVariables(unsigned);
        return digest.Finish();
    }

    private static Octets PrintTime(long unixSeconds)
    {
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, unixSeconds & TsigRecord.MaxTime);
        return new(time[(sizeof(long) - TsigRecord.TimeLength)..]);
    }
}
