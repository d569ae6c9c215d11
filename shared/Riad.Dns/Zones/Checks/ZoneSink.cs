using System.Buffers.Binary;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Puts the records of a file into a zone, and those that do not belong to it aside.</summary>
internal sealed class ZoneSink : IRecordSink
{
    private const int MaxForeignAddresses = 1000;

    private readonly DomainName apex;
    private readonly ZoneFaults faults;
    private readonly ZoneBuilder builder;
    private readonly List<NotifyHint> foreign = [];
    private byte[]? soa;
    private ulong sumOfTtls;

    public ZoneSink(DomainName apex, ZoneFaults faults)
    {
        this.apex = apex;
        this.faults = faults;
        builder = new(apex);
    }

    /// <summary>True when the apex has an SOA.</summary>
    public bool HasSoa => soa is not null;

    /// <summary>True when a record is a DNAME.</summary>
    public bool HasDname { get; private set; }

    /// <summary>Where the SOA stands.</summary>
    public TextPosition? SoaAt { get; private set; }

    /// <summary>What the records say that the zone does not. Once it is built.</summary>
    public ReadFacts Facts => new(HasDname, sumOfTtls, builder.DuplicateCount, builder.OversizeCount, foreign);

    public void Add(in MasterRecord record)
    {
        if (record.Type == RrTypes.Soa && !TakeSoa(record))
            return;
        HasDname |= record.Type == RrTypes.Dname;
        if (builder.Add(record.Owner, record.Type, record.Ttl, record.Rdata))
            sumOfTtls += record.Type == RrTypes.Rrsig ? 0 : record.Ttl;
        else if (foreign.Count < MaxForeignAddresses && (record.Type == RrTypes.A || record.Type == RrTypes.Aaaa))
            foreign.Add(new(NameOf(record.Owner), AddressOf(record.Rdata)));
        else
            Tell(record, ZoneFault.OutOfZone, CheckSentences.OutOfZone(NameOf(record.Owner), apex));
    }

    /// <summary>Makes the zone, with a makeshift SOA where there is none, so that the other checks can be made. Null when there is nothing to check.</summary>
    public Zone? Build(TextPosition start)
    {
        var isEmpty = builder.RecordCount == 0 && foreign.Count == 0;
        if (soa is null && !faults.HasErrors)
            faults.Add(start, isEmpty ? ZoneFault.Empty : ZoneFault.SoaMissing, isEmpty ? CheckSentences.Empty(apex) : CheckSentences.SoaMissing(apex));
        if (builder.RecordCount == 0)
            return null;
        if (soa is null)
            builder.Add(apex.Wire, RrTypes.Soa, 0, [0, 0, .. new byte[20]]);
        return builder.Build();
    }

    /// <summary>False for an SOA that the zone cannot have; it was told.</summary>
    private bool TakeSoa(in MasterRecord record)
    {
        if (!NameOctets.AreEqual(record.Owner, apex.Wire))
        {
            var isBelow = NameOctets.IsAtOrBelow(record.Owner, apex.Wire);
            if (isBelow)
                Tell(record, ZoneFault.SoaBelowApex, CheckSentences.SoaBelowApex(NameOf(record.Owner), apex));
            return !isBelow;
        }
        if (soa is not null && RdataWire.CompareCanonical(record.Type, soa, record.Rdata) != 0)
        {
            Tell(record, ZoneFault.SeveralSoa, CheckSentences.SeveralSoa(apex, BinaryPrimitives.ReadUInt32BigEndian(record.Rdata[^20..])));
            return false;
        }
        soa ??= record.Rdata.ToArray();
        SoaAt ??= record.Source.PositionOf(record.Tokens[0].Start);
        return true;
    }

    private void Tell(in MasterRecord record, ZoneFault fault, string sentence)
    {
        if (!faults.IsFull)
            faults.Add(record.Source.PositionOf(record.Tokens[0].Start), fault, sentence);
    }

    private static DomainName NameOf(ReadOnlySpan<byte> wire) =>
        DomainName.TryCreate(wire, out var name) ? name : throw new System.Diagnostics.UnreachableException();

    private static IpAddress AddressOf(ReadOnlySpan<byte> octets)
    {
        var reader = new WireReader(octets);
        return octets.Length == 4 ? new(IPv4Address.Read(ref reader)) : new(IPv6Address.Read(ref reader));
    }
}
