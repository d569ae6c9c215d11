using System.Buffers.Binary;
using Riad.Dns.Messages;
using Riad.Dns.Server;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>What is the same in every message of a transfer: header and question before the records, EDNS behind them.</summary>
/// <remarks>
/// Source: RFC 5936 §2.2: the id and the question of the request, AA. The question stands in every message, so that all owners
/// end in a pointer to it. The OPT record stands in the first message, and in all of them where messages are padded.
/// </remarks>
internal sealed class TransferEnvelope
{
    /// <summary>Where the question's name stands: the apex.</summary>
    public const int ApexAt = Header.Length;

    private const int ExpireOptionLength = 8;
    private const int PaddingRoom = 472; // one block and the head of its option

    private readonly TransferQuestion question;
    private readonly bool isPadded;
    private readonly int signatureLength;
    private readonly byte[] options;
    private bool isFirst = true;

    /// <summary>Makes the envelope of an answer.</summary>
    /// <param name="question">The request.</param>
    /// <param name="code">How it went.</param>
    /// <param name="expire">Seconds until the zone expires, for clients that ask; null says nothing.</param>
    /// <param name="transport">Only what is encrypted is padded.</param>
    /// <param name="signatureLength">Octets that will follow each message.</param>
    public TransferEnvelope(TransferQuestion question, ResponseCode code, uint? expire, DnsTransport transport, int signatureLength)
    {
        (this.question, Code, this.signatureLength) = (question, code, signatureLength);
        isPadded = question.HasPadding && transport is DnsTransport.Tls;
        options = question.WantsExpire && expire is { } seconds ? WriteExpire(seconds) : [];
    }

    public ResponseCode Code { get; }

    /// <summary>TC: the answer does not fit, and is to be asked for over TCP.</summary>
    public bool IsTruncated { get; init; }

    private bool HasOpt => question.HasEdns && (isFirst || isPadded);

    /// <summary>How far records may reach in a message.</summary>
    public int RoomIn(ReadOnlySpan<byte> message)
    {
        var tail = HasOpt ? OptRecord.HeadLength + ExpireOptionLength + (isPadded ? PaddingRoom : 0) : 0;
        return message.Length - tail;
    }

    /// <summary>Writes header and question.</summary>
    /// <returns>Where records may begin.</returns>
    public int WritePrefix(Span<byte> message)
    {
        question.Prefix.Span.CopyTo(message);
        return question.Prefix.Length;
    }

    /// <summary>Completes the header and writes the OPT record.</summary>
    /// <returns>Octets of the message.</returns>
    public int Finish(Span<byte> message, int length, int answers)
    {
        const int RecursionDesired = 1;
        var isAuthoritative = Code is ResponseCode.NoError;
        message[2] = (byte)(0x80 | (message[2] & RecursionDesired) | (isAuthoritative ? 4 : 0) | (IsTruncated ? 2 : 0));
        message[3] = (byte)((int)Code & 15);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)answers);
        message[8..Header.Length].Clear();
        if (HasOpt)
        {
            message[11] = 1;
            var record = message[length..];
            OptRecord.WriteHead(record, Edns.UsualUdpSize, isDnssecOk: false, Code);
            var data = isFirst ? options : [];
            length += OptRecord.HeadLength + OptRecord.AppendOptions(record, data, reason: null, isPadded ? length + signatureLength : 0);
        }
        isFirst = false;
        return length;
    }

    private static byte[] WriteExpire(uint seconds)
    {
        var option = new byte[ExpireOptionLength];
        BinaryPrimitives.WriteUInt16BigEndian(option, (ushort)EdnsOptionCode.Expire);
        BinaryPrimitives.WriteUInt16BigEndian(option.AsSpan(2), sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(4), seconds);
        return option;
    }
}
