using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>From a record of the update section to what it means: the prescan.</summary>
internal static class OperationReader
{
    /// <summary>Reads one record.</summary>
    /// <param name="record">Of the update section.</param>
    /// <param name="apex">The zone, of class IN.</param>
    /// <param name="operation">Null on failure.</param>
    /// <param name="fault">FORMERR or NOTZONE; NOERROR on success.</param>
    /// <remarks>Source: RFC 2136 §3.4.1.3, in its order.</remarks>
    public static bool TryRead(ResourceRecord record, DomainName apex, [NotNullWhen(true)] out UpdateOperation? operation, out ResponseCode fault)
    {
        operation = null;
        fault = ResponseCode.NotZone;
        if (!record.Owner.IsAtOrBelow(apex))
            return false;
        fault = ResponseCode.FormatError;
        operation = record.Class switch
        {
            RecordClass.Internet when IsRecord(record, out var type) => new UpdateOperation.Add(record.Owner, type, Bound(record.Ttl), record.Rdata),
            RecordClass.None when record.Ttl.Seconds == 0 && IsRecord(record, out var type) => new UpdateOperation.RemoveRecord(record.Owner, type, record.Rdata),
            RecordClass.Any when record.Ttl.Seconds == 0 && record.Rdata.Length == 0 => RemoveAll(record),
            _ => null,
        };
        if (operation is not null)
            fault = ResponseCode.NoError;
        return operation is not null;
    }

    private static UpdateOperation? RemoveAll(ResourceRecord record)
    {
        if (record.Type == QueryTypes.Any)
            return new UpdateOperation.RemoveName(record.Owner);
        return RrTypes.TryFromCode(record.Type, out var type) ? new UpdateOperation.RemoveSet(record.Owner, type) : null;
    }

    private static bool IsRecord(ResourceRecord record, [NotNullWhen(true)] out RrType? type) =>
        RrTypes.TryFromCode(record.Type, out type) && RdataWire.TryValidate(type, record.Rdata.Span, out _);

    /// <summary>A TTL with its first bit set counts as zero.</summary>
    /// <remarks>Source: RFC 2181 §8.</remarks>
    private static Ttl Bound(Ttl ttl) => ttl.Seconds > Ttl.MaxSeconds ? default : ttl;
}
