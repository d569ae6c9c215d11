using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Riad.Net.Sntp;

/// <summary>One question for the time, and what its answer tells.</summary>
/// <param name="Offset">What to add to our clock.</param>
/// <param name="Delay">The way there and back: the offset is wrong by half of it at most. Never negative.</param>
/// <param name="Stratum">1 to 15: how far the server is from a clock.</param>
/// <remarks>Source: RFC 5905 §8 and §14 (SNTP), RFC 4330 §3 and §5.</remarks>
public sealed record SntpAnswer(TimeSpan Offset, TimeSpan Delay, int Stratum)
{
    /// <summary>Octets of a question, and of the part of an answer that is read.</summary>
    public const int MessageOctets = 48;

    private const byte VersionFourClient = 4 << 3 | 3, ServerMode = 4, NotSynchronized = 3;
    private static readonly DateTimeOffset FirstEra = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SecondEra = FirstEra.AddSeconds(1L << 32);

    /// <summary>Writes a question. It tells nobody what our clock says.</summary>
    /// <param name="nonce">Random, not zero: the server repeats it, and whoever cannot see the question cannot answer it.</param>
    /// <param name="question">Gets <see cref="MessageOctets"/> octets.</param>
    public static void WriteQuestion(ulong nonce, Span<byte> question)
    {
        question[..MessageOctets].Clear();
        question[0] = VersionFourClient;
        BinaryPrimitives.WriteUInt64BigEndian(question[40..], nonce);
    }

    /// <summary>Reads an answer; false for one that is not to the question, or from a server that does not know the time.</summary>
    /// <param name="answer">The datagram; what follows its 48 octets is passed over.</param>
    /// <param name="nonce">That of the question.</param>
    /// <param name="sent">When the question was sent, by our clock.</param>
    /// <param name="received">When the answer came, by our clock.</param>
    /// <param name="read">What it tells.</param>
    public static bool TryRead(ReadOnlySpan<byte> answer, ulong nonce, DateTimeOffset sent, DateTimeOffset received, [NotNullWhen(true)] out SntpAnswer? read)
    {
        read = null;
        if (answer.Length < MessageOctets || (answer[0] & 7) != ServerMode || answer[0] >> 6 == NotSynchronized || (answer[0] >> 3 & 7) is < 3 or > 4)
            return false;
        // 0 is a kiss of death: the server wants to be asked less, and tells no time.
        if (answer[1] is 0 or > 15 || BinaryPrimitives.ReadUInt64BigEndian(answer[24..]) != nonce)
            return false;
        var (arrived, left) = (BinaryPrimitives.ReadUInt64BigEndian(answer[32..]), BinaryPrimitives.ReadUInt64BigEndian(answer[40..]));
        if (arrived == 0 || left == 0)
            return false;
        var (serverReceived, serverSent) = (ToTime(arrived), ToTime(left));
        var delay = (received - sent) - (serverSent - serverReceived);
        read = new((serverReceived - sent + (serverSent - received)) / 2, delay < TimeSpan.Zero ? TimeSpan.Zero : delay, answer[1]);
        return true;
    }

    // The highest bit tells the era: with it from 1968 to 2036, without it from 2036 to 2104.
    private static DateTimeOffset ToTime(ulong timestamp)
    {
        var (seconds, fraction) = (timestamp >> 32, timestamp & uint.MaxValue);
        return (seconds >> 31 == 1 ? FirstEra : SecondEra).AddTicks((long)(seconds * TimeSpan.TicksPerSecond + (fraction * TimeSpan.TicksPerSecond >> 32)));
    }
}
