using System.Buffers.Binary;
using System.Diagnostics;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.RateLimiting;
using Riad.Dns.Server;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;

namespace Riad.Benchmarks;

/// <summary>Loads a zone and answers a file of queries, and prints what each costs: no sockets, one thread.</summary>
internal static class AnswerRun
{
    public static void Run(string zoneFile, string queryFile, string apex, int rounds)
    {
        var zone = Load(zoneFile, apex);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // the text is garbage only now that Load has returned
        Console.WriteLine($"process after collection: {Process.GetCurrentProcess().WorkingSet64 / 1e6:0} MB");
        Rebuild(zone);
        var authority = new Authority(ZoneSet.Empty.With(zone), new());
        var queries = Split(File.ReadAllBytes(queryFile));
        foreach (var limited in (bool[])[false, true])
        {
            var state = new AnswerState(limited ? new RateLimiter(new() { AnswersPerSecond = 1_000_000, IncludesLoopback = true }, new byte[16]) : null);
            Measure(authority, state, queries, limited ? "all, limiter on" : "all", rounds);
        }
        foreach (var (kind, some) in queries.GroupBy(query => KindOf(authority, query)).Select(group => (group.Key, group.ToArray())))
        {
            Measure(authority, new AnswerState(), some, $"{kind} ({some.Length})", rounds);
        }
    }

    private static Zone Load(string zoneFile, string apex)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        if (!DomainName.TryParseAbsolute(apex, out var name) || !ZoneReader.TryRead(zoneFile, File.ReadAllBytes(zoneFile), name, NoIncludes.Instance, ZoneReadOptions.Default, out var read, out var errors))
            throw new ArgumentException("the zone has errors");
        Console.WriteLine($"read and checked: {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:0.00} s of CPU; names {read.Zone.NameCount}, records {read.Zone.RecordCount}, {errors.Count} errors");
        Console.WriteLine($"zone: {read.Zone.Octets / 1e6:0.0} MB, {read.Zone.Octets / (double)read.Zone.NameCount:0.0} octets a name; peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        return read.Zone;
    }

    private static void Rebuild(Zone zone)
    {
        for (var round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            var builder = ZoneBuilding.Copy(zone);
            var added = clock.Elapsed;
            builder.Build();
            Console.WriteLine($"add {added.TotalMilliseconds:0} ms, build {(clock.Elapsed - added).TotalMilliseconds:0} ms");
        }
    }

    private static byte[][] Split(byte[] file)
    {
        var queries = new List<byte[]>();
        for (var at = 0; at + 2 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
            queries.Add(file.AsSpan(at + 2, length).ToArray());
            at += 2 + length;
        }
        return [.. queries];
    }

    /// <summary>Prints the best of many short runs: what is left when nothing else disturbs the machine.</summary>
    private static void Measure(Authority authority, AnswerState state, byte[][] queries, string what, int rounds)
    {
        const int RunLength = 20_000;
        var answer = new byte[4096];
        var context = new QueryContext(new(new IPv4Address(0x7f000001)), DnsTransport.Udp, default, TimeSpan.Zero);
        long octets = 0;
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var run in queries.Chunk(RunLength))
            {
                var start = Stopwatch.GetTimestamp();
                foreach (var query in run)
                    octets += authority.Answer(state, context, query, answer);
                times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / run.Length);
            }
        }
        times.Sort();
        Console.WriteLine($"{what}: best {times[0]:0} ns, 10% {times[times.Count / 10]:0} ns, median {times[times.Count / 2]:0} ns; {octets / (double)rounds / queries.Length:0.0} octets");
    }

    private static string KindOf(Authority authority, byte[] query)
    {
        var answer = new byte[4096];
        authority.Answer(new AnswerState(), new(default, DnsTransport.Udp, default, TimeSpan.Zero), query, answer);
        var records = (BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6)), BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(8)));
        var hasTargets = records.Item1 > 1;
        return (answer[3] & 15, records) switch
        {
            (3, _) => "name error",
            (0, (0, 1)) => "no data",
            (0, (0, _)) => "referral",
            _ => hasTargets ? "mail exchanges" : "hit",
        };
    }
}
