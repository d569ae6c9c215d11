using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

/// <summary>What a master file says, a line for each record: "owner ttl type data", names absolute.</summary>
internal sealed class PrintedRecords : IRecordSink
{
    public List<string> Lines { get; } = [];

    public static (PrintedRecords Records, ZoneFaults Faults) Read(string text, string zone = "example.org", IIncludes? includes = null) =>
        Read(Encoding.UTF8.GetBytes(text), zone, includes);

    public static (PrintedRecords Records, ZoneFaults Faults) Read(ReadOnlySpan<byte> text, string zone = "example.org", IIncludes? includes = null)
    {
        var (records, faults) = (new PrintedRecords(), new ZoneFaults());
        Assert.True(DomainName.TryParseAbsolute(zone, out var apex));
        new MasterFileReader(includes ?? NoIncludes.Instance, records, faults).Read(zone, text, apex.Wire);
        return (records, faults);
    }

    public void Add(in MasterRecord record)
    {
        var line = new StringBuilder(NameText.Print(record.Owner)).Append(' ').Append(record.Ttl).Append(' ').Append(record.Type).Append(' ');
        RdataText.Print(record.Type, record.Rdata, line);
        Lines.Add(line.ToString());
    }
}
