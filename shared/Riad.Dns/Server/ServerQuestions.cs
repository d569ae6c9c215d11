using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Server;

/// <summary>Questions about the server itself, in class CH.</summary>
/// <remarks>Source: RFC 4892. What the operator did not fill in is refused.</remarks>
internal static class ServerQuestions
{
    private const ushort Text = 16;

    /// <summary>Answers a question of class CH.</summary>
    public static AnswerDraft Answer(ServerOptions options, IncomingQuery query, Span<byte> room)
    {
        var text = Find(options, query.Path.Lower);
        if (text.Length == 0)
            return AnswerDraft.Error(ResponseCode.Refused, query);
        var draft = AnswerDraft.Error(ResponseCode.NoError, query);
        draft.IsAuthoritative = true;
        if (query.Type is not (Text or QueryTypes.Any))
            return draft;
        var record = new WireWriter(room[query.QuestionEnd..]);
        record.WriteUInt16(0xc000 | Header.Length);
        record.WriteUInt16(Text);
        record.WriteUInt16((ushort)RecordClass.Chaos);
        record.WriteUInt32(0);
        record.WriteUInt16((ushort)(text.Length + 1));
        record.WriteByte((byte)text.Length);
        record.WriteOctets(text.Span);
        if (record.Overflowed)
        {
            draft.Truncate(query.QuestionEnd);
            return draft;
        }
        draft.Answers = 1;
        draft.Length += record.Position;
        return draft;
    }

    private static Octets Find(ServerOptions options, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("\u0002id\u0006server\0"u8) || name.SequenceEqual("\u0008hostname\u0004bind\0"u8))
            return options.Identifier;
        if (name.SequenceEqual("\u0007version\u0004bind\0"u8) || name.SequenceEqual("\u0007version\u0006server\0"u8))
            return options.Version;
        return default;
    }
}
