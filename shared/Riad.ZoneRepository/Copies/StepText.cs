using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Transfers.Incoming;
using Riad.ZoneRepository.Differences;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Copies;

/// <summary>One step of an incremental transfer as text, in the form of the journal's changes: <see cref="ZoneChangeText"/>.</summary>
internal static class StepText
{
    public static byte[] Print(ZoneStep step) => ZoneChangeText.Print(new ZoneChange.Changed(
        new(RecordOf(step.OldSoa), RecordOf(step.NewSoa), [.. step.Removed.Select(RecordOf)], [.. step.Added.Select(RecordOf)], Math.Max(step.Removed.Length, step.Added.Length), isListed: true)));

    public static bool TryParse(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out ZoneStep? step)
    {
        step = ZoneChangeText.TryParse(octets, out var change) && change is ZoneChange.Changed { Difference: var difference } && IsStep(difference)
            ? new(RecordOf(difference.OldSoa), RecordOf(difference.NewSoa), [.. difference.Removed.Select(RecordOf)], [.. difference.Added.Select(RecordOf)])
            : null;
        return step is not null;
    }

    private static bool IsStep(ZoneDifference difference) =>
        difference.OldSoa.Owner == difference.Apex && difference.Removed.All(IsPlain) && difference.Added.All(IsPlain);

    private static bool IsPlain(ZoneRecord record) => record.Type != RrTypes.Soa;

    private static ZoneRecord RecordOf(ResourceRecord record) => new(record.Owner, record.Ttl, RrTypes.FromCode(record.Type), record.Rdata);

    private static ResourceRecord RecordOf(ZoneRecord record) => new(record.Owner, record.Type.Code, RecordClass.Internet, record.Ttl, record.Rdata);
}
