using Riad.Core;

namespace Riad.Dns.Tsig;

/// <summary>Verifies the messages of one answer, front to back: the first and the last are signed, and at most 99 between two signed ones are not.</summary>
/// <remarks>
/// Source: RFC 8945 §5.3.1 and §5.4. A mutable engine. Memory: a hash state, however many messages come. Whoever has
/// read the last message of the answer asks <see cref="IsComplete"/>. Over UDP every datagram gets a verifier of its own,
/// because a forged one ends its verifier.
/// </remarks>
public sealed class TsigAnswerVerifier : IDisposable
{
    /// <summary>The most messages in a row without a TSIG record.</summary>
    public const int MaxUnsigned = 99;

    private readonly TsigKey key;
    private readonly TsigDigest digest;
    private bool isFirst = true;
    private int unsigned;
    private TsigAnswerFault? fault;

    /// <summary>Starts before the first message.</summary>
    /// <param name="key">What the request was signed with.</param>
    /// <param name="requestMac">What <see cref="TsigSigner.TrySignRequest"/> gave.</param>
    public TsigAnswerVerifier(TsigKey key, Octets requestMac)
    {
        this.key = key;
        digest = new(key);
        digest.AppendMac(requestMac.Span);
    }

    /// <summary>True when the message before was signed, and well: the answer may end here.</summary>
    public bool IsComplete => !isFirst && unsigned == 0 && fault is null;

    /// <summary>Verifies the next message.</summary>
    /// <param name="message">The whole message; any octets.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    public TsigAnswerVerdict Verify(ReadOnlySpan<byte> message, long unixSeconds)
    {
        if (fault is { } earlier)
            return new TsigAnswerVerdict.Bad(earlier);
        if (!SignedMessage.TryFind(message, out var found))
            return Fail(TsigAnswerFault.Malformed);
        return found.Record is { } record ? VerifySigned(message, found, record, unixSeconds) : TakeUnsigned(message);
    }

    /// <summary>Frees the hash state.</summary>
    public void Dispose() => digest.Dispose();

    private TsigAnswerVerdict TakeUnsigned(ReadOnlySpan<byte> message)
    {
        if (isFirst)
            return Fail(TsigAnswerFault.NotSigned);
        if (++unsigned > MaxUnsigned)
            return Fail(TsigAnswerFault.TooManyUnsigned);
        digest.AppendUnsigned(message);
        return new TsigAnswerVerdict.Pending();
    }

    private TsigAnswerVerdict VerifySigned(ReadOnlySpan<byte> message, SignedMessage found, TsigRecord record, long unixSeconds)
    {
        if (record.KeyName != key.Name || record.Algorithm != key.Algorithm.Name)
            return Fail(TsigAnswerFault.WrongKey);
        if (record is { Mac.Length: 0, Error: not TsigError.None })
        {
            fault = TsigAnswerFault.NotSigned;
            return new TsigAnswerVerdict.RefusedByServer(record.Error, record.ReadServerTime(), IsSigned: false);
        }
        if (record.Mac.Length > key.Algorithm.MacLength || record.Mac.Length < key.Algorithm.MinMacLength)
            return Fail(TsigAnswerFault.Malformed);
        digest.AppendMessage(message[..found.Length], record.OriginalId, (ushort)(found.Header.Additionals - 1));
        if (isFirst)
            digest.AppendVariables(record);
        else
            digest.AppendTimers(record);
        if (!digest.IsMac(record.Mac.Span))
            return Fail(TsigAnswerFault.BadSignature);
        digest.AppendMac(record.Mac.Span);
        (isFirst, unsigned) = (false, 0);
        if (record.Error is not TsigError.None)
            return new TsigAnswerVerdict.RefusedByServer(record.Error, record.ReadServerTime(), IsSigned: true);
        return TsigVerifier.IsInTime(record, unixSeconds) ? new TsigAnswerVerdict.Good(found.Unsigned(message)) : Fail(TsigAnswerFault.BadTime);
    }

    private TsigAnswerVerdict.Bad Fail(TsigAnswerFault because)
    {
        fault = because;
        return new(because);
    }
}
