using System.Diagnostics;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Benchmarks;

/// <summary>Changes one address of a zone and its serial, version after version, and prints what that takes.</summary>
internal static class EditRun
{
    public static void Run(int names, int edits)
    {
        var zone = Zones.WithHosts(names);
        Console.WriteLine($"{zone.NameCount} names, {zone.Octets / 1e6:0.0} MB");
        var owners = Enumerable.Range(0, 10_000).Select(i => Zones.Name($"host{i * 7919L % names}.example.test.")).ToArray();
        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 1; number <= edits; number++)
        {
            var start = Stopwatch.GetTimestamp();
            zone = Change(zone, owners[number % owners.Length], number);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        times.Sort();
        Console.WriteLine($"an edit: median {times[times.Count / 2]:0.0} us, 99% {times[times.Count * 99 / 100]:0} us, longest {times[^1]:0} us, all {times.Sum() / 1e6:0.00} s; {allocated / edits} octets allocated each");
        Console.WriteLine($"{zone.NameCount} names, {zone.Octets / 1e6:0.0} MB");
    }

    private static Zone Change(Zone zone, DomainName owner, int number)
    {
        var edit = zone.Edit();
        edit.RemoveSet(owner.Wire, RrTypes.A);
        edit.Add(owner.Wire, RrTypes.A, 300, [10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
        edit.SetSerial(new((uint)number + 1));
        return edit.Build();
    }
}
