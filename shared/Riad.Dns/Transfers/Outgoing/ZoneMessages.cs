using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>A whole zone, the SOA record first and last. Holds a place in the zone, and nothing of it.</summary>
/// <remarks>
/// Source: RFC 5936 §2.2 and §3: all records of the zone's data, those below cuts among them. Messages end where a
/// pointer of compression cannot reach any further, unless a single record is longer.
/// </remarks>
internal sealed class ZoneMessages(TransferEnvelope envelope, Zone zone, bool soaOnly = false)
    : OutgoingTransfer(envelope, soaOnly ? TransferKind.Current : TransferKind.Whole)
{
    private readonly ZoneWalk walk = new(zone);
    private Step step = Step.FirstSoa;
    private int setOffset; // of the next set, in octets from the first of the name
    private int setsLeft = -1; // of the name; -1 before its first
    private int recordsDone; // of the next set, which is too long for one message

    private enum Step
    {
        FirstSoa,
        Records,
        LastSoa,
        Over,
    }

    internal override bool HasMore => step is not Step.Over;

    private protected override (int Position, int Answers) WriteRecords(Span<byte> message, int position, int end)
    {
        var writer = new ZoneMessageWriter(message, position, end, zone.Apex.Wire.Length);
        if (step is Step.FirstSoa)
        {
            WriteSoa(ref writer);
            step = soaOnly ? Step.Over : Step.Records;
        }
        if (step is Step.Records && TryWriteNames(ref writer))
            step = Step.LastSoa;
        if (step is Step.LastSoa && WriteSoa(ref writer))
            step = Step.Over;
        return (writer.Position, writer.Answers);
    }

    private bool WriteSoa(ref ZoneMessageWriter writer)
    {
        writer.BeginName(default);
        return writer.TryWriteSet(zone.ApexNode.Find(RrTypes.Soa.Code)) || writer.TryWriteRecord(zone.ApexNode.Find(RrTypes.Soa.Code), zone.Apex, 0);
    }

    /// <summary>Writes until the message is full; true after the last name of the zone.</summary>
    private bool TryWriteNames(ref ZoneMessageWriter writer)
    {
        do
        {
            if (!TryWriteName(ref writer, walk.Node))
                return false;
            setsLeft = -1;
        }
        while (walk.MoveNext());
        return true;
    }

    private bool TryWriteName(ref ZoneMessageWriter writer, StoredNode node)
    {
        if (setsLeft < 0)
            (setsLeft, setOffset) = (node.SetCount, 0);
        writer.BeginName(node.RelativeName);
        var sets = node.Sets[setOffset..];
        while (setsLeft > 0)
        {
            var set = new StoredSet(sets);
            if (!IsLeftOut(set, node) && !TryWriteSet(ref writer, set))
                return false;
            var length = set.StoredLength;
            sets = sets[length..];
            setOffset += length;
            setsLeft--;
        }
        return true;
    }

    /// <summary>A prepared referral repeats records; the SOA record comes first and last.</summary>
    private static bool IsLeftOut(StoredSet set, StoredNode node) => set.Type == 0 || (set.Type == RrTypes.Soa.Code && node.RelativeName.IsEmpty);

    private bool TryWriteSet(ref ZoneMessageWriter writer, StoredSet set)
    {
        if (recordsDone == 0 && writer.TryWriteSet(set))
            return true;
        if (!writer.IsEmpty && recordsDone == 0)
            return false; // the next message may hold it whole
        while (recordsDone < set.Count)
        {
            if (!writer.TryWriteRecord(set, zone.Apex, recordsDone))
                return false;
            recordsDone++;
        }
        recordsDone = 0;
        return true;
    }
}
