using Riad.Dns.MasterFiles;

namespace Riad.Dns.Zones.Checks;

/// <summary>Keeps the records of a part of a file.</summary>
internal sealed class PartSink : IRecordSink
{
    public List<PartRecord> Records { get; } = [];

    public void Add(in MasterRecord record) => Records.Add(new(record.Owner.ToArray(), record.Type, record.Ttl, record.Rdata.ToArray()));
}
