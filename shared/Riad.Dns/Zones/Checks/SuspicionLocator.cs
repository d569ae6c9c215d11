using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Reads a zone once more and finds where the faults stand that a check of the whole zone found.</summary>
internal sealed class SuspicionLocator(Suspicions suspicions, ZoneFaults faults) : IRecordSink
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly HashSet<ulong> seen = [];
    private readonly HashSet<(DomainName, ushort)> toldTtls = [];
    private readonly byte[] canonical = new byte[RdataWire.MaxLength];
    private long duplicatesTold;

    public void Add(in MasterRecord record)
    {
        foreach (var suspicion in suspicions.All)
        {
            if (!suspicion.IsTold && IsConcerned(suspicion, record) && IsComplete(suspicion, record.Type.Code))
            {
                suspicion.IsTold = true;
                faults.Add(new(PositionOf(record), suspicion.Severity, suspicion.Fault, suspicion.Sentence));
            }
        }
        if (suspicions.TtlsDifferIn is { } zone)
            CompareTtl(zone, record);
        if (suspicions.Duplicates > duplicatesTold)
            FindDuplicate(record);
    }

    private static bool IsConcerned(Suspicion suspicion, in MasterRecord record) =>
        (suspicion.Type == 0 || suspicion.Type == record.Type.Code)
        && NameOctets.AreEqual(suspicion.Owner.Wire, record.Owner)
        && (suspicion.Data.Length == 0 || RdataWire.CompareCanonical(record.Type, suspicion.Data.Span, record.Rdata) == 0);

    /// <summary>A clash stands where its second part stands.</summary>
    private static bool IsComplete(Suspicion suspicion, ushort type)
    {
        if (suspicion.Fault is ZoneFault.CnameAndOther && ZoneCheck.MayStandBesideCname(type))
            return false;
        if (suspicion.Met++ == 0)
            suspicion.FirstType = type;
        return suspicion.Fault switch
        {
            ZoneFault.CnameAndOther => suspicion.FirstType != type && (suspicion.FirstType == RrTypes.Cname.Code || type == RrTypes.Cname.Code),
            ZoneFault.SeveralCnames or ZoneFault.SeveralDnames => suspicion.Met == 2,
            _ => true,
        };
    }

    /// <summary>The set has the lowest TTL of its records, so a record with a higher one tells.</summary>
    private void CompareTtl(Zone zone, in MasterRecord record)
    {
        if (toldTtls.Count >= ZoneFaults.Max || record.Type == RrTypes.Rrsig || !zone.TryFind(record.Owner, out var node) || !node.TryFind(record.Type.Code, out var set) || record.Ttl <= set.Ttl)
            return;
        var owner = NameOf(record.Owner);
        if (toldTtls.Add((owner, record.Type.Code)))
            faults.Add(new(PositionOf(record), Severity.Warning, ZoneFault.TtlsDiffer, CheckSentences.TtlsDiffer(owner, suspicions.Apex, record.Type.Mnemonic, set.Ttl)));
    }

    private void FindDuplicate(in MasterRecord record)
    {
        if (seen.Add(HashOf(record)) || duplicatesTold >= ZoneFaults.Max)
            return;
        duplicatesTold++;
        faults.Add(new(PositionOf(record), Severity.Warning, ZoneFault.Duplicate, CheckSentences.Duplicate(NameOf(record.Owner), suspicions.Apex, record.Type.Mnemonic)));
    }

    /// <summary>Of owner, type and data without regard to the case of names: that two of a zone's records share one by chance does not happen.</summary>
    private ulong HashOf(in MasterRecord record)
    {
        var hash = FnvOffset;
        foreach (var octet in record.Owner)
            hash = (hash ^ NameOctets.ToLower(octet)) * FnvPrime;
        hash = (hash ^ record.Type.Code) * FnvPrime;
        var data = canonical.AsSpan(0, record.Rdata.Length);
        record.Rdata.CopyTo(data);
        RdataWire.Canonicalize(record.Type, data);
        foreach (var octet in data)
            hash = (hash ^ octet) * FnvPrime;
        return hash;
    }

    private static TextPosition PositionOf(in MasterRecord record) => record.Source.PositionOf(record.Tokens[0].Start);

    private static DomainName NameOf(ReadOnlySpan<byte> wire) =>
        DomainName.TryCreate(wire, out var name) ? name : throw new System.Diagnostics.UnreachableException();
}
