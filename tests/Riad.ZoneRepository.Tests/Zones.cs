using System.Text;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Tests;

/// <summary>Zones and names in short.</summary>
internal static class Zones
{
    /// <summary>A zone's text with NS and addresses, which passes every check.</summary>
    public static string Text(uint serial, string records = "") =>
        $"$TTL 3600\n@ SOA ns1 hostmaster {serial} 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.53\n{records}";

    public static DomainName Name(string text)
    {
        Assert.True(DomainName.TryParseAbsolute(text, out var name), text);
        return name;
    }

    public static Zone Read(string apex, string text)
    {
        Assert.True(
            ZoneReader.TryRead(apex, Encoding.UTF8.GetBytes(text), Name(apex), NoIncludes.Instance, ZoneReadOptions.Default, out var read, out var errors), string.Join('\n', errors));
        return read.Zone;
    }

    public static ZoneRecord Record(string line)
    {
        Assert.True(ZoneRecordText.TryParse(Encoding.UTF8.GetBytes(line), out var record), line);
        return record;
    }

    /// <summary>All records of a zone as lines, sorted.</summary>
    public static SortedSet<string> Lines(Zone zone)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        var scratch = new byte[ushort.MaxValue];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                    lines.Add(new ZoneRecord(node.Owner, new(set.Ttl), Dns.Records.RrTypes.FromCode(set.Type), new Octets(rdata)).ToString());
            }
        }
        return lines;
    }
}
