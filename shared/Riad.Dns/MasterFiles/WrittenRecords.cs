using System.Collections.Immutable;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Lists the records that stand in a file itself, for tools that compare or merge files.</summary>
public static class WrittenRecords
{
    /// <summary>Reads a file; what it includes or generates is passed over.</summary>
    /// <param name="fileName">For positions.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="origin">The first origin.</param>
    /// <param name="assumedTtl">What records have for a TTL before the first $TTL; null when the file says everything itself.</param>
    /// <param name="records">In file order; empty on failure.</param>
    /// <param name="error">The first fault; null on success.</param>
    public static bool TryRead(string fileName, ReadOnlySpan<byte> text, DomainName origin, Ttl? assumedTtl, out ImmutableArray<WrittenRecord> records, out ZoneError? error)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var faults = new ZoneFaults();
        var sink = new Sink();
        new MasterFileReader(EmptyIncludes.Instance, sink, faults).Read(fileName, text, origin.Wire, assumedTtl);
        error = faults.HasErrors ? faults.Errors[0] : null;
        records = error is null ? [.. sink.Records] : [];
        return error is null;
    }

    private sealed class Sink : IRecordSink
    {
        public List<WrittenRecord> Records { get; } = [];

        public void Add(in MasterRecord record)
        {
            if (record.Source.IsGenerated || !DomainName.TryCreate(record.Owner, out var owner))
                return;
            var typeAt = record.Tokens[record.Head.Type].Start;
            Records.Add(new(owner, record.Type, new(record.Ttl), new(record.Rdata), record.Entry.Start, typeAt, record.Entry.End));
        }
    }
}
