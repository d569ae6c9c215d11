using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>Reads the answer to an AXFR or IXFR request, message by message, and makes the zone's new version.</summary>
/// <remarks>
/// <para>
/// A mutable engine with one owner, used once. Signatures were verified before: a TSIG record among the additional ones is
/// passed over, as everything outside of the answer section is. It holds what was sent, at most what its limits allow, and
/// nothing of it is seen before the transfer is complete.
/// </para>
/// <para>
/// What is refused: an SOA that does not stand at the apex, or changes in the middle; a class other than IN; differences
/// that do not apply exactly. What is left out and counted: records outside of the zone, as NSD and Knot do.
/// </para>
/// Source: RFC 5936 §2.2, RFC 1995 §4.
/// </remarks>
public sealed class IncomingTransfer
{
    private readonly DomainName apex;
    private readonly ushort id;
    private readonly Zone? present;
    private readonly bool isIncremental;
    private readonly TransferLimits limits;
    private readonly byte[] owner = new byte[NameOctets.MaxLength];
    private readonly byte[] rdata = new byte[RdataWire.MaxLength];
    private readonly ImmutableArray<ZoneStep>.Builder steps = ImmutableArray.CreateBuilder<ZoneStep>();
    private readonly ImmutableArray<ResourceRecord>.Builder removed = ImmutableArray.CreateBuilder<ResourceRecord>();
    private readonly ImmutableArray<ResourceRecord>.Builder added = ImmutableArray.CreateBuilder<ResourceRecord>();
    private Stage stage;
    private ResourceRecord? firstSoa;
    private ResourceRecord? oldSoa;
    private ResourceRecord? newSoa;
    private ZoneBuilder? builder;
    private TransferResult? result;
    private long records;
    private long octets;
    private long ignored;

    private IncomingTransfer(DomainName apex, ushort id, Zone? present, bool isIncremental, TransferLimits limits) =>
        (this.apex, this.id, this.present, this.isIncremental, this.limits) = (apex, id, present, isIncremental, limits);

    private enum Stage
    {
        FirstSoa,
        SecondRecord,
        Whole,
        Removing,
        Adding,
        Finished,
    }

    /// <summary>Why the transfer is refused. Meaningful once it is.</summary>
    public TransferError Error { get; private set; }

    /// <summary>What the transfer came to.</summary>
    /// <exception cref="InvalidOperationException">It is not finished.</exception>
    public TransferResult Result => result ?? throw new InvalidOperationException("the transfer is not finished");

    /// <summary>Octets of the messages so far.</summary>
    public long Octets => octets;

    /// <summary>Records so far.</summary>
    public long Records => records;

    /// <summary>Begins to read the answer to an AXFR request.</summary>
    /// <param name="apex">The zone's name.</param>
    /// <param name="id">Of the request.</param>
    /// <param name="present">The version that must be older than what comes; null takes any version.</param>
    /// <param name="limits">How much may come.</param>
    public static IncomingTransfer OfWhole(DomainName apex, ushort id, Zone? present, TransferLimits limits)
    {
        ArgumentNullException.ThrowIfNull(apex);
        ArgumentNullException.ThrowIfNull(limits);
        return new(apex, id, present, isIncremental: false, limits);
    }

    /// <summary>Begins to read the answer to an IXFR request.</summary>
    /// <param name="present">The version whose SOA the request carried.</param>
    /// <param name="id">Of the request.</param>
    /// <param name="limits">How much may come.</param>
    public static IncomingTransfer OfDifferences(Zone present, ushort id, TransferLimits limits)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(limits);
        return new(present.Apex, id, present, isIncremental: true, limits);
    }

    /// <summary>Takes the next message. The last may take long: it makes the zone.</summary>
    /// <param name="message">Any octets.</param>
    /// <exception cref="InvalidOperationException">The transfer is over.</exception>
    public TransferProgress Take(ReadOnlySpan<byte> message)
    {
        if (stage is Stage.Finished)
            throw new InvalidOperationException("the transfer is over");
        octets += message.Length;
        if (octets > limits.MaxOctets)
            return Refuse(TransferFault.TooManyOctets);
        var reader = new MessageReader(message);
        if (TransferAnswer.Check(ref reader, message.Length, id, apex, isIncremental ? QueryTypes.Ixfr : QueryTypes.Axfr) is { } error)
            return Refuse(error);
        return reader.Header.Answers == 0 ? Refuse(TransferFault.Empty) : TakeRecords(ref reader);
    }

    private TransferProgress TakeRecords(ref MessageReader reader)
    {
        while (reader.TryReadRecord(owner, out var record) && record.Section is Section.Answer)
        {
            if (result is TransferResult.Current)
                return TransferProgress.Finished; // the rest of an answer that a server without differences sends whole
            if (stage is Stage.Finished)
                return Refuse(TransferFault.TrailingRecords);
            if (TakeRecord(ref reader, record) is { } fault)
                return Refuse(fault);
        }
        if (reader.Error.Fault is not Core.WireFault.None)
            return Refuse(TransferFault.Malformed);
        if (stage is not Stage.Finished)
            return TransferProgress.More;
        return result is null && Complete() is { } late ? Refuse(late) : TransferProgress.Finished;
    }

    private TransferFault? TakeRecord(ref MessageReader reader, RecordView record)
    {
        if (++records > limits.MaxRecords)
            return TransferFault.TooManyRecords;
        if (stage is Stage.Removing or Stage.Adding && records > Math.Max(present!.RecordCount, limits.LeastDifferences))
            return TransferFault.TooManyDifferences;
        if (record.Class is not RecordClass.Internet)
            return TransferFault.WrongClass;
        if (!RrTypes.TryFromCode(record.Type, out var type))
            return TransferFault.WrongType;
        if (!reader.TryDecompress(record, type, rdata, out var length))
            return TransferFault.Malformed;
        var name = owner.AsSpan(0, record.NameLength);
        var ttl = record.Ttl > Ttl.MaxSeconds ? 0 : record.Ttl; // RFC 2181 §8
        if (record.Type == RrTypes.Soa.Code)
            return NameOctets.AreEqual(name, apex.Wire) ? TakeSoa(Copy(name, type, ttl, rdata.AsSpan(0, length))) : TransferFault.SoaNotAtApex;
        switch (stage)
        {
            case Stage.FirstSoa:
                return TransferFault.SoaMissing;
            case Stage.SecondRecord:
                BeginWhole();
                break;
        }
        Keep(name, type, ttl, rdata.AsSpan(0, length));
        return null;
    }

    private void Keep(ReadOnlySpan<byte> name, RrType type, uint ttl, ReadOnlySpan<byte> data)
    {
        if (builder is not null)
        {
            ignored += builder.Add(name, type, ttl, data) ? 0 : 1;
            return;
        }
        if (NameOctets.IsAtOrBelow(name, apex.Wire))
            (stage is Stage.Removing ? removed : added).Add(Copy(name, type, ttl, data));
        else
            ignored++;
    }

    private TransferFault? TakeSoa(ResourceRecord soa) => stage switch
    {
        Stage.FirstSoa => TakeFirstSoa(soa),
        Stage.SecondRecord => TakeSecondSoa(soa),
        Stage.Whole => EndWhole(soa),
        Stage.Removing => BeginAdding(soa),
        Stage.Adding => EndStep(soa),
        Stage.Finished => TransferFault.TrailingRecords,
    };

    private TransferFault? TakeFirstSoa(ResourceRecord soa)
    {
        firstSoa = soa;
        var serial = ZoneStep.SerialOf(soa);
        if (present is not null && serial == present.Serial)
            return Finish(new TransferResult.Current(serial));
        if (present is not null && !serial.IsNewerThan(present.Serial))
            return TransferFault.SerialWentBack;
        if (isIncremental)
            stage = Stage.SecondRecord;
        else
            BeginWhole();
        return null;
    }

    /// <summary>Differences begin with the SOA that we have; the same SOA again ends a whole zone that holds nothing else.</summary>
    private TransferFault? TakeSecondSoa(ResourceRecord soa)
    {
        if (ZoneStep.SerialOf(soa) == present!.Serial)
        {
            BeginStep(soa);
            return null;
        }
        if (ZoneStep.SerialOf(soa) != ZoneStep.SerialOf(firstSoa!))
            return TransferFault.WrongStart;
        BeginWhole();
        return EndWhole(soa);
    }

    private void BeginWhole()
    {
        stage = Stage.Whole;
        builder = new(apex);
        builder.Add(firstSoa!.Owner.Wire, RrTypes.Soa, firstSoa.Ttl.Seconds, firstSoa.Rdata.Span);
    }

    private TransferFault? EndWhole(ResourceRecord soa)
    {
        if (RdataWire.CompareCanonical(RrTypes.Soa, soa.Rdata.Span, firstSoa!.Rdata.Span) != 0)
            return TransferFault.SoaChanged;
        stage = Stage.Finished;
        return null;
    }

    private void BeginStep(ResourceRecord soa) => (stage, oldSoa) = (Stage.Removing, soa);

    private TransferFault? BeginAdding(ResourceRecord soa)
    {
        if (!ZoneStep.SerialOf(soa).IsNewerThan(ZoneStep.SerialOf(oldSoa!)))
            return TransferFault.SerialWentBack;
        (stage, newSoa) = (Stage.Adding, soa);
        return null;
    }

    /// <summary>After the additions, either the next difference begins where this one ended, or the last SOA ends all.</summary>
    private TransferFault? EndStep(ResourceRecord soa)
    {
        var reached = ZoneStep.SerialOf(newSoa!);
        if (ZoneStep.SerialOf(soa) != reached)
            return TransferFault.WrongStart;
        steps.Add(new(oldSoa!, newSoa!, removed.ToImmutable(), added.ToImmutable()));
        removed.Clear();
        added.Clear();
        if (reached != ZoneStep.SerialOf(firstSoa!))
        {
            BeginStep(soa);
            return null;
        }
        stage = Stage.Finished;
        return null;
    }

    private TransferFault? Complete()
    {
        if (builder is null)
            return ApplySteps();
        var zone = builder.Build();
        return builder.OversizeCount > 0 ? TransferFault.SetTooLarge : Finish(new TransferResult.Whole(zone, ignored));
    }

    private TransferFault? ApplySteps()
    {
        var all = steps.ToImmutable();
        return ZoneRevision.TryApply(present!, all, out var zone, out var fault) ? Finish(new TransferResult.Differences(zone, all, ignored)) : fault;
    }

    private TransferFault? Finish(TransferResult value)
    {
        (stage, result) = (Stage.Finished, value);
        return null;
    }

    private TransferProgress Refuse(TransferFault fault) => Refuse(new TransferError(fault));

    private TransferProgress Refuse(TransferError error)
    {
        (stage, Error, builder, result) = (Stage.Finished, error, null, null);
        return TransferProgress.Refused;
    }

    private static ResourceRecord Copy(ReadOnlySpan<byte> name, RrType type, uint ttl, ReadOnlySpan<byte> data) =>
        new(DomainName.TryCreate(name, out var read) ? read : throw new UnreachableException(), type.Code, RecordClass.Internet, new(ttl), new(data));
}
