using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Tsig;

/// <summary>Signs requests. Answers are signed by <see cref="TsigAnswerSigner"/>.</summary>
/// <remarks>Source: RFC 8945 §5.1. A pure function.</remarks>
public static class TsigSigner
{
    /// <summary>Signs a request in place.</summary>
    /// <param name="key">Known to the server too.</param>
    /// <param name="buffer">The message, and behind it at least <see cref="TsigKey.SignatureLength"/> octets.</param>
    /// <param name="length">Octets of the message; on success with the signature.</param>
    /// <param name="unixSeconds">The present, in seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="mac">What <see cref="TsigAnswerVerifier"/> needs.</param>
    /// <returns>False, and nothing changed, when the buffer is too short.</returns>
    public static bool TrySignRequest(TsigKey key, Span<byte> buffer, ref int length, long unixSeconds, out Octets mac)
    {
        mac = default;
        var unsigned = Unsigned(key, buffer[..length], unixSeconds);
        using var digest = new TsigDigest(key);
        digest.AppendMessage(buffer[..length], unsigned.OriginalId, Additionals(buffer));
        digest.AppendVariables(unsigned);
        var signed = unsigned with { Mac = digest.Finish() };
        if (!TryAppend(signed, buffer, ref length))
            return false;
        mac = signed.Mac;
        return true;
    }

    /// <summary>The record for this message, without its MAC.</summary>
    internal static TsigRecord Unsigned(TsigKey key, ReadOnlySpan<byte> message, long unixSeconds) => new(
        key.Name, key.Algorithm.Name, unixSeconds & TsigRecord.MaxTime, TsigRecord.UsualFudge, default,
        BinaryPrimitives.ReadUInt16BigEndian(message), TsigError.None, default);

    /// <summary>How many additional records the message has.</summary>
    internal static ushort Additionals(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[(Header.Length - sizeof(ushort))..]);

    /// <summary>Writes the record behind the message and counts it; false, and nothing changed, when there is no room.</summary>
    internal static bool TryAppend(TsigRecord record, Span<byte> buffer, ref int length)
    {
        var total = length + TsigRecord.MeasureRecord(record.KeyName, record.Algorithm, record.Mac.Length, record.Other.Length);
        var additionals = Additionals(buffer);
        if (total > Math.Min(buffer.Length, Message.MaxLength) || additionals == ushort.MaxValue)
            return false;
        var writer = new WireWriter(buffer[length..total]);
        record.Write(ref writer);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(Header.Length - sizeof(ushort))..], (ushort)(additionals + 1));
        length = total;
        return true;
    }
}
