using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>Differences: the new SOA record, each step's old SOA, removed, new SOA, added, and the new SOA again.</summary>
/// <remarks>Source: RFC 1995 §4. Messages end where a pointer of compression cannot reach any further, as those of whole zones do.</remarks>
internal sealed class DifferenceMessages(TransferEnvelope envelope, TransferQuestion question, IReadOnlyList<ZoneStep> steps) : OutgoingTransfer(envelope, TransferKind.Differences)
{
    private const int ReachLength = 0x4000;

    private readonly IEnumerator<ResourceRecord> records = List(steps).GetEnumerator();
    private bool isStarted;
    private bool isOver;

    internal override bool HasMore => !isOver;

    private protected override (int Position, int Answers) WriteRecords(Span<byte> message, int position, int end)
    {
        if (!isStarted)
            (isStarted, isOver) = (true, !records.MoveNext());
        scoped var writer = new MessageWriter(message[..end]);
        var type = question.Have is null ? QueryTypes.Axfr : QueryTypes.Ixfr;
        writer.TryWriteQuestion(question.Prefix.Span[Header.Length..^4], type, RecordClass.Internet);
        while (!isOver && TryWrite(ref writer, records.Current))
        {
            isOver = !records.MoveNext();
            writer.SetAside(Math.Max(0, end - ReachLength)); // the first record of a message may be longer
        }
        return (writer.Mark.Position, writer.Mark.Answers);
    }

    private static bool TryWrite(ref MessageWriter writer, ResourceRecord record) =>
        writer.TryWriteRecord(Section.Answer, record.Owner.Wire, RrTypes.FromCode(record.Type), record.Class, record.Ttl.Seconds, record.Rdata.Span);

    private static IEnumerable<ResourceRecord> List(IReadOnlyList<ZoneStep> steps)
    {
        yield return steps[^1].NewSoa;
        foreach (var step in steps)
        {
            yield return step.OldSoa;
            foreach (var record in step.Removed)
                yield return record;
            yield return step.NewSoa;
            foreach (var record in step.Added)
                yield return record;
        }
        yield return steps[^1].NewSoa;
    }
}
