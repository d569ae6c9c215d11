using BenchmarkDotNet.Attributes;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Server;
using Riad.Dns.Zones;

namespace Riad.Benchmarks;

/// <summary>One answer of each kind, from a zone of 100,000 names.</summary>
[MemoryDiagnoser]
public class Answering
{
    private readonly AnswerState state = new();
    private readonly byte[] answer = new byte[4096];
    private readonly byte[] hit = Query("host77.example.test.", 1);
    private readonly byte[] noData = Query("host77.example.test.", 16);
    private readonly byte[] nameError = Query("nothing.example.test.", 1);
    private readonly byte[] referral = Query("www.sub.example.test.", 1);
    private readonly QueryContext context = new(new(new IPv4Address(0xc0000201)), DnsTransport.Udp, default, TimeSpan.Zero);
    private Authority authority = null!;

    [GlobalSetup]
    public void Setup() => authority = new(ZoneSet.Empty.With(Zones.WithHosts(100_000)), new());

    [Benchmark]
    public int Hit() => authority.Answer(state, context, hit, answer);

    [Benchmark]
    public int NoData() => authority.Answer(state, context, noData, answer);

    [Benchmark]
    public int NameError() => authority.Answer(state, context, nameError, answer);

    [Benchmark]
    public int Referral() => authority.Answer(state, context, referral, answer);

    private static byte[] Query(string name, ushort type)
    {
        var octets = new byte[512];
        return Message.Query(1, Zones.Name(name), type).TryWrite(octets, out var length) ? octets[..length] : [];
    }
}
