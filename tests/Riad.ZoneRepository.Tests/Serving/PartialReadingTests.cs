using System.Collections.Immutable;
using System.Globalization;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Tests.Serving;

/// <summary>Two servers get the same pushes of a large file: one reads what differs, the other is made to read the whole each time.</summary>
public sealed class PartialReadingTests
{
    private static readonly string Start = Zones.Text(1, string.Concat(Enumerable.Range(0, 16_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"host{i} A 10.0.{i >> 8}.{i & 255}\n"))));

    public static TheoryData<string, string> Pushes => new()
    {
        // what is written                 instead of it; several are separated by '|', and made one after the other in one push each
        { "host7000 A 10.9.9.9",           "host7000 A 10.0.27.88" },
        { "host7000 A 10.9.9.9\nmore A 10.9.9.8\n", "host7000 A 10.0.27.88\n" },
        { "",                              "host15999 A 10.0.62.127\n" },
        { "; only a comment\nhost5 A",     "host5 A" },
        { "host9000 60 A 10.0.35.40",      "host9000 A 10.0.35.40" },
        { "HOST9000 A 10.0.35.40",         "host9000 A 10.0.35.40" },
        { " A 10.0.35.40",                 "host9000 A 10.0.35.40" },
        { "host9000 AAAAA 10.0.35.40",     "host9000 A 10.0.35.40" },
        { "host9000 CNAME host9000x",      "host9000 A 10.0.35.40" },
        { "host9000 CNAME host1",          "host9000 A 10.0.35.40" },
        { "host9000 MX 1 host1\nhost9000 A 10.0.35.40", "host9000 A 10.0.35.40" },
        { "host9000 A 10.0.35.40\nhost9000 A 10.0.35.40", "host9000 A 10.0.35.40" },
        { "$TTL 60\nhost12000 A",          "host12000 A" },
        { "$ORIGIN x.example.org.\nhost15990 A", "host15990 A" },
        { "$INCLUDE nothing\nhost9000 A",  "host9000 A" },
        { "$GENERATE 1-3 g$ A 10.1.1.$\nhost9000 A", "host9000 A" },
        { "cut NS ns.cut\nns.cut A 10.1.1.1\nhost9000 A|cut NS ns.cut\nhost9000 A", "host9000 A|cut NS ns.cut\nns.cut A 10.1.1.1\nhost9000 A" },
        { "host1 A 10.9.1.1| 4 7200|host9000 AAAA 2001:db8::1\nhost9000 A", "host1 A 10.0.0.1| 5 7200|host9000 A" }, // the serial goes back, and no record with it
        { "host5000 A 10.5.5.5|host5000 A 10.5.5.6|host5000 A 10.0.19.136", "host5000 A 10.0.19.136|host5000 A 10.5.5.5|host5000 A 10.5.5.6" },
    };

    [Theory, MemberData(nameof(Pushes))]
    public void Both_serve_and_say_the_same(string written, string instead)
    {
        var (parts, whole) = (new Server(), new Server());
        var text = Start;
        Assert.Equal(Push(whole, text), Push(parts, text));
        Assert.NotNull(parts.State.Zones.Values.Single().Outline);
        foreach (var (next, old) in written.Split('|').Zip(instead.Split('|')))
        {
            text = text.Replace(old, next, StringComparison.Ordinal);
            AssertSame(whole, parts, text);
            text = text.Replace(" 1 7200", " 5 7200", StringComparison.Ordinal).Replace("host3 A 10.0.0.3\n", "host3 A 10.3.3.3\n", StringComparison.Ordinal);
            AssertSame(whole, parts, text);
        }
        AssertSame(whole, parts, Start);
    }

    private static void AssertSame(Server whole, Server parts, string text)
    {
        whole.State = whole.State with { Zones = whole.State.Zones.ToImmutableSortedDictionary(zone => zone.Key, zone => zone.Value with { Outline = null }) };
        Assert.Equal(Push(whole, text), Push(parts, text));
        Assert.Equal(whole.State.Journal.Tip, parts.State.Journal.Tip); // it names every record that changed
        Assert.Equal(Lines(whole), Lines(parts));
    }

    /// <summary>A name of which only the case changed keeps the old one as long as no record of it changes: no record changed.</summary>
    private static IEnumerable<string> Lines(Server server) => Zones.Lines(server.State.Zones.Values.Single().Zone).Select(line => line.ToUpperInvariant()).Order(StringComparer.Ordinal);

    private static IReadOnlyList<string> Push(Server server, string text)
    {
        server.Repository.Put("example.org", text);
        var verdict = server.Judge();
        if (verdict is PushVerdict.Accepted accepted)
            server.Take(accepted.Next, accepted.Writing);
        return [verdict.GetType().Name, .. verdict.Lines];
    }
}
