using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Tsig;

/// <summary>Looks at the signature of a request.</summary>
/// <remarks>Source: RFC 8945 §5.2: the key first, then the MAC, then the time, then how far the MAC was cut. A pure function.</remarks>
public static class TsigVerifier
{
    /// <summary>Verifies a request.</summary>
    /// <param name="request">The whole message; any octets.</param>
    /// <param name="keys">The keys that we know; SHA1 ones among them only where they are allowed.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="truncation">Which cut-off MACs are taken.</param>
    /// <remarks>A key with another algorithm than ours is not known: a key signs in one way only.</remarks>
    public static TsigVerdict Verify(
        ReadOnlySpan<byte> request, TsigKeys keys, long unixSeconds, TsigTruncation truncation = TsigTruncation.AsTheStandardAllows)
    {
        if (!SignedMessage.TryFind(request, out var found))
            return new TsigVerdict.Refused(ResponseCode.FormatError, TsigError.None, Record: null, Key: null);
        if (found.Record is not { } record)
            return new TsigVerdict.NotSigned();
        if (!keys.TryFind(record.KeyName, out var key) || key.Algorithm.Name != record.Algorithm)
            return Refuse(TsigError.BadKey, record, key: null);
        if (record.Mac.Length > key.Algorithm.MacLength || record.Mac.Length < key.Algorithm.MinMacLength)
            return new TsigVerdict.Refused(ResponseCode.FormatError, TsigError.None, Record: null, Key: null);
        if (!IsGood(key, request, found, record))
            return Refuse(TsigError.BadSignature, record, key: null);
        if (!IsInTime(record, unixSeconds))
            return Refuse(TsigError.BadTime, record, key);
        if (truncation is TsigTruncation.Refused && record.Mac.Length < key.Algorithm.MacLength)
            return Refuse(TsigError.BadTruncation, record, key);
        return new TsigVerdict.Good(key, record, found.Unsigned(request));
    }

    /// <summary>True when the clocks differ by no more than the fudge.</summary>
    internal static bool IsInTime(TsigRecord record, long unixSeconds) => Math.Abs(unixSeconds - record.TimeSigned) <= record.Fudge;

    private static bool IsGood(TsigKey key, ReadOnlySpan<byte> request, SignedMessage found, TsigRecord record)
    {
        using var digest = new TsigDigest(key);
        digest.AppendMessage(request[..found.Length], record.OriginalId, (ushort)(found.Header.Additionals - 1));
        digest.AppendVariables(record);
        return digest.IsMac(record.Mac.Span);
    }

    private static TsigVerdict.Refused Refuse(TsigError error, TsigRecord record, TsigKey? key) =>
        new(ResponseCode.NotAuthoritative, error, record, key);
}
