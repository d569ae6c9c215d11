using BenchmarkDotNet.Attributes;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Benchmarks;

/// <summary>Making a zone of 100,000 names with two addresses each.</summary>
[MemoryDiagnoser]
public class ZoneBuilding
{
    private Zone zone = null!;

    [GlobalSetup]
    public void Setup() => zone = Zones.WithHosts(100_000);

    [Benchmark]
    public Zone Build() => Copy(zone).Build();

    internal static ZoneBuilder Copy(Zone zone)
    {
        var builder = new ZoneBuilder(zone.Apex);
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            var length = node.CopyOwner(owner);
            foreach (var set in node.Sets)
            {
                var type = RrTypes.FromCode(set.Type);
                foreach (var rdata in set.Rdatas(scratch))
                    builder.Add(owner[..length], type, set.Ttl, rdata);
            }
        }
        return builder;
    }
}
