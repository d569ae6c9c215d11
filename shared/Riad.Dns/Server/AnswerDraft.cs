using System.Buffers.Binary;
using Riad.Dns.Messages;
using Riad.Dns.RateLimiting;

namespace Riad.Dns.Server;

/// <summary>What has been decided about an answer, and what makes it the same as others for rate limiting.</summary>
internal struct AnswerDraft
{
    /// <summary>How the query went.</summary>
    public ResponseCode Code;

    /// <summary>AA.</summary>
    public bool IsAuthoritative;

    /// <summary>TC.</summary>
    public bool IsTruncated;

    /// <summary>The zone is there for those who may transfer it.</summary>
    public bool IsForPeers;

    /// <summary>Octets of header, question and sections.</summary>
    public int Length;

    /// <summary>Records in the answer section.</summary>
    public int Answers;

    /// <summary>Records in the authority section.</summary>
    public int Authorities;

    /// <summary>Records in the additional section, OPT not counted.</summary>
    public int Additionals;

    /// <summary>Why it went wrong, for clients with EDNS; null says nothing.</summary>
    public ExtendedErrorCode? Reason;

    /// <summary>Answers of one category are the same for rate limiting...</summary>
    public AnswerCategory Category;

    /// <summary>...when these hashes are.</summary>
    public ulong Name;

    /// <summary>An answer that is a response code alone.</summary>
    public static AnswerDraft Error(ResponseCode code, IncomingQuery query, ExtendedErrorCode? reason = null) => new()
    {
        Code = code,
        Length = query.HasQuestion ? query.QuestionEnd : Header.Length,
        Category = AnswerCategory.Error,
        Reason = reason,
    };

    /// <summary>Takes back all sections and sets TC.</summary>
    public void Truncate(int questionEnd)
    {
        (Answers, Authorities, Additionals, Length, IsTruncated) = (0, 0, 0, questionEnd, true);
    }

    /// <summary>Writes the header: id, opcode and RD from the query, the rest as decided.</summary>
    public readonly void WriteHeader(ReadOnlySpan<byte> query, Span<byte> answer, bool hasQuestion, bool hasOpt)
    {
        const int OpcodeAndRecursionDesired = 0x79;
        answer = answer[..Header.Length];
        answer[0] = query[0];
        answer[1] = query[1];
        answer[2] = (byte)(0x80 | (query[2] & OpcodeAndRecursionDesired) | (IsAuthoritative ? 4 : 0) | (IsTruncated ? 2 : 0));
        answer[3] = (byte)((int)Code & 15);
        answer[4] = 0;
        answer[5] = hasQuestion ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(answer[6..], (ushort)Answers);
        BinaryPrimitives.WriteUInt16BigEndian(answer[8..], (ushort)Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(answer[10..], (ushort)(Additionals + (hasOpt ? 1 : 0)));
    }
}
