using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Dns.Tests.Checks;

public sealed class ZoneUpdateTests
{
    private const int Interval = 40; // so that a short text has many places to enter it
    private static readonly DomainName Apex = ZoneText.Name("example.test.");

    private static readonly string[] Start =
    [
        "$TTL 300", "@ SOA ns hostmaster (", " 1 ; serial", " 7200 3600 1209600 300 )", "@ NS ns", "  NS ns.elsewhere.", "ns.elsewhere. A 192.0.2.77", "ns A 192.0.2.1",
        "www A 192.0.2.2", "www AAAA 2001:db8::1", "mail 60 A 192.0.2.3", "@ MX 10 mail", "; a comment ( with \"signs\"", "sub NS ns.sub", "ns.sub A 192.0.2.4",
        "$ORIGIN deep.example.test.", "a TXT \"one; two\"", " TXT ( \"more\"", "  \"words\" )", "b A 192.0.2.5", "$ORIGIN example.test.", "alias CNAME www", "old DNAME elsewhere.", "* TXT w",
        "c.d.e A 192.0.2.6", "x1 A 192.0.2.7", "x2 A 192.0.2.7", "x3 A 192.0.2.7", "x4 A 192.0.2.7", "$TTL 600", "y1 A 192.0.2.8", " TXT y", "y2 A 192.0.2.9", "last TXT \"end\"",
    ];

    private static readonly string[] Lines =
    [
        .. Start, "$TTL 60", "$ORIGIN other.example.test.", "new A 192.0.2.10", " A 192.0.2.11", "new 300 TXT n", "WWW A 192.0.2.12", "www.sub A 192.0.2.13", "", ";", "(", ")", "bad A 1.2.3",
        "$GENERATE 1-3 g$ A 192.0.2.$", "$INCLUDE other", "@ MX 20 nowhere", "far.elsewhere. A 192.0.2.14", "y2 NS ns", "@ SOA ns hostmaster 2 7200 3600 1209600 300", "long TXT \"" + new string('x', 200) + "\"", "tab\tA\t192.0.2.15\r",
    ];

    [Fact]
    public void Reading_what_differs_gives_what_reading_the_whole_gives()
    {
        var (updates, attempts) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf().ArrayOf().ToArbitrary(), versions =>
        {
            var lines = Start.ToList();
            var text = Join(lines);
            var before = ReadWhole(text);
            Assert.NotNull(before?.Outline);
            var (zone, outline, hints) = (before.Zone, before.Outline, before.Hints);
            foreach (var changes in versions.Where(changes => changes.Length > 0))
            {
                var edited = lines.ToList();
                foreach (var change in changes.Take(3))
                    Change(edited, change);
                var next = Join(edited);
                attempts++;
                if (!ZoneUpdate.TryRead(zone.WithSerial(new(77)), hints, outline, text, next, out var update))
                    continue; // the next change is made to the same version
                updates++;
                var whole = ReadWhole(next);
                Assert.NotNull(whole);
                Assert.Empty(whole.Warnings);
                Assert.Equal(Print(whole.Zone), Print(update.Zone));
                Assert.Equal(whole.Hints, update.Hints);
                AssertTouched(zone, update);
                (lines, text, zone, outline, hints) = (edited, next, update.Zone, update.Outline, update.Hints);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(30));
        Assert.True(updates > attempts / 20, $"{updates} of {attempts} changes were read in part");
    }

    public static TheoryData<string, string, string, bool> Changes => new()
    {
        // why                                       line                  instead                                          in part
        { "an address",                              "x2 A 192.0.2.7",     "x2 A 192.0.2.99",                               true },
        { "two places",                              "1 ; serial|y2 A 192.0.2.9", "2 ; serial|y2 A 192.0.2.98",             true },
        { "a name more",                             "x2 A 192.0.2.7",     "x2 A 192.0.2.7\nx22 A 192.0.2.7",               true },
        { "a name less",                             "x3 A 192.0.2.7\n",   "",                                              true },
        { "the first line",                          "$TTL 300\n@",        "; first\n$TTL 300\n@",                          true },
        { "behind the last line",                    "\"end\"\n",          "\"end\"\nz A 192.0.2.1\n",                      true },
        { "the line end of the last line",           "\"end\"\n",          "\"end\"",                                       true },
        { "nothing",                                 "x",                  "x",                                             true },
        { "the same name in another case",           "www A 192.0.2.2",    "WWW A 192.0.2.2",                               true },
        { "another case, before the first",          "www A 192.0.2.2",    "WWW A 192.0.2.12\nwww A 192.0.2.2",             true },
        { "a name server's address is gone",         "ns A 192.0.2.1\n",   "",                                              false },
        { "a warning",                               "x2 A 192.0.2.7",     "x2 A 192.0.2.7\nx2 A 192.0.2.7",                false },
        { "two TTLs in one set",                     "x2 A 192.0.2.7",     "x2 A 192.0.2.7\nx2 1 A 192.0.2.8",              false },
        { "a parenthesis that is not closed",        "x2 A 192.0.2.7",     "x2 A ( 192.0.2.7",                              false },
        { "a quote that is not closed",              "x2 A 192.0.2.7",     "x2 TXT \"192.0.2.7",                            false },
        { "an include",                              "x2 A 192.0.2.7",     "$INCLUDE x2",                                   false },
        { "a $GENERATE",                             "x2 A 192.0.2.7",     "$GENERATE 2-2 x$ A 192.0.2.7",                  false },
        { "a second SOA",                            "x2 A 192.0.2.7",     "@ SOA ns hostmaster 1 7200 3600 1209600 300",   false },
        { "an outside name",                         "x2 A 192.0.2.7",     "x2.elsewhere. A 192.0.2.7",                     false },
    };

    [Theory, MemberData(nameof(Changes))]
    public void What_has_nothing_to_be_said_of_it_is_read_in_part(string why, string line, string instead, bool inPart)
    {
        var text = Join(Start);
        var whole = ReadWhole(text);
        Assert.NotNull(whole?.Outline);
        var changed = Encoding.UTF8.GetString(text);
        foreach (var (old, next) in line.Split('|').Zip(instead.Split('|')))
            changed = changed.Replace(old, next, StringComparison.Ordinal);
        var after = Encoding.UTF8.GetBytes(changed);
        Assert.Equal(inPart, ZoneUpdate.TryRead(whole.Zone, whole.Hints, whole.Outline, text, after, out var update));
        if (inPart)
            Assert.True(Print(ReadWhole(after)!.Zone) == Print(update!.Zone), why);
    }

    [Theory]
    [InlineData("$INCLUDE nowhere")]
    [InlineData("$GENERATE 1-2 g$ A 192.0.2.$")]
    [InlineData("mail A 192.0.2.3")] // twice, with two TTLs: a warning
    public void Only_a_plain_file_without_warnings_can_be_entered_again(string line)
    {
        var whole = ReadWhole(Join([.. Start, line]));
        Assert.Null(whole?.Outline);
    }

    [Fact]
    public void A_short_file_needs_no_places_to_enter_it()
    {
        Assert.True(ZoneReader.TryRead("f", Join(Start), Apex, NoIncludes.Instance, ZoneReadOptions.Default, out var zone, out _));
        Assert.Null(zone.Outline);
    }

    private static CheckedZone? ReadWhole(byte[] text) =>
        ZoneReader.TryRead("f", text, Apex, NoIncludes.Instance, ZoneReadOptions.Default, Interval, out var zone, out _) ? zone : null;

    private static byte[] Join(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static void Change(List<string> lines, int number)
    {
        var bits = unchecked((uint)number * 2654435761u);
        var (at, other) = ((int)((bits >> 4) % (uint)lines.Count), Lines[(bits >> 12) % (uint)Lines.Length]);
        switch (bits & 7)
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines[at] = other; break;
            case 2: lines.Insert(at, other); break;
            case 3: lines.Add(other); break;
            case 4: lines.Insert(at, lines[^1]); lines.RemoveAt(lines.Count - 1); break;
            default: lines[at] = lines[at].Replace("192.0.2.", string.Create(CultureInfo.InvariantCulture, $"198.51.100.{bits % 10}"), StringComparison.Ordinal); break;
        }
        if (lines.Count == 0)
            lines.Add(other);
    }

    /// <summary>All names with their records, but for what a reading in part leaves as it was: the order in a set, and the case of owners.</summary>
    private static string Print(Zone zone)
    {
        var lines = new SortedDictionary<DomainName, string>();
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            var text = new StringBuilder().Append(node.Flags).Append(' ').Append(node.Children);
            foreach (var set in node.Sets)
            {
                var rdatas = new List<string>();
                foreach (var rdata in set.Rdatas(scratch))
                    rdatas.Add(Convert.ToHexStringLower(rdata));
                rdatas.Sort(StringComparer.Ordinal);
                text.Append(CultureInfo.InvariantCulture, $"\n  {set.Type} {set.Ttl} {string.Join(' ', rdatas)}");
            }
            lines.Add(node.Owner, text.ToString());
        }
        return string.Create(CultureInfo.InvariantCulture, $"{zone.NameCount} {zone.RecordCount} {zone.Serial}\n{string.Join('\n', lines.Select(line => $"{line.Key.ToString().ToUpperInvariant()} {line.Value}"))}");
    }

    /// <summary>What is not touched is the same.</summary>
    private static void AssertTouched(Zone before, ZoneUpdate update)
    {
        var touched = update.Touched.Append(Apex).Select(owner => $"{owner} ").ToList();
        var (old, next) = (Untouched(before), Untouched(update.Zone));
        Assert.Equal(old, next);
        Assert.Equal(update.Touched.Order(), update.Touched);

        List<string> Untouched(Zone zone) =>
            [.. Records(zone).Where(line => !touched.Exists(owner => line.StartsWith(owner, StringComparison.OrdinalIgnoreCase)))];
    }

    private static List<string> Records(Zone zone)
    {
        var lines = new List<string>();
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                    lines.Add($"{node.Owner} {set.Type} {set.Ttl} {Convert.ToHexStringLower(rdata)}");
            }
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
