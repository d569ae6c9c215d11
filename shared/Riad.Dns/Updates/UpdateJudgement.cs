using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Updates;

/// <summary>Decides what an update makes of a zone: all of it, or nothing.</summary>
/// <remarks>Pure: reads the zone and changes nothing. Cost: the names that the message mentions, not the size of the zone.</remarks>
public static class UpdateJudgement
{
    /// <summary>Judges an update.</summary>
    /// <param name="zone">The zone that the message names, as it is served.</param>
    /// <param name="message">What the client wants.</param>
    /// <param name="isGranted">Whether the client may change a name and type; the type is <see cref="QueryTypes.Any"/> when all of a name shall go.</param>
    /// <remarks>Source: RFC 2136 §3: prerequisites, rights, prescan, update, in this order.</remarks>
    public static UpdateVerdict Judge(Zone zone, UpdateMessage message, Func<DomainName, ushort, bool> isGranted)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(isGranted);
        if (message.ZoneClass is not RecordClass.Internet || message.Zone != zone.Apex)
            return new UpdateVerdict.Refused(ResponseCode.NotAuthoritative, $"no zone {message.Zone} of that class is served");
        var draft = new ZoneDraft(zone);
        if (PrerequisiteCheck.Run(draft, message.Prerequisites) is not ResponseCode.NoError and var missed)
            return new UpdateVerdict.Refused(missed, missed is ResponseCode.FormatError or ResponseCode.NotZone ? "a prerequisite cannot be read" : "a prerequisite does not hold");
        // Rights first, as the RFC has it: who may change nothing does not learn what the server thinks of the change.
        foreach (var record in message.Updates)
        {
            if (record.Owner.IsAtOrBelow(zone.Apex) && !isGranted(record.Owner, record.Type))
                return new UpdateVerdict.Refused(ResponseCode.Refused, $"no right to change {RrTypes.Print(record.Type)} of {record.Owner}");
        }
        var operations = new List<UpdateOperation>(message.Updates.Count);
        foreach (var record in message.Updates)
        {
            if (!OperationReader.TryRead(record, zone.Apex, out var operation, out var fault))
                return new UpdateVerdict.Refused(fault, fault is ResponseCode.NotZone ? $"{record.Owner} is not in the zone" : $"the record of {record.Owner} makes no update");
            operations.Add(operation);
        }
        foreach (var operation in operations)
            OperationRun.Apply(draft, operation);
        var changes = draft.Changes();
        return changes.Count == 0 ? new UpdateVerdict.WithoutEffect() : new UpdateVerdict.Changed(changes);
    }
}
