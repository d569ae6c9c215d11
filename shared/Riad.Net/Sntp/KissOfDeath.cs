using System.Buffers.Binary;

namespace Riad.Net.Sntp;

/// <summary>What a server that tells no time says instead.</summary>
/// <remarks>Source: RFC 5905 §7.4, RFC 4330 §8.</remarks>
public static class KissOfDeath
{
    private const byte ServerMode = 4;
    private const uint Deny = 0x4445_4e59, Restrict = 0x5253_5452, Rate = 0x5241_5445;

    /// <summary>Reads it; false for an answer that tells the time, or is none to the question.</summary>
    /// <param name="answer">The datagram.</param>
    /// <param name="nonce">That of the question: nobody else takes a server from us.</param>
    /// <param name="outcome">What follows for that server.</param>
    public static bool TryRead(ReadOnlySpan<byte> answer, ulong nonce, out TimeOutcome outcome)
    {
        outcome = TimeOutcome.Silent;
        if (answer.Length < SntpAnswer.MessageOctets || (answer[0] & 7) != ServerMode || answer[1] != 0 || BinaryPrimitives.ReadUInt64BigEndian(answer[24..]) != nonce)
            return false;
        // Other codes are of those who are not ready yet.
        outcome = BinaryPrimitives.ReadUInt32BigEndian(answer[12..]) switch
        {
            Deny or Restrict => TimeOutcome.Refused,
            Rate => TimeOutcome.AskLess,
            _ => TimeOutcome.Silent,
        };
        return true;
    }
}
