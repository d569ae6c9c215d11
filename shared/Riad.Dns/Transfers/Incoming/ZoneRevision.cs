using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>Applies differences to a version of a zone, exactly or not at all.</summary>
public static class ZoneRevision
{
    /// <summary>Makes the version that the last step leads to. Costs as much as the differences, not as the zone.</summary>
    /// <param name="present">The version that the first step begins at.</param>
    /// <param name="steps">Each begins where the one before ends; none holds an SOA among its records.</param>
    /// <param name="zone">Null on failure.</param>
    /// <param name="fault">Why they do not apply. Meaningful on failure.</param>
    public static bool TryApply(Zone present, ImmutableArray<ZoneStep> steps, [NotNullWhen(true)] out Zone? zone, out TransferFault fault)
    {
        zone = null;
        var edit = present.Edit();
        foreach (var step in steps)
        {
            fault = TransferFault.RemovesMissing;
            foreach (var record in step.Removed)
            {
                if (!edit.Remove(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Rdata.Span))
                    return false;
            }
            fault = TransferFault.AddsExisting;
            foreach (var record in step.Added)
            {
                edit.Add(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Ttl.Seconds, record.Rdata.Span);
                if (edit.DuplicateCount > 0)
                    return false;
            }
        }
        var soa = steps[^1].NewSoa;
        edit.RemoveSet(present.Apex.Wire, RrTypes.Soa);
        edit.Add(soa.Owner.Wire, RrTypes.Soa, soa.Ttl.Seconds, soa.Rdata.Span);
        fault = TransferFault.SetTooLarge;
        var next = edit.Build();
        zone = edit.OversizeCount > 0 ? null : next;
        return zone is not null;
    }
}
