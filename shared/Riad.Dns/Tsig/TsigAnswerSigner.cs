using Riad.Core;

namespace Riad.Dns.Tsig;

/// <summary>Signs the messages of one answer: one for most, many for a transfer. Every message is signed.</summary>
/// <remarks>
/// Source: RFC 8945 §5.3 and §5.3.1. A mutable engine: it remembers the MAC of the message before. Messages between
/// signed ones may be unsigned, but some clients do not take such answers, so that none of ours is.
/// </remarks>
public sealed class TsigAnswerSigner
{
    private Octets priorMac;
    private bool isFirst = true;

    /// <summary>Starts the answer to a request whose signature was good.</summary>
    public TsigAnswerSigner(TsigVerdict.Good request) => (Key, priorMac) = (request.Key, request.Record.Mac);

    /// <summary>The request's key.</summary>
    public TsigKey Key { get; }

    /// <summary>Signs the next message in place.</summary>
    /// <param name="buffer">The message, and behind it at least <see cref="TsigKey.SignatureLength"/> octets.</param>
    /// <param name="length">Octets of the message; on success with the signature.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>False, and nothing changed, when the buffer is too short: a message over UDP is cut back to its question then, with TC.</returns>
    public bool TrySign(Span<byte> buffer, ref int length, long unixSeconds)
    {
        var unsigned = TsigSigner.Unsigned(Key, buffer[..length], unixSeconds);
        using var digest = new TsigDigest(Key);
        digest.AppendMac(priorMac.Span);
        digest.AppendMessage(buffer[..length], unsigned.OriginalId, TsigSigner.Additionals(buffer));
        if (isFirst)
            digest.AppendVariables(unsigned);
        else
            digest.AppendTimers(unsigned);
        var signed = unsigned with { Mac = digest.Finish() };
        if (!TsigSigner.TryAppend(signed, buffer, ref length))
            return false;
        (priorMac, isFirst) = (signed.Mac, false);
        return true;
    }
}
