using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Messages;

/// <summary>Reads a message front to back: header, questions, then records section by section. Allocates nothing.</summary>
/// <remarks>Source: RFC 1035 §4. After the first fault every read says false; <see cref="TryFinish"/> tells it.</remarks>
public ref struct MessageReader
{
    private WireReader reader;
    private int questions;
    private int answers;
    private int authorities;
    private int additionals;

    /// <summary>Reads the header.</summary>
    public MessageReader(ReadOnlySpan<byte> message)
    {
        reader = new(message);
        Header = Header.Read(ref reader);
        if (reader.Failed)
            return;
        (questions, answers, authorities, additionals) = (Header.Questions, Header.Answers, Header.Authorities, Header.Additionals);
    }

    /// <summary>The header; all zero when the message is shorter than 12 octets.</summary>
    public Header Header { get; }

    /// <summary>The first fault, its offset counted from the start of the message; the default when there is none yet.</summary>
    public readonly WireError Error => reader.Error;

    /// <summary>Octets from the start of the message to what is read next.</summary>
    public readonly int Position => reader.Position;

    /// <summary>Reads the next question; false when there is none left, or after a fault.</summary>
    /// <param name="name">Receives the name, uncompressed; 255 octets.</param>
    /// <param name="question">The rest.</param>
    public bool TryReadQuestion(scoped Span<byte> name, out QuestionView question)
    {
        question = default;
        if (questions == 0 || reader.Failed)
            return false;
        questions--;
        question = new(DomainName.ReadOctets(ref reader, name), reader.ReadUInt16(), (RecordClass)reader.ReadUInt16());
        return !reader.Failed;
    }

    /// <summary>Reads the next record; false when there is none left, or after a fault. Questions that were not read are passed over.</summary>
    /// <param name="name">Receives the owner, uncompressed; 255 octets.</param>
    /// <param name="record">The rest. The data is not validated: <see cref="TryDecompress"/> does that.</param>
    public bool TryReadRecord(scoped Span<byte> name, out RecordView record)
    {
        record = default;
        while (questions > 0 && TryReadQuestion(name, out _))
        {
        }
        if (reader.Failed || !TryTakeSection(out var section))
            return false;
        var nameLength = DomainName.ReadOctets(ref reader, name);
        var (type, recordClass, ttl) = (reader.ReadUInt16(), (RecordClass)reader.ReadUInt16(), reader.ReadUInt32());
        int length = reader.ReadUInt16();
        record = new(section, nameLength, type, recordClass, ttl, reader.Position, length);
        reader.ReadOctets(length);
        return !reader.Failed;
    }

    /// <summary>The data of a record as it stands in the message.</summary>
    public readonly ReadOnlySpan<byte> RdataOf(RecordView record) => reader.Message.Slice(record.RdataOffset, record.RdataLength);

    /// <summary>Validates a record's data and expands its names; see <see cref="RdataWire.TryDecompress"/>.</summary>
    /// <param name="record">Of this message.</param>
    /// <param name="type">The record's type.</param>
    /// <param name="rdata">Receives the octets.</param>
    /// <param name="length">Octets written; 0 on failure.</param>
    public bool TryDecompress(RecordView record, RrType type, scoped Span<byte> rdata, out int length)
    {
        length = 0;
        if (reader.Failed)
            return false;
        var data = new WireReader(reader.Message);
        data.MoveTo(record.RdataOffset);
        data.Narrow(record.RdataLength);
        if (RdataWire.TryDecompress(type, ref data, rdata, out length))
            return true;
        Fail(data.Error);
        return false;
    }

    /// <summary>True when everything was read without a fault, and nothing follows.</summary>
    public bool TryFinish(out WireError error) => reader.TryFinish(out error);

    internal void Fail(WireError error)
    {
        reader.MoveTo(Math.Min(error.Offset, reader.End));
        reader.Fail(error.Fault);
    }

    private bool TryTakeSection(out Section section)
    {
        section = answers > 0 ? Section.Answer : authorities > 0 ? Section.Authority : Section.Additional;
        switch (section)
        {
            case Section.Answer: answers--; return true;
            case Section.Authority: authorities--; return true;
            case Section.Additional when additionals > 0: additionals--; return true;
            default: return false;
        }
    }
}
