using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.MasterFiles;

/// <summary>Collects the parts of all files of a zone while they are read, and counts their records.</summary>
/// <param name="apex">The zone.</param>
/// <param name="interval">How long a part is, or a little longer.</param>
internal sealed class PlaceRecorder(DomainName apex, int interval) : IRecordSink
{
    private readonly Dictionary<int, PlacedFile> byInclusion = [];
    private long count;
    private ulong sumOfTtls;

    /// <summary>In the order in which they were opened: the zone's own file first.</summary>
    public List<PlacedFile> Files { get; } = [];

    /// <summary>Begins a file.</summary>
    /// <param name="inclusion">Tells it from others, and from itself where it is included twice.</param>
    /// <param name="path">As it is opened.</param>
    /// <param name="before">What its first entry finds.</param>
    public PlacedFile Open(int inclusion, string path, ReadingState before)
    {
        var file = byInclusion[inclusion] = new PlacedFile(path, interval);
        file.Begin(0, before);
        Files.Add(file);
        return file;
    }

    public void Add(in MasterRecord record)
    {
        if (!record.Source.IsGenerated)
            byInclusion[record.Inclusion].Saw(record);
        if (!NameOctets.IsAtOrBelow(record.Owner, apex.Wire))
            return;
        count++;
        sumOfTtls += record.Type == RrTypes.Rrsig ? 0 : record.Ttl;
    }

    /// <summary>True when the files have each record of the zone once, all records of a set with one TTL.</summary>
    public bool IsExactly(Zone zone)
    {
        if (count != zone.RecordCount)
            return false;
        ulong sum = 0;
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
                sum += set.Type == RrTypes.Rrsig.Code ? 0 : (ulong)set.Ttl * (uint)set.Count;
        }
        return sum == sumOfTtls;
    }
}
