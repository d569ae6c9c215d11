using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Messages;

/// <summary>Collects what a message holds.</summary>
internal sealed class MessageParts
{
    private readonly byte[] name = new byte[NameOctets.MaxLength];
    private readonly byte[] rdata = new byte[RdataWire.MaxLength];

    public List<Question> Questions { get; } = [];

    public List<ResourceRecord> Answers { get; } = [];

    public List<ResourceRecord> Authorities { get; } = [];

    public List<ResourceRecord> Additionals { get; } = [];

    public Edns? Edns { get; private set; }

    public byte UpperResponseCode { get; private set; }

    public bool TryRead(ref MessageReader reader, out WireError error)
    {
        while (reader.TryReadQuestion(name, out var question))
            Questions.Add(new(Name(question.NameLength), question.Type, question.Class));
        while (reader.TryReadRecord(name, out var record))
        {
            if (record.Type == QueryTypes.Opt)
                TakeOpt(ref reader, record);
            else
                ListOf(record.Section).Add(ReadRecord(ref reader, record));
        }
        return reader.TryFinish(out error);
    }

    private void TakeOpt(ref MessageReader reader, RecordView record)
    {
        if (Edns is not null || record.Section is not Section.Additional
            || !EdnsView.TryCreate(record, reader.RdataOf(record), out var view) || !Edns.TryRead(view, out var edns))
        {
            reader.Fail(new(WireFault.Malformed, record.RdataOffset));
            return;
        }
        (Edns, UpperResponseCode) = (edns, view.UpperResponseCode);
    }

    /// <summary>Data of no octets is allowed in an update (RFC 2136 §2.4); other data is validated, and data of a pseudo-type is taken as it is.</summary>
    private ResourceRecord ReadRecord(ref MessageReader reader, RecordView record)
    {
        var owner = Name(record.NameLength);
        var data = reader.RdataOf(record);
        if (record.RdataLength > 0 && RrTypes.TryFromCode(record.Type, out var type))
        {
            reader.TryDecompress(record, type, rdata, out var length);
            data = rdata.AsSpan(0, length);
        }
        return new(owner, record.Type, record.Class, new(record.Ttl), new(data));
    }

    private List<ResourceRecord> ListOf(Section section) => section switch
    {
        Section.Answer => Answers,
        Section.Authority => Authorities,
        Section.Additional => Additionals,
    };

    private DomainName Name(int length) => DomainName.TryCreate(name.AsSpan(0, length), out var read) ? read : DomainName.Root;
}
