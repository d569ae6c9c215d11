using System.Buffers.Binary;

namespace Riad.Dns.Io;

/// <summary>Cuts an answer that the network cannot carry to its question, and sets TC: the client asks again over TCP.</summary>
internal static class Truncation
{
    private const int HeaderOctets = 12;
    private const byte TruncatedFlag = 2;

    /// <summary>Cuts in place.</summary>
    /// <returns>The new length; 0 when the octets are not an answer of ours, which copies the question uncompressed.</returns>
    internal static int CutToQuestion(Span<byte> answer)
    {
        if (answer.Length < HeaderOctets)
            return 0;
        var end = HeaderOctets;
        if (BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) == 1)
        {
            while (end < answer.Length && answer[end] is > 0 and < 64)
                end += answer[end] + 1;
            end += 1 + 4;   // the root label, type and class
        }
        if (end > answer.Length)
            return 0;
        answer[2] |= TruncatedFlag;
        answer[6..HeaderOctets].Clear();
        return end;
    }
}
