using Riad.Dns.MasterFiles;

namespace Riad.Dns.Tests.MasterFiles;

/// <summary>Counts records.</summary>
internal sealed class RecordCounter : IRecordSink
{
    public int Count { get; private set; }

    public void Add(in MasterRecord record) => Count++;
}
