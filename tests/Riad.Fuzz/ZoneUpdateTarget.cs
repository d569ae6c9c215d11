using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;

namespace Riad.Fuzz;

/// <summary>Two versions of a master file, a zero octet between them: where only the difference is read, the zone is that of a whole reading.</summary>
internal sealed class ZoneUpdateTarget : IFuzzTarget
{
    private const int Interval = 40;

    private const string Zone =
        "$TTL 300\n@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\n  NS ns.elsewhere.\nns.elsewhere. A 192.0.2.77\nns A 192.0.2.1\nmail 60 A 192.0.2.3\n@ MX 10 mail\nsub NS ns.sub\n"
        + "ns.sub A 192.0.2.4\n$ORIGIN deep.example.org.\na TXT \"one; two\"\n TXT ( \"more\"\n  \"words\" )\n$ORIGIN example.org.\nalias CNAME mail\nold DNAME elsewhere.\nc.d.e A 192.0.2.6\nx1 A 192.0.2.7\nx2 A 192.0.2.7\nlast TXT \"end\"\n";

    public string Name => "zone-update";

    public IEnumerable<byte[]> Seeds =>
    [
        Pair(Zone, Zone.Replace("x1 A 192.0.2.7", "x1 A 192.0.2.8", StringComparison.Ordinal)),
        Pair(Zone, Zone.Replace("ns 1 7200", "ns 2 7200", StringComparison.Ordinal).Replace("c.d.e A", "c.d A", StringComparison.Ordinal)),
        Pair(Zone, Zone.Replace("x2 A", " A", StringComparison.Ordinal)),
        Pair(Zone, Zone + "more A 192.0.2.9"),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOf((byte)0);
        if (end < 0 || !DomainName.TryParseAbsolute("example.org", out var apex))
            return;
        var before = octets[..end];
        var after = octets[(end + 1)..];
        if (ReadWhole(before, apex) is not { Outline: { } outline } old || !ZoneUpdate.TryRead(old.Zone, old.Hints, outline, before, after, out var update))
            return;
        if (ReadWhole(after, apex) is not { Warnings.Count: 0 } whole)
            throw new InvalidOperationException("read in part, and a whole reading has something to say");
        if (Print(whole.Zone) != Print(update.Zone) || !whole.Hints.Equals(update.Hints))
            throw new InvalidOperationException("the zone of a reading in part is another than that of a whole reading");
    }

    private static CheckedZone? ReadWhole(ReadOnlySpan<byte> text, DomainName apex) =>
        ZoneReader.TryRead("example.org", text, apex, NoIncludes.Instance, ZoneReadOptions.Default, Interval, out var zone, out _) ? zone : null;

    private static byte[] Pair(string before, string after) => Encoding.ASCII.GetBytes($"{before}\0{after}");

    /// <summary>All names and records, without regard to their order and the case of owners.</summary>
    private static string Print(Zone zone)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            var owner = node.Owner.ToString().ToUpperInvariant();
            lines.Add($"{owner} {node.IsDelegation} {node.IsOccluded}");
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                    lines.Add($"{owner} {set.Type} {set.Ttl} {set.Count} {Convert.ToHexStringLower(rdata)}");
            }
        }
        return string.Join('\n', lines);
    }
}
