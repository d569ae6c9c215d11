using System.Globalization;
using Xunit.Abstractions;
using static Riad.Net.Io.Tests.Networks;

namespace Riad.Net.Io.Tests;

/// <summary>Answers over a link of 1280 octets, the least that IPv6 allows.</summary>
public sealed class FragmentationTests(ITestOutputHelper output)
{
    private const int Mtu = 1280;

    public static TheoryData<string, int, int> Lengths => new()
    {
        // asked at         octets   arrive
        { "10.9.9.1",       1232,    1232 },   // the default limit of EDNS answers
        { "10.9.9.1",       1252,    1252 },   // 1280 - 20 - 8
        { "10.9.9.1",       1253,    12 },     // one too many: shortened, not cut in pieces
        { "10.9.8.1",       4000,    12 },
        { "fd99::1",        1232,    1232 },   // 1280 - 40 - 8
        { "fd99::1",        1233,    12 },
        { "fd98::1",        4000,    12 },
    };

    [Theory, MemberData(nameof(Lengths))]
    public async Task An_answer_arrives_in_one_piece_or_shortened_from_the_address_that_was_asked(string asked, int octets, int arrive)
    {
        if (NetworkNamespace.Missing is { } reason)
        {
            output.WriteLine(reason);
            return;
        }
        using var cable = NetworkNamespace.Create(Mtu);
        using var network = Open(portable: false, threads: 1);
        var isIPv6 = asked.Contains(':', StringComparison.Ordinal);
        using var server = cable.Inside(first: true, () => network.ServeUdp(At(isIPv6 ? "[::]:53" : "0.0.0.0:53"), _ => new Lengthen(octets)));
        using var client = cable.Inside(first: false, () => network.OpenUdp(At(isIPv6 ? "[fd99::2]:0" : "10.9.9.2:0")));
        var to = At(isIPv6 ? $"[{asked}]:53" : $"{asked}:53");

        var (answer, source) = await UdpServerTests.AskAsync(client, "how long?"u8.ToArray(), to);

        Assert.Equal(arrive, answer.Length);
        Assert.Equal(to, source);
        Assert.Equal(0, cable.Inside(first: false, ReassembliesRequired));
    }

    /// <summary>Fragments that this namespace has ever received.</summary>
    private static long ReassembliesRequired()
    {
        var lines = File.ReadAllLines("/proc/thread-self/net/snmp");
        var (names, values) = (lines[0].Split(' '), lines[1].Split(' '));
        var six = File.ReadLines("/proc/thread-self/net/snmp6").First(line => line.StartsWith("Ip6ReasmReqds", StringComparison.Ordinal));
        return Number(values[Array.IndexOf(names, "ReasmReqds")]) + Number(six.Split(' ')[^1]);

        static long Number(string text) => long.Parse(text.AsSpan().Trim(), CultureInfo.InvariantCulture);
    }

    private sealed class Lengthen(int octets) : IDatagramHandler
    {
        public void Handle(DatagramBatch batch)
        {
            for (var i = 0; i < batch.Count; i++)
                batch.SetAnswer(i, octets);
        }

        public bool TryShorten(DatagramBatch batch, int index)
        {
            batch.SetAnswer(index, 12);
            return true;
        }
    }
}
