using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>From a record of the prerequisite section to what it means.</summary>
internal static class PrerequisiteReader
{
    /// <summary>Reads one record.</summary>
    /// <param name="record">Of the prerequisite section.</param>
    /// <param name="apex">The zone, of class IN.</param>
    /// <param name="prerequisite">Null on failure.</param>
    /// <param name="fault">FORMERR or NOTZONE; NOERROR on success.</param>
    /// <remarks>Source: RFC 2136 §3.2.5, in its order.</remarks>
    public static bool TryRead(ResourceRecord record, DomainName apex, [NotNullWhen(true)] out Prerequisite? prerequisite, out ResponseCode fault)
    {
        prerequisite = null;
        fault = ResponseCode.FormatError;
        if (record.Ttl.Seconds != 0)
            return false;
        if (!record.Owner.IsAtOrBelow(apex))
        {
            fault = ResponseCode.NotZone;
            return false;
        }
        prerequisite = record.Class switch
        {
            RecordClass.Any when record.Rdata.Length == 0 && record.Type == QueryTypes.Any => new Prerequisite.NameInUse(record.Owner),
            RecordClass.None when record.Rdata.Length == 0 && record.Type == QueryTypes.Any => new Prerequisite.NameNotInUse(record.Owner),
            RecordClass.Any when record.Rdata.Length == 0 && RrTypes.TryFromCode(record.Type, out var type) => new Prerequisite.SetExists(record.Owner, type),
            RecordClass.None when record.Rdata.Length == 0 && RrTypes.TryFromCode(record.Type, out var type) => new Prerequisite.SetMissing(record.Owner, type),
            RecordClass.Internet when RrTypes.TryFromCode(record.Type, out var type) && RdataWire.TryValidate(type, record.Rdata.Span, out _) =>
                new Prerequisite.SetHas(record.Owner, type, record.Rdata),
            _ => null,
        };
        if (prerequisite is not null)
            fault = ResponseCode.NoError;
        return prerequisite is not null;
    }
}
